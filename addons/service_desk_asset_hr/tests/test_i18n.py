from odoo.tests import tagged

from odoo.addons.service_desk.tests.test_i18n import TestRussian


@tagged("post_install", "-at_install")
class TestRussianAssetHr(TestRussian):
    allow_inherited_tests_method = True
    module = "service_desk_asset_hr"
    least_terms = 0
    least_fields = 0
    least_menus = 0
