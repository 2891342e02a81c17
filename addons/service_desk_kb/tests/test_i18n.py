from odoo.tests import tagged

from odoo.addons.service_desk.tests.test_i18n import TestRussian


@tagged("post_install", "-at_install")
class TestRussianKb(TestRussian):
    allow_inherited_tests_method = True
    module = "service_desk_kb"
    least_terms = 60
    least_fields = 30
    least_menus = 3
