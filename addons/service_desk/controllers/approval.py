"""Deciding by the link of a mail, and on the portal.

Programmes that look at mails open every link: opening shows the question and decides nothing. Only the form
on the page decides.
"""

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

#: The link must not travel on in a referrer, nor the page stay in a cache or a frame; it needs nothing from
#: anywhere but its own style.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}
LONGEST_REASON = 4000


class ApprovalLink(http.Controller):
    """Whoever holds the link of a mail, on whatever telephone."""

    @http.route(
        "/service_desk/approval/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def show(self, token, v="", **params):
        """Show the question; nothing happens by that."""
        link_sudo = self._link_sudo(token)
        return self._page(link_sudo, verdict=v)

    @http.route(
        "/service_desk/approval/<string:token>/decide",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
    )
    def decide(self, token, verdict="", reason="", **params):
        """Decide, once; whatever is missing is said on the page and nothing is lost of what was typed."""
        link_sudo = self._link_sudo(token)
        if not self._may_use(link_sudo) or not link_sudo._is_open():
            return self._page(link_sudo)
        reason = str(reason)[:LONGEST_REASON]
        try:
            with request.env.cr.savepoint():
                link_sudo._decide(verdict, reason)
        except UserError as error:
            return self._page(
                link_sudo, verdict=verdict, reason=reason, error=str(error), status=422
            )
        response = request.redirect(f"/service_desk/approval/{token}", code=303)
        response.headers.update(HEADERS)
        return response

    def _link_sudo(self, token):
        link_sudo = request.env["service_desk.approval.link"]._find_sudo(token)
        if link_sudo:
            told = link_sudo.request_id._in_approver_s_language()
            request.update_context(lang=told.env.lang, tz=told.env.context.get("tz"))
            link_sudo = link_sudo.with_context(**request.env.context)
        return link_sudo

    def _may_use(self, link_sudo):
        """Tell whether the visitor may use it: nobody who is logged in as somebody else."""
        if not link_sudo:
            return False
        user = request.env.user
        return user._is_public() or link_sudo._is_of(user)

    def _page(self, link_sudo, verdict="", reason="", error="", status=200):
        """Return the page of a link; one that is unknown, malformed or over tells nothing but that."""
        kind = self._kind(link_sudo)
        asked = link_sudo.request_id if kind in ("open", "over") else None
        values = {
            "kind": kind,
            "asked": asked,
            "action": f"{request.httprequest.path.removesuffix('/decide')}/decide",
            "verdict": verdict,
            "reason": reason,
            "error": error,
            "title": request.env._("Approval"),
        }
        codes = {"unknown": 404, "foreign": 403, "expired": 410}
        response = request.render("service_desk.approval_page", values)
        response.flatten()
        # before the template its texts could not be translated
        response.set_data(b"<!DOCTYPE html>\n" + response.get_data())
        response.status_code = codes.get(kind, status)
        response.headers.update(HEADERS)
        return response

    def _kind(self, link_sudo):
        if not link_sudo:
            return "unknown"
        if not self._may_use(link_sudo):
            return "foreign"
        if link_sudo._is_open():
            return "open"
        if link_sudo.request_id._is_undecided() and not link_sudo.used_at:
            return "expired"
        return "over"


class PortalApprovals(CustomerPortal):
    """Approvers with a login: customers, contractors, colleagues without the desk."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "service_desk_approval_count" in counters:
            values["service_desk_approval_count"] = len(self._mine()[0])
        return values

    def _mine(self):
        """Return what waits for the user, and what he has decided lately, as superuser."""
        return request.env["service_desk.approval.request"]._of_approver_sudo(
            request.env.user.partner_id
        )

    @http.route("/my/approvals", type="http", auth="user", website=True, methods=["GET"])
    def service_desk_approvals(self, **params):
        """List what the user is to decide, and his last decisions."""
        waiting, decided = self._mine()
        values = self._prepare_portal_layout_values()
        values.update(waiting=waiting, decided=decided, page_name="service_desk_approvals")
        return request.render("service_desk.portal_my_approvals", values)

    @http.route(
        "/my/approvals/<int:request_id>", type="http", auth="user", website=True, methods=["GET"]
    )
    def service_desk_approval(self, request_id, v="", **params):
        """Show one question."""
        return self._service_desk_page(self._asked(request_id), verdict=v)

    @http.route(
        "/my/approvals/<int:request_id>/decide",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def service_desk_decide(self, request_id, verdict="", reason="", **params):
        """Decide one question in the user's own name."""
        asked = self._asked(request_id)
        reason = str(reason)[:LONGEST_REASON]
        try:
            with request.env.cr.savepoint():
                asked._decide(request.env.user, verdict, reason, channel="portal")
        except (UserError, AccessError) as error:
            return self._service_desk_page(
                asked, verdict=verdict, reason=reason, error=str(error), status=422
            )
        return request.redirect(f"/my/approvals/{asked.id}", code=303)

    def _asked(self, request_id):
        """Return the question as superuser.

        :raises NotFound: where it is not the user's, whether it exists or not
        """
        asked = request.env["service_desk.approval.request"]._own_sudo(
            request.env.user.partner_id, request_id
        )
        if not asked:
            raise request.not_found()
        return asked

    def _service_desk_page(self, asked, verdict="", reason="", error="", status=200):
        values = self._prepare_portal_layout_values()
        values.update(
            kind="open" if asked._is_undecided() else "over",
            asked=asked,
            action=f"/my/approvals/{asked.id}/decide",
            verdict=verdict,
            reason=reason,
            error=error,
            page_name="service_desk_approval",
        )
        response = request.render("service_desk.portal_my_approval", values)
        response.flatten()
        response.status_code = status
        return response
