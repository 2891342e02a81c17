"""Approvers hear of it by mail: what is asked, the way to decide, and what they have decided."""

from odoo import api, models
from odoo.tools.misc import get_lang

from ..approval.service_desk_approval_step import UNDECIDED
from .service_desk_approval_link import PAGE

#: Events of which an approver gets a mail with a link.
ASKING = ("asked", "reminded", "answered")
#: On the pages of an approver.
MOST_LISTED = 200
LAST_DECIDED = 20


class ServiceDeskApprovalRequest(models.Model):
    _inherit = "service_desk.approval.request"

    def _tell(self, event):
        result = super()._tell(event)
        for request in self:
            if event in ASKING:
                request._mail_question(event)
            elif event == "decided" and request.channel == "mail":
                request._mail_confirmation()
        return result

    def _mail_question(self, event):
        """Queue the mail that asks the approver, in his language."""
        told = self._in_approver_s_language()
        message = told._mail(
            "service_desk.approval_mail_question", told._question_subject(event), event=event
        )
        if message:
            self.env["service_desk.approval.link"].create(
                {
                    "request_id": self.id,
                    "partner_id": self.partner_id.id,
                    "message_id": message.id,
                }
            )

    def _mail_confirmation(self):
        """Let the approver know what was decided in his name by the link he was sent."""
        told = self._in_approver_s_language()
        subject = told.env._("Your decision: %(subject)s", subject=told.subject)
        told._mail("service_desk.approval_mail_confirmation", subject)

    def _question_subject(self, event):
        texts = {
            "asked": self.env._("To approve: %(subject)s", subject=self.subject),
            "reminded": self.env._("Still to approve: %(subject)s", subject=self.subject),
            "answered": self.env._("Answered, to approve: %(subject)s", subject=self.subject),
        }
        return texts[event]

    def _in_approver_s_language(self):
        company = self.ticket_id.company_id
        lang = get_lang(self.env, self.partner_id.lang or company.partner_id.lang).code
        return self.with_context(lang=lang, tz=self.partner_id.tz or company.partner_id.tz)

    def _mail(self, template, subject, **values):
        """Queue one mail to the approver, and return its message; none where he has no address."""
        partner = self.partner_id
        if not partner.email and not partner.user_ids:
            return self.env["mail.message"]
        body = self.env["ir.qweb"]._render(
            template,
            {
                "asked": self,
                "page": f"{self.ticket_id.get_base_url()}{self._page_path()}",
                **values,
            },
            lang=self.env.lang,
            minimal_qcontext=True,
        )
        ticket = self.ticket_id.with_context(lang=self.env.lang, tz=self.env.context.get("tz"))
        return ticket._send_notice(subject, body, partner, False)

    def _page_path(self):
        return f"{PAGE}{self.id}"

    # ------------------------------------------------------------------- pages
    def _is_undecided(self):
        """Tell whether the question waits for its approver."""
        self.ensure_one()
        return self.state in UNDECIDED

    @api.model
    def _own_domain(self, partner):
        return ["|", ("partner_id", "=", partner.id), ("principal_id", "=", partner.id)]

    @api.model
    def _own_sudo(self, partner, request_id):
        """Return one question of an approver as superuser; empty where it is not his.

        sudo: customers have no right on approvals; being asked is what lets them see this one.
        """
        domain = [("id", "=", request_id), *self._own_domain(partner)]
        return self.sudo().search(domain, limit=1)

    @api.model
    def _of_approver_sudo(self, partner):
        """Return what waits for an approver, and his last decisions; sudo as in :meth:`_own_sudo`."""
        own = self._own_domain(partner)
        waiting = self.sudo().search([("state", "in", UNDECIDED), *own], limit=MOST_LISTED)
        decided = self.sudo().search(
            [("decided_by_id", "=", partner.id)], order="decided_at desc", limit=LAST_DECIDED
        )
        return waiting, decided
