from odoo.tests import tagged

from odoo.addons.service_desk.tests.test_i18n import TestRussian


@tagged("post_install", "-at_install")
class TestRussianAsset(TestRussian):
    allow_inherited_tests_method = True
    module = "service_desk_asset"
    least_terms = 3
    least_fields = 1
    least_menus = 0
