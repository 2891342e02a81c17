from . import (
    test_approval,
    test_chart,
    test_certificate,
    test_departure,
    test_form,
    test_entitlement,
    test_i18n,
    test_leave,
    test_panel,
    test_presence,
    test_skills,
)
