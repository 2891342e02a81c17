"""Whoever leaves the desk keeps no open ticket: it finds somebody else in the same transaction."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        leaving = {"active", "group_ids"} & vals.keys()
        staff = self._service_desk_staff() if leaving else self.browse()
        result = super().write(vals)
        if staff and (gone := staff - self._service_desk_staff()):
            gone._service_desk_release_all("left")
        return result

    def _service_desk_staff(self):
        """Return those of ``self`` who work at the desk and are not archived."""
        group_sudo = self.env.ref("service_desk.service_desk_group_agent").sudo()
        return self.filtered("active") & group_sudo.with_context(active_test=False).all_user_ids

    def _service_desk_release_all(self, reason_code, payload=None):
        """Take the open tickets off the people of ``self``; returns the tickets.

        :param str reason_code: as for ``_release`` of a ticket
        """
        # sudo: whoever archives a person need not see the tickets
        tickets_sudo = self.env["service_desk.ticket"].sudo()
        held = tickets_sudo.search([("is_open", "=", True), ("user_id", "in", self.ids)])
        owners = list(held.grouped("user_id").items())
        held._release(reason_code, payload)
        for user, tickets in owners:
            user._service_desk_tell_of_release(tickets, reason_code)
        return held

    def _service_desk_tell_of_release(self, tickets, reason_code):
        """Tell the leads which tickets (as superuser) of the person are back in their teams."""
        for team, own in tickets.grouped("team_id").items():
            team._tell_leads_of_release(self, own, reason_code)
