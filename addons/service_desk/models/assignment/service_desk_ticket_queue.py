"""The queue of tickets that their team's method will give to somebody."""

from odoo import fields, models

QUEUE_CODES = [
    ("queued", "About to be given out"),
    ("no_member", "The team has nobody"),
    ("unskilled", "Nobody of the team knows how"),
    ("absent", "Nobody who can is in"),
    ("full", "Everybody is at his limit"),
    ("confidential", "A lead decides"),
]


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    assign_code = fields.Selection(QUEUE_CODES, "Why Nobody Has It", readonly=True, copy=False)
    assign_info = fields.Json(readonly=True, copy=False)

    _assign_queue_index = models.Index("(team_id, priority DESC, id) WHERE assign_code IS NOT NULL")

    def _assign_by_method(self):
        """Put the tickets of ``self`` that nobody has into the assignment queue of their team.

        A team that works by hand or by "next ticket" has no queue: there they simply wait for somebody.
        """
        waiting = self.filtered(
            lambda t: t.is_open and not t.user_id and t.sudo().team_id._assigns_by_itself()
        )
        waiting._set_marks(assign_code="queued")
        return waiting

    def _release(self, reason_code, payload=None):
        """Take the person off the tickets and queue them anew; he does not get them back if others can.

        :param str reason_code: ``absence``, ``left``, ``declined``, ``no_reaction``, …
        :param dict payload: plain data for the decision line (names beside ids)
        """
        held = self.filtered("user_id")
        for user, tickets in held.grouped("user_id").items():
            tickets._explain(
                "assignment",
                {
                    "event": "release",
                    "reason_code": reason_code,
                    "user_id": user.id,
                    "user": user.sudo().name,
                    **(payload or {}),
                },
            )
            # sudo: what the desk decides, whoever caused it
            tickets.sudo().write({"user_id": False})
        held._assign_by_method()
        return held
