"""What was approved must be what is done: a change begins a new round."""

from odoo import models

#: Changes of these count besides the answers of the form.
WATCHED = ("offering_id", "partner_id")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def write(self, vals):
        watched = [name for name in WATCHED if vals.get(name)]
        before = {t.id: {name: t[name] for name in watched} for t in self.sudo()} if watched else {}
        result = super().write(vals)
        if before:
            self._ask_again_after(before)
        return result

    def _ask_again_after(self, before):
        for ticket in self.sudo():
            changes = [
                {
                    "label": self._fields[name]._description_string(self.env),
                    "old": old.display_name or "",
                    "new": ticket[name].display_name or "",
                }
                for name, old in before[ticket.id].items()
                if ticket[name] != old and (old or name == "offering_id")
            ]
            if changes:
                ticket._begin_new_round(changes)

    def _begin_new_round(self, changes):
        """Ask again, telling what changed; what was decided before stays in its own round."""
        self.ensure_one()
        if not self.is_open or not (self.approval_ids or self.offering_id.approval_policy_id):
            return
        was_held = bool(self.approval_hold)
        stage = self.approval_ids.filtered(lambda a: a.state == "pending").stage_before_id
        code = "changed" if self.offering_id.approval_policy_id else "policy"
        self._cancel_approvals(code)
        self._set_marks(approval_state="none")
        self._start_approvals(changes)
        if self.approval_state == "pending":
            if stage:  # it waits since the round before
                self.approval_ids.filtered(lambda a: a.state == "pending").stage_before_id = stage
        elif was_held:
            self._release_hold(stage)

    def _release_hold(self, stage):
        """Nobody has to agree any longer: the ticket goes on."""
        if self.state == "waiting" and self.waiting_reason_id in self._approval_reasons() and stage:
            self._put_back(stage)
        self._on_approved()

    def _on_answers_changed(self, old, new):
        """Corrected answers are approved anew."""
        parent = getattr(super(), "_on_answers_changed", None)
        result = parent(old, new) if parent else None
        for ticket in self.sudo():
            if ticket.approval_ids and old != new:
                ticket._begin_new_round(ticket._changes_of_answers(old, new))
        return result

    def _changes_of_answers(self, old, new):
        """Return what was corrected, as people call it."""
        labels = self._approval_question_labels()
        return [
            {
                "label": labels.get(key, key),
                "old": str(old.get(key) if old.get(key) is not None else ""),
                "new": str(new.get(key) if new.get(key) is not None else ""),
            }
            for key in sorted({*old, *new})
            if old.get(key) != new.get(key)
        ]

    def _approval_question_labels(self):
        """Hook: return ``{key: label}`` of the questions of the ticket's form."""
        return {}
