"""Working hours by which agreements and sites promise always open."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.service_desk.tests.common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestHoursUsed(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.never, cls.office = cls.env["resource.calendar"].create(
            [{"name": "Never", "attendance_ids": [(5, 0, 0)]}, {"name": "Office"}]
        )

    def _empty(self):
        self.office.attendance_ids.unlink()
        self.env.cr.precommit.run()

    def test_agreement(self):
        agreement = self.env["service_desk.agreement"].create({"name": "Shops"})
        with self.assertRefused(ValidationError, "never open"):
            agreement.calendar_id = self.never
        agreement.calendar_id = self.office
        with self.assertRefused(ValidationError, "never open"), self.env.cr.savepoint():
            self._empty()

    def test_site(self):
        with self.assertRefused(ValidationError, "never open"):
            self.firm_a.service_desk_calendar_id = self.never
        self.firm_a.service_desk_calendar_id = self.office
        with self.assertRefused(ValidationError, "never open"), self.env.cr.savepoint():
            self._empty()
