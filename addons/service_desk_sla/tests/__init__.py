from . import (
    test_clock_life,
    test_clock_settle,
    test_clock_timeline,
    test_i18n,
    test_report_analysis,
    test_report_month,
    test_report_sending,
    test_rights,
    test_screen_board,
    test_screen_ui,
)
from . import test_agreement_fit
from . import test_alert_webhook
from . import test_clock_cases
from . import test_alert_sweep
from . import test_agreement_promise
from . import test_alert_act
from . import test_audit_correction
from . import test_audit_rebuild
from . import test_agreement_life
from . import test_agreement_metric
from . import test_screen_phone
from . import test_clock_own
from . import test_clock_properties
from . import test_clock_rules
from . import test_audit_daily
from . import test_audit_demo
from . import test_hours_used
