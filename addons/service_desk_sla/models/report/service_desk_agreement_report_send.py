"""The paper: PDF, mail to the contacts, and what stays in the log."""

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from .service_desk_sla_chain import hand_names

REPORT = "service_desk_sla.service_desk_agreement_report_pdf"
LAYOUT = "service_desk_sla.report_mail_layout"
BODY = "service_desk_sla.report_mail_body"
#: Tickets printed in the table; beyond them the paper says how many more there are.
PRINTED = 1000


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

    # ------------------------------------------------------------------- paper
    def _tickets_printed(self):
        """Return ``[(number, subject, [line or None for each metric])]`` of the tickets on the paper, missed first.

        sudo: who may print the report may read its lines.
        """
        self.ensure_one()
        lines_sudo = self.sudo().line_ids
        metrics = self._metrics_printed()
        rows = {}
        for line in lines_sudo:
            row = rows.setdefault(
                line.number, {"lines": {}, "name": line.name, "opened": line.opened_at}
            )
            known = row["lines"].get(line.metric_id.id)
            # of several cycles of one metric the worst one stands on the paper
            if not known or (line.outcome != "met", line.late_seconds) > (
                known.outcome != "met",
                known.late_seconds,
            ):
                row["lines"][line.metric_id.id] = line
        order = sorted(
            rows,
            key=lambda number: (
                not any(line.outcome != "met" for line in rows[number]["lines"].values()),
                rows[number]["opened"],
                number,
            ),
        )
        return [
            (
                number,
                rows[number]["name"],
                rows[number]["opened"],
                [rows[number]["lines"].get(metric.id) for metric in metrics],
            )
            for number in order[:PRINTED]
        ]

    def _metrics_printed(self):
        """Return the metrics that are columns of the paper."""
        return self.sudo().line_ids.metric_id.sorted(lambda metric: (metric.sequence, metric.id))

    def _misses_printed(self):
        """Return the lines that were missed, the excused ones last."""
        return (
            self.sudo()
            .line_ids.filtered(lambda line: line.outcome != "met")
            .sorted(lambda line: (line.outcome == "excused", -line.late_seconds, line.number))[
                :PRINTED
            ]
        )

    def _duration(self, seconds):
        """Return a duration as it stands on the paper: hours and minutes."""
        minutes = (seconds or 0) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"

    def _percent(self, value):
        """Return a share as it stands on the paper; a dash of nothing."""
        if value is None or value is False:
            return "–"
        text = f"{value:.1f}" if value % 1 else f"{value:.0f}"
        point = self.env["res.lang"]._get_data(code=self.lang).decimal_point or "."
        return f"{text.replace('.', point)} %"

    def _party_lines(self, partner):
        """Return the requisites of a party, one string for each line.

        sudo: they stand on the contract, whoever prints it.
        """
        partner_sudo = partner.sudo()
        tax = self.env._("Tax ID: %(number)s", number=partner_sudo.vat) if partner_sudo.vat else ""
        registry = partner_sudo.company_registry
        registry = self.env._("Registration: %(number)s", number=registry) if registry else ""
        address = ", ".join(
            part.strip()
            for part in partner_sudo._display_address(without_company=True).splitlines()
            if part.strip()
        )
        contact = ", ".join(part for part in (partner_sudo.phone, partner_sudo.email) if part)
        return [line for line in (address, tax, registry, contact) if line]

    def _parties(self):
        """Return the two parties of the act with their requisites; the supplier provides in a contract with one."""
        self.ensure_one()
        agreement = self.agreement_id
        ours = self._party(self.company_id.partner_id, agreement.signatory)
        if agreement.kind == "uc":
            supplier = self._party(agreement.supplier_id, agreement.other_signatory)
            return {"provider": supplier, "customer": ours}
        return {
            "provider": ours,
            "customer": self._party(self.customer_id, agreement.other_signatory),
        }

    def _party(self, partner, signatory):
        return {
            "name": partner.sudo().name or "",  # sudo: as in _party_lines
            "lines": self._party_lines(partner) if partner else [],
            "signatory": signatory or "",
        }

    def _hand_names(self):
        """Return ``{hand: name}`` in the language of the paper."""
        return hand_names(self.env(context={**self.env.context, "lang": self.lang}))

    def _month_name(self):
        """Return the month in words of the language of the paper."""
        return format_date(self.env, self.month, self.lang, "LLLL yyyy")

    def _first_day(self):
        """Return the first day of the month as it stands on the paper."""
        return format_date(self.env, self.month, self.lang)

    def _last_day(self):
        """Return the last day of the month as it stands on the paper."""
        return format_date(self.env, self.month + relativedelta(months=1, days=-1), self.lang)
