"""Whoever approves is a contact; what he can do besides depends on the user behind it."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _service_desk_user(self):
        """Return the active user of the contact, colleagues before portal users; may be empty."""
        # sudo: users of others are not readable; only who acts for whom follows from it
        users_sudo = self.sudo().user_ids.filtered("active")
        found = users_sudo.sorted(lambda user: (user.share, user.id))[:1]
        return self.env["res.users"].browse(found.id)

    def _service_desk_above(self):
        """Return the contact of the next one above the person, empty where nobody is known; bridges know more."""
        self.ensure_one()
        user = self._service_desk_user()
        return user._service_desk_manager().sudo().partner_id if user else self.browse()

    def _service_desk_can_approve(self):
        """Return those of ``self`` who can still be asked: active, and not left without any active user."""
        contacts_sudo = self.sudo().with_context(active_test=False)  # sudo: users of others
        return self.filtered(
            lambda partner: (
                partner.active
                and not (
                    (users := contacts_sudo.browse(partner.id).user_ids)
                    and not any(user.active for user in users)
                )
            )
        )
