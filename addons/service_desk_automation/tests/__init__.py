from . import test_guard
from . import test_preset
from . import test_rights
