"""What was approved must be what is done: a change begins a new round."""

from odoo import models
from odoo.exceptions import UserError

#: Changes of these count besides the answers of the form.
WATCHED = ("offering_id", "partner_id")
#: In the context while the offering changes: what that does to the answers is no correction of them.
#: Its value is an object: no call from outside can bring it.
MOVING = object()


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def write(self, vals):
        if "offering_id" in vals and not self.env.su:
            self._check_offering_swap(vals["offering_id"])
        watched = [name for name in WATCHED if vals.get(name)]
        before = self._watched_values(watched) if watched else {}
        writing = self.with_context(service_desk_offering_moves=MOVING) if watched else self
        result = super(ServiceDeskTicket, writing).write(vals)
        if before:
            self._ask_again_after(before)
        return result

    def _check_offering_swap(self, offering_id):
        """Refuse ways round an approval: taking the offering out meanwhile, or putting one in afterwards.

        :raises UserError: for a ticket that waits, or one that is finished
        """
        # sudo: whoever works on tickets need not read policies
        offering_sudo = self.env["service_desk.offering"].sudo().browse(offering_id or [])
        for ticket in self.filtered(lambda t: t.offering_id.id != offering_sudo.id):
            if not offering_sudo and ticket.approval_state == "pending":
                raise UserError(
                    self.env._(
                        "%(ticket)s waits for its approval: choose another offering, or cancel it.",
                        ticket=ticket.number,
                    )
                )
            if offering_sudo.approval_policy_id and not ticket.is_open:
                raise UserError(
                    self.env._(
                        "%(ticket)s is finished: it takes no offering that must be approved first.",
                        ticket=ticket.number,
                    )
                )

    def _watched_values(self, names):
        """Return ``{ticket id: {name: record}}`` of what is about to change."""
        # sudo: who writes an offering need not read the requester
        return {ticket.id: {name: ticket[name] for name in names} for ticket in self.sudo()}

    def _ask_again_after(self, before):
        for ticket in self.sudo():
            changes = [
                {
                    "label": self._fields[name]._description_string(self.env),
                    "old": old.display_name or "",
                    "new": ticket[name].display_name or "",
                }
                for name, old in before[ticket.id].items()
                # taken out first and named anew is a change as well: somebody has been asked already
                if ticket[name] != old and (old or name == "offering_id" or ticket.approval_ids)
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
        result = super()._on_answers_changed(old, new)
        moving = self.env.context.get("service_desk_offering_moves") is MOVING
        for ticket in self.sudo().browse() if moving else self.sudo():
            if ticket.approval_ids and old != new:
                ticket._begin_new_round(ticket._changes_of_answers(old, new))
        return result

    def _changes_of_answers(self, old, new):
        """Return what was corrected, as people call it, in the requester's language."""
        version, lang = self.form_version_id, self._requester_lang()
        definition = version._client_definition(lang) if version else {}
        labels = {question["key"]: question for question in definition.get("questions", ())}
        before, after = self._teller(definition, old), self._teller(definition, new)
        changes = []
        for key in [*labels, *sorted({*old, *new} - labels.keys())]:
            if old.get(key) == new.get(key):
                continue
            question = labels.get(key)
            changes.append(
                {
                    "label": question.get("label") if question else key,
                    "old": _told(before, question, old.get(key)),
                    "new": _told(after, question, new.get(key)),
                }
            )
        return changes


def _told(teller, question, value):
    if value is None:
        return ""
    return str(teller.text(question, value) if question else value)
