from odoo.tests import Form, tagged, users

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestTicket(ServiceDeskCommon):
    @users("sd_agent1")
    def test_agent_creates_ticket_from_form(self):
        with Form(self.env["service_desk.ticket"]) as form:
            form.name = "VPN is down"
            form.team_id = self.team_it
            form.partner_id = self.customer_a
        ticket = form.record
        self.assertRegex(ticket.number, r"^[A-Z]+-\d{6}$")
        self.assertRecordValues(
            ticket,
            [{"state": "new", "is_open": True, "priority": "1", "commercial_partner_id": self.firm_a.id}],
        )
