"""What a decision means for the ticket, and what the requester is told."""

from markupsafe import Markup

from odoo import models

#: In the context of the desk's own cancelling after a refusal: the requester is told why in the same breath.
#: Its value is an object: no call from outside can bring it.
REFUSING = object()
CLOSE_REASON = "service_desk.close_reason_not_approved"


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _conclude_approval(self, approval):
        """Go on, or end, as the round has ended.

        :param approval: ``service_desk.approval`` that is approved or refused
        """
        self.ensure_one()
        ticket = self.sudo()  # sudo: what follows from a decision is no right of the approver
        ticket._set_marks(approval_state=approval.state, approval_hold=False)
        decided = approval.request_ids.filtered(lambda request: request.state == approval.state)
        reason = "; ".join(request.reason for request in decided if request.reason)
        if approval.state == "refused" and not reason:
            reason = "; ".join(
                r.reason for r in approval.request_ids if r.state == "expired" and r.reason
            )
        people = decided.decided_by_id.mapped("name")
        ticket._explain(
            "approval", {"event": approval.state, "people": people, "reason": reason or ""}
        )
        ticket._tell_outcome(approval.state, people, reason)
        if approval.state == "approved":
            ticket._go_on_after(approval)
            ticket._on_approved()
        else:
            ticket._end_refused()
            ticket._on_approval_refused()

    def _go_on_after(self, approval):
        """Put the ticket back to where it stood before it waited for its approval."""
        reasons = self._approval_reasons()
        if self.state == "waiting" and self.waiting_reason_id in reasons:
            stage = approval.stage_before_id
            if stage and self.env["service_desk.stage"]._has_type(stage.id, self.type_id.id):
                self._put_back(stage)
            else:
                self._write_state({"state": "open"})

    def _approval_reasons(self):
        names = ("waiting_reason_approval", "waiting_reason_approval_running")
        return self.env["service_desk.waiting.reason"].union(
            *(self.env.ref(f"service_desk.{name}") for name in names)
        )

    def _end_refused(self):
        self.with_context(service_desk_refusing=REFUSING)._write_state(
            {"state": "cancelled", "close_reason_id": self.env.ref(CLOSE_REASON).id}
        )

    def _notify_requester_side(self, event, payload):
        if event == "state" and self.env.context.get("service_desk_refusing") is REFUSING:
            return []
        return super()._notify_requester_side(event, payload)

    # -------------------------------------------------------------------- words
    def _tell_outcome(self, state, people, reason):
        """Tell the requester's side, in the language of the requester."""
        lang = self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang
        env = self.with_context(lang=lang).env
        names = ", ".join(people)
        if state == "approved":
            text = (
                env._("Your request is approved: %(people)s.", people=names)
                if names
                else env._("Your request is approved.")
            )
        elif names:
            text = env._("Your request is not approved: %(people)s.", people=names)
        else:
            text = env._("Your request is not approved.")
        body = Markup("<p>%s</p>") % text
        if reason and state == "refused":
            body += Markup("<blockquote>%s</blockquote>") % reason
        self._say_as_desk(body)

    def _ask_for_approver(self, partner, question):
        """Put an approver's question to the requester; his reply goes to the approver."""
        lang = self.partner_id.lang or self.env.lang
        env = self.with_context(lang=lang).env
        text = env._(
            "%(person)s has a question before deciding about your request:", person=partner.name
        )
        body = Markup("<p>%s</p><blockquote>%s</blockquote><p>%s</p>") % (
            text,
            question,
            env._("Just answer this message."),
        )
        self._say_as_desk(body)

    def _say_as_desk(self, body):
        """Write a public line of the desk itself; it answers nobody and stops no clock."""
        self.with_context(mail_post_autofollow=False).message_post(
            body=body,
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.env.ref("base.partner_root").id,
        )

    # -------------------------------------------------------------------- hooks
    def _on_approved(self):
        """Hook: everybody who had to has agreed to the tickets of ``self``; work may start."""

    def _on_approval_refused(self):
        """Hook: the tickets of ``self`` were refused, and are cancelled where their workflow allows it."""

    def _on_requester_message(self, message):
        result = super()._on_requester_message(message)
        if self.approval_state == "pending" and not self.env.context.get(
            "service_desk_machine_mail"
        ):
            self._pass_to_approvers(message)
        return result

    def _pass_to_approvers(self, message):
        """The requester's side has answered: whoever asked back decides now."""
        from odoo.tools.mail import html2plaintext  # noqa: PLC0415

        # sudo: the requester reads no approvals
        asked = self.sudo().approval_ids.request_ids.filtered(lambda r: r.state == "asked_back")
        if asked:
            asked._answered(
                html2plaintext(message.body or "", include_references=False).strip()[:4000]
            )
