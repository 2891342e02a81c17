from odoo.tests import freeze_time, tagged

from .common import MONDAY, HrCommon


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestPanel(HrCommon):
    """What an agent sees of a colleague who asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.department = cls.env["hr.department"].create(
            {"name": "Shops", "company_id": cls.company.id}
        )
        cls.place = cls.env["hr.work.location"].create(
            {
                "name": "Shop 12",
                "location_type": "office",
                "address_id": cls.company.partner_id.id,
                "company_id": cls.company.id,
            }
        )
        cls.egor = cls._create_employee(
            cls.employee,
            parent_id=cls.employee_boss.id,
            department_id=cls.department.id,
            job_title="Head of shop",
            work_location_id=cls.place.id,
            private_phone="+7 900 555-01-99",
        )
        cls.ticket = cls._create_ticket(partner_id=cls.employee.partner_id.id)

    def _section(self, ticket=None, user=None):
        panel = (ticket or self.ticket).with_user(user or self.agent).get_requester_panel()
        return next((part for part in panel["sections"] if part["key"] == "employee"), None)

    def test_employee(self):
        rows = [(row["label"], row["text"]) for row in self._section()["rows"]]
        self.assertEqual(
            rows,
            [
                ("Job", "Head of shop"),
                ("Department", "Shops"),
                ("", "Manager: Boss"),
                ("Place of work", "Shop 12"),
            ],
        )
        self.assertNotIn("555-01-99", str(self._section()), "private")

    def test_manager_opens(self):
        manager = next(row for row in self._section()["rows"] if row.get("record"))
        record = self.env[manager["record"]["model"]].browse(manager["record"]["id"])
        self.assertEqual(record.with_user(self.agent).name, "Boss")

    def test_absence_without_its_reason(self):
        self._leave(self.egor, "2026-03-02", "2026-03-06")
        section = self._section()
        self.assertEqual(section["rows"][-1]["label"], "Absent until")
        self.assertIn("03/09/2026", section["rows"][-1]["text"])
        self.assertNotIn("Canary", str(section))

    def test_customer_is_no_employee(self):
        self.assertIsNone(self._section(self._create_ticket()))

    def test_employee_of_another_company_is_not_shown(self):
        company = self.env["res.company"].create({"name": "Second"})
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.env["hr.employee"].create(
            {"name": "Stranger", "company_id": company.id, "work_contact_id": stranger.id}
        )
        self.assertIsNone(self._section(self._create_ticket(partner_id=stranger.id)))
