from . import test_article
from . import test_audience
from . import test_article_search
from . import test_knowledge
from . import test_rights
from . import test_i18n
