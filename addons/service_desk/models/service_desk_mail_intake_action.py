"""What people do with mail that is held or filed."""

from odoo import api, fields, models, modules
from odoo.exceptions import AccessError, UserError


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    def action_try_again(self):
        """Process the messages once more by the same rules; what was done already stays as it is."""
        rows = self._check_decider().filtered(lambda row: row.state == "held")
        flood = rows.filtered(lambda row: row.reason == "flood")
        flood._decide_and_process("ticket")
        (rows - flood)._decide_and_process(False)

    def action_accept(self):
        """Post the held messages on their tickets."""
        self._check_decider()._for_ticket()._decide_and_process("accept")

    def action_accept_join(self):
        """Post the held messages on their tickets and let their senders take part."""
        self._check_decider()._for_ticket()._decide_and_process("join")

    def action_make_ticket(self):
        """Make a ticket of each message that is held, or was filed without one."""
        rows = self._check_decider()
        rows = rows.filtered(lambda row: row.state in ("held", "filed") and not row.is_foreign)
        rows.filtered(lambda row: row.state == "held" or not row.ticket_id)._decide_and_process(
            "ticket"
        )

    def action_discard(self):
        """Set the held messages aside; they stay in the ledger."""
        rows = self._check_decider().filtered(lambda row: row.state == "held")
        tickets = rows.ticket_id
        rows._write_decision(
            {"state": "filed", "reason": "discarded", "processed_at": fields.Datetime.now()}
        )
        rows._finish(tickets)

    def action_download(self):
        """Download the message as it came."""
        self.ensure_one()
        self._check_decider()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/raw/{self.raw_name}?download=true",
            "target": "self",
        }

    def action_open_ticket(self):
        """Open the ticket of the message."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "service_desk.ticket",
            "res_id": self.ticket_id.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------- inside
    def _check_decider(self):
        """Check that the user decides about held mail and sees these rows; return them."""
        self.check_access("read")
        user = self.env.user
        if not (
            self.env.su
            or user.has_group("service_desk.service_desk_group_lead")
            or user.has_group("base.group_system")
        ):
            raise AccessError(self.env._("Team leads and managers decide about held mail."))
        return self

    def _for_ticket(self):
        rows = self.filtered(lambda row: row.state == "held" and row.ticket_id)
        if not rows:
            raise UserError(
                self.env._("These messages belong to no ticket. Make a new one of them.")
            )
        return rows

    def _write_decision(self, vals):
        # sudo: the ledger is written by the system only; the right to decide was checked
        self.sudo().write({"decided_by_id": self.env.uid, "retry_at": False, **vals})

    def _decide_and_process(self, decision):
        """Give the rows back to the queue with what a person decided, and work on them now."""
        if not self:
            return
        tickets = self.ticket_id
        locked = self.sudo().try_lock_for_update()
        locked.with_user(self.env.user)._write_decision(
            {"state": "received", "decision": decision, "attempts": 0, "claimed_by": False}
        )
        self._finish(tickets)
        self._process_after_commit(locked.ids)

    def _finish(self, tickets):
        """Close the activities of decided rows and clear the mark of their tickets."""
        rows_sudo = self.sudo()  # sudo: activities may be somebody else's
        rows_sudo.activity_ids.unlink()
        for ticket in tickets.sudo():
            held = self.sudo().search_count(
                [("ticket_id", "=", ticket.id), ("state", "=", "held")], limit=1
            )
            if ticket.has_unverified_mail and not held:
                ticket.has_unverified_mail = False

    @api.model
    def _process_after_commit(self, ids):
        """Work on rows as soon as the decision is committed: the worker has a transaction of its own."""
        model = self.sudo()  # sudo: the worker is the system
        if modules.module.current_test:
            model._process_ids(ids)
            self.env.invalidate_all()
            return
        self.env.flush_all()
        self.env.cr.commit()  # pylint: disable=invalid-commit
        model._process_ids(ids)
        model._see_others_work()
