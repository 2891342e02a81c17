"""Whom a step asks. Each kind has a method ``_approvers_<who>(rule)``; bridges add theirs."""

from typing import NamedTuple

from odoo import models

#: On the way up to somebody who may decide.
MOST_ABOVE = 10
GROUP_MANAGER = "service_desk.service_desk_group_manager"


class Person(NamedTuple):
    """Who is asked (``partner``), and whose decision it is (``principal``): the same, or a deputy for him."""

    partner: object
    principal: object


class Found(NamedTuple):
    """The people of a step; ``code`` tells where they come from: ``rule``, ``owner``, ``managers``, ``nobody``."""

    people: list
    code: str


class ServiceDeskApprovalStep(models.Model):
    _inherit = "service_desk.approval.step"

    # -------------------------------------------------------------------- find
    def _find_approvers(self):
        """Return whom to ask. Where the step finds nobody: the service's owner, else the managers of the desk."""
        self.ensure_one()
        for code, find in (
            ("rule", self._approvers_by_rule),
            ("owner", self._approvers_service_owner),
            ("managers", self._approvers_managers),
        ):
            principals = self._allowed(find(self.rule))
            if people := self._acting(principals):
                return Found(people, code)
        return Found([], "nobody")

    def _approvers_by_rule(self, rule):
        find = getattr(self, f"_approvers_{rule['who']}", None)
        return find(rule) if find else self.env["res.partner"]

    def _allowed(self, partners):
        """Return those of ``partners`` who may decide; who asks himself is replaced by the next one above him."""
        allowed = self.env["res.partner"]
        for partner in partners:
            allowed |= self._not_requester(partner)
        return allowed._service_desk_can_approve()

    def _not_requester(self, partner):
        """Return the partner, or the first above him who does not ask himself; empty where there is none."""
        if not self.approval_id.policy.get("not_oneself"):
            return partner
        seen = partner.browse()
        while partner and self._is_requester(partner):
            seen |= partner
            partner = partner._service_desk_above()
            if partner in seen or len(seen) > MOST_ABOVE:
                return partner.browse()
        return partner

    def _is_requester(self, partner):
        return partner == self.ticket_id.partner_id

    def _acting(self, principals):
        """Return a :class:`Person` for each of ``principals``: himself, or who stands in while he is away."""
        users = {partner: partner._service_desk_user() for partner in principals}
        everybody = self.env["res.users"].browse({user.id for user in users.values() if user})
        approving = everybody._service_desk_approving()
        people, asked = [], set()
        for principal in principals:
            acting = approving.get(users[principal].id)
            # sudo: contacts of users
            partner = acting.sudo().partner_id.with_env(self.env) if acting else principal
            partner = self._not_requester(partner) or principal
            if partner not in asked:
                asked.add(partner)
                people.append(Person(partner, principal))
        return people

    # -------------------------------------------------------------------- kinds
    def _approvers_persons(self, rule):
        return self.env["res.partner"].browse(rule["partner_ids"]).exists()

    def _approvers_group(self, rule):
        group = self.env["service_desk.approver.group"].browse(rule["group_id"]).exists()
        return group.partner_ids

    def _approvers_res_group(self, rule):
        group = self.env["res.groups"].browse(rule["res_group_id"]).exists()
        return self._users_of_company(group.all_user_ids).partner_id

    def _approvers_manager(self, rule):
        """Return who is so many steps above the requester; the highest where there are not so many."""
        partner = self.ticket_id.partner_id
        found = partner.browse()
        for _level in range(rule["manager_level"] or 1):
            partner = partner._service_desk_above() if partner else partner
            if not partner or partner == self.ticket_id.partner_id:
                break
            found = partner
        return found

    def _approvers_service_owner(self, rule):
        owner = self.ticket_id.service_id and self.ticket_id.service_id._owner()
        owner = owner or self.env["res.users"].browse(self.approval_id.policy.get("owner_id") or ())
        return owner.partner_id

    def _approvers_site_manager(self, rule):
        return self.ticket_id.site_id._service_desk_site_manager()

    def _approvers_answer(self, rule):
        key, version = rule["answer_key"], self.ticket_id.form_version_id
        question = version and version._definition().get(key)
        value = self.ticket_id._answers().get(key)
        find = question and value and getattr(self, f"_partner_of_{question.kind}", None)
        return find(value) if find else self.env["res.partner"]

    def _partner_of_contact(self, value):
        """Return the contact that was chosen; a bridge that adds a kind of people adds its method."""
        return self.env["res.partner"].browse(value).exists()

    def _approvers_managers(self, rule):
        group = self.env.ref(GROUP_MANAGER)
        return self._users_of_company(group.all_user_ids).partner_id

    def _users_of_company(self, users):
        company = self.ticket_id.company_id
        return users.filtered(lambda user: user.active and company in user.company_ids)
