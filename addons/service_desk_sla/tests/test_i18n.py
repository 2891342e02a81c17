from odoo.tests import tagged

from odoo.addons.service_desk.tests.test_i18n import TestRussian


@tagged("post_install", "-at_install")
class TestRussianServiceLevels(TestRussian):
    allow_inherited_tests_method = True
    module = "service_desk_sla"
    least_terms = 100
    least_fields = 60
    least_menus = 4
