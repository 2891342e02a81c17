"""What a round takes over from its policy: it goes on as it began, whatever is changed in the policy."""

from odoo import models

from ...forms import conditions


class ServiceDeskApprovalPolicy(models.Model):
    _inherit = "service_desk.approval.policy"

    def _snapshot(self):
        """Return the policy as plain data."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "work_before": self.work_before,
            "pauses_clocks": self.pauses_clocks,
            "not_oneself": self.not_oneself,
            "once_is_enough": self.once_is_enough,
            "link_needs_login": self.link_needs_login,
            "owner_id": self.service_id._owner().id if self.service_id else False,
        }


class ServiceDeskApprovalPolicyStep(models.Model):
    _inherit = "service_desk.approval.policy.step"

    def _snapshot(self):
        """Return the step as plain data; its name in every language of the desk."""
        self.ensure_one()
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        return {
            "id": self.id,
            "names": {code: self.with_context(lang=code).name for code in langs},
            "who": self.who,
            "partner_ids": self.partner_ids.ids,
            "group_id": self.group_id.id,
            "res_group_id": self.res_group_id.id,
            "manager_level": self.manager_level,
            "answer_key": self.answer_key,
            "mode": self.mode,
            "needed": self.needed,
            "due_minutes": self.due_minutes,
            "reminder_minutes": self.reminder_minutes,
            "expiry_action": self.expiry_action,
        }

    # -------------------------------------------------------------------- when
    def _skip_code(self, ticket, answers):
        """Return why the step does not apply to the ticket: ``amount``, ``condition``, or False where it does."""
        self.ensure_one()
        if not self._fits_amount(self._amount(ticket, answers)):
            return "amount"
        if not self._holds(answers):
            return "condition"
        return False

    def _amount(self, ticket, answers):
        """Return what the request costs, as the step counts it; 0.0 where nothing says so."""
        if self.amount_by == "price":
            return ticket.offering_id.price
        if self.amount_by == "answer":
            return _number(answers.get(self.amount_key))
        return 0.0

    def _fits_amount(self, amount):
        if self.amount_by == "none":
            return True
        return self.amount_from <= amount and (not self.amount_below or amount < self.amount_below)

    def _holds(self, answers):
        return conditions.holds(self.condition, answers)


def _number(value):
    """Return an answer as an amount; what is none counts as nothing."""
    try:
        return float(value or 0)
    except (TypeError, ValueError):
        return 0.0
