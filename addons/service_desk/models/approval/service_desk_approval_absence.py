"""Approvers who go away, come back or leave: what they are asked goes to whoever is there."""

from odoo import api, models

from .service_desk_approval_approvers import Person

ABSENCE_CRON = "service_desk.ir_cron_approvers_away"


class ServiceDeskApprovalRequest(models.Model):
    _inherit = "service_desk.approval.request"

    @api.model
    def _wake_for_absence(self, moments):
        """Have it looked at at ``moments`` whether the approvers are there.

        :param moments: naive UTC
        """
        if moments:
            # sudo: whoever goes on leave has no right on scheduled actions
            self.env.ref(ABSENCE_CRON).sudo()._trigger(at=sorted(set(moments)))

    @api.model
    def _cron_absence(self, limit=500):
        """Hand on what approvers are asked who are away, and give it back to those who are there again."""
        groups = self.sudo()._read_group(
            [("state", "=", "pending")], ["partner_id", "principal_id"], ["id:array_agg"]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(groups))
        partners = self.env["res.partner"].browse(
            {partner.id for group in groups for partner in group[:2]}
        )
        users = {partner: partner._service_desk_user() for partner in partners}
        everybody = self.env["res.users"].browse({user.id for user in users.values() if user})
        acting = everybody._service_desk_approving()
        for partner, principal, ids in groups:
            wanted = self._wanted_partner(partner, principal, users, acting)
            if wanted != partner:
                for request in self.browse(ids).try_lock_for_update():
                    request._move_to(wanted, principal)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    @api.model
    def _wanted_partner(self, partner, principal, users, acting):
        """Return who is to be asked: the principal if he is there, else his deputy, else whoever is asked now."""
        if not principal._service_desk_can_approve():
            return self.env["res.partner"]  # he has left: the step finds somebody
        user = users[principal]
        if not user:
            return partner
        found = acting.get(user.id)
        return found.sudo().partner_id if found else partner

    def _move_to(self, partner, principal):
        """Let ``partner`` decide for ``principal``; without one whoever the step falls back to."""
        self.ensure_one()
        step = self.step_id
        if partner:
            event = "returned" if partner == principal else "deputised"
            partner = step._not_requester(partner) or self.partner_id
            person = Person(partner, principal)
        else:
            event, person = "deputised", self._successor_of_leaver(principal)
        if not person or person.partner == self.partner_id:
            return
        self.approval_id._lock()
        if self.state != "pending":
            return
        known = step.request_ids.filtered(lambda r: r.state in ("pending", "asked_back"))
        if person.partner in known.partner_id:
            return  # he is asked already; two answers of one person are no two people
        self._hand_on(person, event)

    def _successor_of_leaver(self, principal):
        """Return who decides instead of somebody who is no longer there; None where nobody is found."""
        step = self.step_id
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        user = users_sudo.search([("partner_id", "=", principal.id)], limit=1)
        deputy = user._service_desk_deputies().get(user.id) if user else None
        manager = user._service_desk_manager() if user else self.env["res.users"]
        candidates = [deputy.partner_id] if deputy else []
        candidates += [manager.partner_id, *self._fallbacks()]
        for partners in candidates:
            people = step._acting(step._allowed(partners)) if partners else []
            if people:
                return Person(people[0].partner, people[0].principal)
        return None

    def _fallbacks(self):
        step = self.step_id
        return [step._approvers_service_owner(step.rule), step._approvers_managers(step.rule)]
