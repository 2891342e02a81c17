from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .sla_common import MONDAY, SlaCommon


@freeze_time(MONDAY)
@tagged("post_install", "-at_install")
class TestScreenPhone(SlaCommon):
    """The operator can tell the caller within what time, before he saves and after."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env["service_desk.service"].create(
            {"name": "Cash desks", "team_id": cls.team_it.id, "company_id": cls.company.id}
        )
        cls._create_agreement({"first_response": 30, "resolution": 240})
        cls.agent.tz = "UTC"
        cls.calls = cls.env["service_desk.call"].with_user(cls.agent)

    def test_the_caller_is_told_what_he_gets(self):
        choices = {"service_id": self.service.id, "impact": "1", "urgency": "2"}
        before = self.calls.get_promise(self.customer_a.id, choices)
        self.assertIn("1:00", before)
        self.assertNotIn("9:30", before)  # he is talking to us already
        told = self.calls.register_ticket(
            "press-0001", {"partner_id": self.customer_a.id}, "The till is dead", choices
        )
        self.assertIn("1:00", told["promise"])
        ticket = self.env["service_desk.ticket"].browse(told["ticket_id"])
        self.assertEqual(str(ticket.sla_due_at), "2026-03-02 13:00:00")

    def test_who_may_not_ask_is_refused(self):
        with self.assertRaises(AccessError):
            self.calls.with_user(self.employee).get_promise(self.customer_a.id)
        with self.assertRaises(UserError):
            self.calls.get_promise(self.customer_a.id, {"user_id": 1})
        for wrong in ("x", True, -1, 2**40):
            with self.assertRaises(UserError):
                self.calls.get_promise(wrong)
