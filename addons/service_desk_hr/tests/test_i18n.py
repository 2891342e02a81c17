from odoo.tests import tagged

from odoo.addons.service_desk.tests.test_i18n import TestRussian


@tagged("post_install", "-at_install")
class TestRussianHr(TestRussian):
    allow_inherited_tests_method = True
    module = "service_desk_hr"
