from . import test_ticket
from . import test_conversation
from . import test_query_counts
from . import test_search
from . import test_ticket_state
