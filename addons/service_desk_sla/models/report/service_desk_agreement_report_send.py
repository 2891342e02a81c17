"""Sending: PDF, mail to the contacts, and what stays in the log."""

from odoo import fields, models
from odoo.exceptions import UserError

REPORT = "service_desk_sla.service_desk_agreement_report_pdf"
LAYOUT = "service_desk_sla.report_mail_layout"
BODY = "service_desk_sla.report_mail_body"


class ServiceDeskAgreementReport(models.Model):
    _inherit = "service_desk.agreement.report"

    def action_send(self):
        """Freeze the reports and send them to their contacts."""
        self.check_access("write")
        for report in self:
            if report.state != "draft":
                raise UserError(self.env._("This report has been sent already."))
            if not report.contact_ids:
                raise UserError(self.env._("Say first to whom the report is sent."))
            if without := report.contact_ids.filtered(lambda partner: not partner.email):
                raise UserError(
                    self.env._(
                        "There is no e-mail address of: %(names)s",
                        names=", ".join(without.mapped("name")),
                    )
                )
            report._check_contacts()
            report._send_sudo()
        return True

    def action_print(self):
        """Return the PDF: the frozen one once it has been sent."""
        self.ensure_one()
        self.check_access("read")
        if self.pdf_id:
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/{self.pdf_id.id}?download=true",
                "target": "self",
            }
        return self.env.ref(REPORT).report_action(self)

    def _send_sudo(self):
        """Freeze and send one report: file, mark and mail are one transaction.

        sudo: the frozen file and the marks are nobody's to write by hand.
        """
        self.ensure_one()
        report = self.sudo().with_context(lang=self.lang)
        attachment = self.env["ir.attachment"].sudo().create(report._prepare_pdf_vals())
        report.write({"state": "sent", "sent_at": fields.Datetime.now(), "pdf_id": attachment.id})
        owner = report.agreement_id.owner_id
        body = (
            self.env["ir.qweb"]
            .with_context(lang=self.lang)
            ._render(BODY, {"report": report, "owner": owner}, minimal_qcontext=True)
        )
        # by the queue: it sends what a killed server has left, once
        report.with_context(mail_notify_force_send=False).message_post(
            body=body,
            subject=report.env._("Service level report: %(name)s", name=report.name),
            partner_ids=report.contact_ids.ids,
            attachment_ids=attachment.ids,
            author_id=(owner.partner_id or self.env.company.partner_id).id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            email_layout_xmlid=LAYOUT,
        )

    def _prepare_pdf_vals(self):
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(REPORT, self.ids)
        return {
            "name": f"{self._file_name()}.pdf",
            "raw": content,
            "mimetype": "application/pdf",
            "res_model": self._name,
            "res_id": self.id,
        }

    def _file_name(self):
        """Return the name of the file without its ending."""
        self.ensure_one()
        return f"SLA {self.number}"
