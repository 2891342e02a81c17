from odoo.tests import tagged

from odoo.addons.service_desk.tests.test_i18n import TestRussian


@tagged("post_install", "-at_install")
class TestRussianAttendance(TestRussian):
    module = "service_desk_hr_attendance"
