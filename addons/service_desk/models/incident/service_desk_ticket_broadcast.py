"""What an answer to all means for the tickets of a mass incident."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

ANSWERS = "service_desk.broadcast"
#: Marks a change that the answer to all has told already. A tuple: no remote call can bring one.
TOLD = ("told",)


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    broadcast_ids = fields.One2many(ANSWERS, "master_id", "Answers to All")
    broadcast_note = fields.Char("Answer to All", compute="_compute_broadcast_note")

    @api.depends("is_master", "broadcast_ids.state")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_broadcast_note(self):
        """Tell how far an answer to all has come that is being sent; other tickets cost nothing."""
        self.broadcast_note = False
        masters = self.filtered("is_master")
        if not masters:
            return
        running = self.env[ANSWERS].search(
            [("master_id", "in", masters.ids), ("state", "=", "running")]
        )
        for broadcast in running:
            broadcast.master_id.broadcast_note = self.env._(
                "An answer to all is being sent: %(done)s of %(total)s.",
                done=broadcast.done_count,
                total=broadcast.total_count,
            )

    # ----------------------------------------------------------------- buttons
    def action_open_broadcast(self):
        """Ask for the text of one answer to all members."""
        return self._action_broadcast("answer", self.env._("Answer to all"))

    def action_open_solve_members(self):
        """Ask whether the open members are solved with the resolution of this mass incident."""
        return self._action_broadcast("solve", self.env._("Solve the members"))

    def _action_broadcast(self, kind, name):
        self.ensure_one()
        self.check_access("write")
        if not self.is_master:
            raise UserError(self.env._("Only a mass incident has an answer to all."))
        context = {"default_master_id": self.id, "default_kind": kind}
        if kind == "solve":
            context["default_close_reason_id"] = self.close_reason_id.id
            if not is_html_empty(self.resolution):
                context["default_body"] = self.resolution
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": ANSWERS,
            "views": [
                [self.env.ref("service_desk.service_desk_broadcast_view_compose").id, "form"]
            ],
            "target": "new",
            "context": context,
        }

    def action_open_broadcasts(self):
        """Open what was said to all members so far, and what became of it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answers to All"),
            "res_model": ANSWERS,
            "views": [[False, "list"], [False, "form"]],
            "domain": [("master_id", "=", self.id), ("state", "!=", "draft")],
            "context": {"create": False},
        }

    # ------------------------------------------------------------------- hooks
    def _on_joined_master(self):
        """Whoever joins later hears the last answer to all, where its writer wanted that."""
        result = super()._on_joined_master()
        for master, tickets in self.grouped("master_id").items():
            # sudo: an answer that was meant for all who join, whoever adds them
            last_sudo = (
                self.env[ANSWERS]
                .sudo()
                .search(
                    [
                        ("master_id", "=", master.id),
                        ("kind", "=", "answer"),
                        ("state", "!=", "draft"),
                    ],
                    limit=1,
                )
            )
            if last_sudo.for_later and not self.env.context.get("service_desk_quiet_join"):
                last_sudo._add_late_members(tickets)
        return result

    def _count_as_answered(self):
        """Set what an answer sets: the requester of these tickets has read it in another one of his."""
        now = fields.Datetime.now()
        for ticket in self:
            vals = {"last_agent_message_at": now, "needs_reply_since": False}
            if not ticket.first_response_at:
                vals["first_response_at"] = now
            if ticket.state == "new":
                vals["state"] = "open"
            # sudo: the desk's own marks, caused by the answer
            ticket.sudo().with_context(service_desk_answering=True)._write_state(vals)

    def _notify_requester_side(self, event, payload):
        """The answer to all says what changes: no notice beside it."""
        if self.env.context.get("service_desk_broadcast_told") == TOLD:
            return []
        return super()._notify_requester_side(event, payload)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Leave out who hears the answer to all in another ticket, and colleagues."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        only = self.env.context.get("service_desk_only_partners")
        if not isinstance(only, tuple):  # a remote call has lists, and decides nothing here
            return recipients
        return [data for data in recipients if not data["id"] or data["id"] in only]
