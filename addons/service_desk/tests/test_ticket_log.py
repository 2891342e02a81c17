from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestTicketLog(ServiceDeskCommon):
    """What is kept in memory for the log and for moves is asked anew when it changes."""

    def _committed_ticket(self, **vals):
        """Return a ticket whose making is over: what follows is a change."""
        ticket = self._create_ticket(**vals)
        self.env.cr.flush()
        return ticket

    def _last_log(self, ticket):
        self.env.cr.flush()
        ticket.invalidate_recordset(["message_ids"])
        return ticket.message_ids.sorted("id")[-1]

    def test_log_names_its_writer_as_he_is_called_now(self):
        ticket = self._committed_ticket()
        ticket.with_user(self.agent).write({"name": "First change"})
        log = self._last_log(ticket)
        self.assertEqual(log.author_id, self.agent.partner_id)
        self.assertEqual(log.email_from, self.agent.partner_id.email_formatted)
        self.agent.partner_id.write({"name": "Renamed Agent", "email": "renamed@example.org"})
        ticket.with_user(self.agent).write({"name": "Second change"})
        self.assertEqual(self._last_log(ticket).email_from, '"Renamed Agent" <renamed@example.org>')

    def test_lost_properties_are_logged_with_the_type(self):
        self.type_question.ticket_properties_definition = [
            {"name": "till", "type": "char", "string": "Till"}
        ]
        ticket = self._committed_ticket(
            type_id=self.type_question.id, ticket_properties={"till": "Till seven"}
        )
        other = self.env["service_desk.ticket.type"].create({"name": "Other", "code": "OTH"})
        ticket.with_user(self.agent).type_id = other
        values = self._last_log(ticket).sudo().tracking_value_ids
        self.assertIn("Till seven", values.mapped("old_value_char"))

    def test_stage_follows_its_types_at_once(self):
        stage = self.env["service_desk.stage"].create({"name": "Only here", "state": "open"})
        with self.assertRaises(ValidationError):
            self._create_ticket(stage_id=stage.id)
        self.type_question.workflow_id.stage_ids += stage
        self.assertEqual(self._create_ticket(stage_id=stage.id).state, "open")
