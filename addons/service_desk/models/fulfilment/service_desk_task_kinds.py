"""What tasks do without a person; always as superuser, in the queue."""

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError


class ServiceDeskTask(models.Model):
    _inherit = "service_desk.task"

    # ---------------------------------------------------------------- document
    def _run_document(self):
        """Make a PDF, keep it on the ticket and send it to the requester alone."""
        ticket, permit = self.ticket_id, self._permit()
        record = permit._document_record(ticket)
        lang = self._document_lang()
        report = permit.report_id.with_context(lang=lang)
        # Odoo keeps what it prints on the record where a report says so; here the ticket keeps it
        content, _kind = report._render_qweb_pdf(report.report_name, record.ids)
        name = self.with_context(lang=lang).name
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{name}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": ticket._name,
                "res_id": ticket.id,
            }
        )
        self._send_document(attachment, lang)
        return self.with_context(lang=lang).env._("Sent to %s.", ticket.partner_id.name)

    def _document_lang(self):
        """Return the language of the document: by the form, else the requester's."""
        known = [code for code, _name in self.env["res.lang"].get_installed()]
        partner = self.ticket_id.partner_id
        wanted = [partner.lang, self.company_id.partner_id.lang, "en_US"]
        if key := self.plan_task_id.lang_key:
            answer = str(self.ticket_id._answers().get(key) or "")[:2].lower()
            wanted = [code for code in known if answer and code.startswith(answer)] + wanted
        return next(code for code in [*wanted, *known] if code in known)

    def _send_document(self, attachment, lang):
        """Send the document to the requester, and to nobody else who takes part."""
        ticket = self.ticket_id.with_context(lang=lang)
        if not (ticket.partner_id.email or "").strip():
            raise UserError(self.env._("%s has no e-mail address.", ticket.partner_id.name))
        body = Markup("<p>%s</p>") % ticket.env._(
            "Here is your document: %s.", self.with_context(lang=lang).name
        )
        message = ticket._send_notice(
            self.with_context(lang=lang).name, body, ticket.partner_id, False
        )
        # the mail waits in the queue: what hangs on its message now goes with it
        message.attachment_ids = attachment

    # --------------------------------------------------------------------- mail
    def _run_mail(self):
        ticket, template = self.ticket_id, self.plan_task_id
        partner = ticket.partner_id
        if not (partner.email or ticket.email_from or "").strip():
            raise UserError(self.env._("The requester has no e-mail address."))
        lang = partner.lang or self.company_id.partner_id.lang or self.env.lang
        template = template.with_context(lang=lang)
        renderer = self.env["service_desk.placeholder"]
        ticket.with_context(lang=lang, tz=partner.tz)._send_notice(
            renderer._render(template.mail_subject, ticket, partner, html=False),
            renderer._render(template.mail_body, ticket, partner),
            partner,
            False if partner else ticket.email_from,
        )

    # --------------------------------------------------------------- membership
    def _run_membership(self):
        template, permit = self.plan_task_id, self._permit()
        grant = self.env["service_desk.grant"]._give(
            permit, self.ticket_id.partner_id, self._membership_until(template, permit), self
        )
        return self.env._(
            "%(person)s is a member of “%(group)s” until %(until)s.",
            person=grant.user_id.name,
            group=grant.group_id.display_name,
            until=fields.Date.to_string(grant.until),
        )

    def _membership_until(self, template, permit):
        """Return the moment (UTC) until which the membership lasts.

        :raises UserError: when the form names no date, one that is over, or one beyond the limit
        """
        now = fields.Datetime.now()
        if template.until_key:
            answer = self.ticket_id._answers().get(template.until_key)
            day = template._day_of(answer, self.team_id)
            if not day:
                raise UserError(self.env._("The form does not say until when."))
            until = template._end_of_civil_day(day, self.team_id)
        else:
            until = fields.Datetime.add(now, days=template.until_days)
        if until <= now:
            raise UserError(self.env._("The date until which it is asked for is over."))
        if permit.max_days and until > fields.Datetime.add(now, days=permit.max_days + 1):
            raise UserError(
                self.env._("Nobody may get it for longer than %s days.", permit.max_days)
            )
        return until

    # ------------------------------------------------------------------- action
    def _run_action(self):
        """Run the server action on the ticket as the user whom the administrator has named."""
        permit, ticket = self._permit(), self.ticket_id
        if not permit.run_user_id.active:
            raise UserError(self.env._("%s works here no more.", permit.run_user_id.name))
        context = {"active_model": ticket._name, "active_id": ticket.id, "active_ids": ticket.ids}
        action = permit.action_id.with_user(permit.run_user_id).with_context(**context)
        action.with_company(self.company_id).run()


class ServiceDeskFulfilmentPermit(models.Model):
    _inherit = "service_desk.fulfilment.permit"

    def _document_record(self, ticket):
        """Return the record that is printed for a ticket: of its requester, of nobody else.

        :raises UserError: when there is none
        """
        record = getattr(self, f"_document_of_{self.record}")(ticket)
        if not record:
            raise UserError(self.env._("There is no record for the document."))
        return record

    def _document_of_ticket(self, ticket):
        return ticket

    def _document_of_requester(self, ticket):
        return ticket.partner_id
