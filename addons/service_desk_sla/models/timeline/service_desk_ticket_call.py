from odoo import fields, models


class ServiceDeskCall(models.Model):
    _inherit = "service_desk.call"

    def _tell_ticket(self):
        """An agent who has called the requester back has answered him, at the moment when they talked."""
        talked = [
            call
            for call in self.sudo()  # sudo: who talked may not see the ticket any more
            if call.direction == "out"
            and call.state == "ended"
            and call.ticket_id
            and call.pbx_id
            and not call.is_noted
        ]
        with self.env["service_desk.ticket"]._clock_scope():
            for call in talked:
                at = call.answered_at or call.ended_at or fields.Datetime.now()
                call.ticket_id._note_event("agent_message", at=at)
            return super()._tell_ticket()
