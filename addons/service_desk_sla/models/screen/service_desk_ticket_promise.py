"""What the requester was promised: in the panel beside the ticket, and in mails to him."""

from odoo import models
from odoo.tools import format_datetime


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _panel_promise(self):
        """Add the deadlines of the customer's agreement to what we owe."""
        section = super()._panel_promise()
        board = self.sla_board or {}
        rows = [
            {
                "label": entry["metric"],
                "text": entry.get("reason") or "",
                "datetime": entry["due"] or False,
                "is_late": entry["missed"] or entry["left"] < 0,
            }
            for entry in board.get("clocks", ())
            if entry["kind"] == "sla" and entry["state"] in ("running", "paused")
        ]
        section["rows"] = rows + section["rows"]
        return section

    def _promise_text(self):
        """Return what the customer's agreement promises, in the reader's words and time zone; empty where it is nothing.

        The tickets come as superuser with the reader's language and time zone (``service_desk.placeholder``).
        """
        self.ensure_one()
        dues = {
            clock.metric_id.code: clock.due_at
            for clock in self.clock_ids
            if clock.slot == "sla" and clock.state == "running" and clock.due_at
        }
        answer, solve = dues.get("first_response"), dues.get("resolution")
        moment = {
            name: format_datetime(self.env, due, tz=str(self.env.tz), dt_format="short")
            for name, due in (("answer", answer), ("solve", solve))
            if due
        }
        if answer and solve:
            return self.env._("We will answer by %(answer)s and solve it by %(solve)s.", **moment)
        if answer:
            return self.env._("We will answer by %(answer)s.", answer=moment["answer"])
        if solve:
            return self.env._("We will solve it by %(solve)s.", solve=moment["solve"])
        return ""
