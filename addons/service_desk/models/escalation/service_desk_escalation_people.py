"""Who is told instead of whom; never somebody who may not see the ticket."""

from odoo import models


class KnownStandIns(dict):
    """``{user id: who stands in for him, or nobody}``, asked once for all tickets of one step of a job.

    A job puts one into the context as ``service_desk_stand_ins``; no call from outside can bring it.
    """


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _with_stand_ins(self, users):
        """Return who is told instead of ``users``: themselves, or deputies of those who are away.

        Where nobody stands in, the person himself finds it when he is back. Left out is who may not read
        the ticket: an escalation opens no door.
        """
        self.ensure_one()
        stand_ins = self._stand_ins_of(users)
        people = users.browse()
        for user in users:
            acting = stand_ins.get(user.id)
            people |= acting if acting and self._is_readable_by(acting) else user
        return people.filtered(self._is_readable_by)

    def _stand_ins_of(self, users):
        known = self.env.context.get("service_desk_stand_ins")
        if not isinstance(known, KnownStandIns):
            return users._service_desk_stand_ins()
        asked = users.browse(user_id for user_id in users.ids if user_id not in known)
        if asked:
            found = asked._service_desk_stand_ins()
            known.update((user.id, found.get(user.id)) for user in asked)
        return known

    def _is_readable_by(self, user):
        user_sudo = user.sudo()  # sudo: groups of others are not readable
        return (
            user_sudo.active
            and user_sudo._is_internal()
            and self.company_id in user_sudo.company_ids
            and self.with_user(user).with_company(self.company_id).has_access("read")
        )
