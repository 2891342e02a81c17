from . import test_asset_form
from . import test_equipment
from . import test_i18n
