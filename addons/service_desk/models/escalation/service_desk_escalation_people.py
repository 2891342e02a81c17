"""Who is told instead of whom; never somebody who may not see the ticket."""

from odoo import models


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
