"""Whom a step tells: those it names, or whoever stands in for them; never somebody who may not see the ticket."""

from odoo import models


class ServiceDeskEscalationRung(models.Model):
    _inherit = "service_desk.escalation.rung"

    def _people(self, ticket):
        """Return the users whom the step tells about ``ticket``; the leads where there is nobody else."""
        self.ensure_one()
        named = self._named_people(ticket)
        people = ticket._with_stand_ins(named)
        if not people and (named or self._tells_somebody()):
            people = ticket._orphan_keepers()
        return people

    def _tells_somebody(self):
        return bool(
            self.notify_assignee
            or self.notify_leads
            or self.notify_owner
            or self.notify_manager
            or self.notify_user_ids
        )

    def _named_people(self, ticket):
        """Return whom the step names, present or not."""
        people = self.notify_user_ids
        if self.notify_assignee:
            people |= ticket.user_id
        if self.notify_leads:
            people |= ticket.team_id.lead_ids
        if self.notify_owner and ticket.service_id:
            people |= ticket.service_id._owner()
        if self.notify_manager and ticket.user_id:
            people |= ticket.user_id._service_desk_manager()
        return people


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _with_stand_ins(self, users):
        """Return who is told instead of ``users``: themselves, or deputies of those who are away.

        Where nobody stands in, the person himself finds it when he is back. Left out is who may not read
        the ticket: an escalation opens no door.
        """
        self.ensure_one()
        stand_ins = users._service_desk_stand_ins()
        people = users.browse()
        for user in users:
            acting = stand_ins.get(user.id)
            people |= acting if acting and self._is_readable_by(acting) else user
        return people.filtered(self._is_readable_by)

    def _is_readable_by(self, user):
        user_sudo = user.sudo()  # sudo: groups of others are not readable
        return (
            user_sudo.active
            and user_sudo._is_internal()
            and self.company_id in user_sudo.company_ids
            and self.with_user(user).with_company(self.company_id).has_access("read")
        )
