from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class PortalAnnouncement(CustomerPortal):
    """Shows a requester on his portal's first page what concerns him."""

    @http.route()
    def home(self, **kw):
        response = super().home(**kw)
        partner = request.env.user.partner_id
        announcements = request.env["service_desk.announcement"]
        response.qcontext["service_desk_announcements"] = announcements._unread_for(partner)
        return response

    @http.route(
        ["/my/announcements/<int:announcement_id>/dismiss"],
        type="http",
        auth="user",
        methods=["POST"],
    )
    def service_desk_dismiss(self, announcement_id, **kw):
        """Hide an announcement from its reader; one that he does not see stays as it is."""
        partner = request.env.user.partner_id
        request.env["service_desk.announcement"]._dismiss_for(partner, announcement_id)
        return request.redirect("/my")
