from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date, get_lang

STATES = [("draft", "Draft"), ("sent", "Sent"), ("signed", "Signed")]
#: What people write themselves; everything else follows from the clocks, or from what they did.
OPEN_FIELDS = {"signed_file", "signed_filename", "signed_on", "signed_by"}
DRAFT_FIELDS = OPEN_FIELDS | {"lang", "contact_ids"}
NEW_FIELDS = DRAFT_FIELDS | {"agreement_id", "month", "customer_id"}


class ServiceDeskAgreementReport(models.Model):
    """What was kept of an agreement in one month, frozen as numbers and lines, with an act to sign."""

    _name = "service_desk.agreement.report"
    _description = "Monthly Report of an Agreement"
    _inherit = ["mail.thread"]
    _order = "month desc, agreement_id, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    number = fields.Char(compute="_compute_number", store=True)
    agreement_id = fields.Many2one(
        "service_desk.agreement", required=True, ondelete="restrict", index=True, check_company=True
    )
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, precompute=True, index=True
    )
    month = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(months=-1, day=1),
        help="Its first day.",
    )
    customer_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        help="The report tells of tickets of this customer, and of what is part of it. Empty: of all.",
    )
    contact_ids = fields.Many2many("res.partner", string="Send to")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        required=True,
        default=lambda self: get_lang(self.env).code,
    )
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    numbers = fields.Json(readonly=True, copy=False)
    generated_at = fields.Datetime("Counted at", readonly=True, copy=False)
    line_ids = fields.One2many("service_desk.agreement.report.line", "report_id", "Clocks")
    # --------------------------------------------------- the summary, for lists
    ticket_count = fields.Integer("Tickets", readonly=True, copy=False)
    missed_count = fields.Integer("Tickets with a Miss", readonly=True, copy=False)
    compliance = fields.Float(
        "Tickets without a Miss %", readonly=True, copy=False, aggregator="avg", digits=(5, 1)
    )
    downtime_minutes = fields.Integer("Downtime Used", readonly=True, copy=False)
    downtime_allowed_minutes = fields.Integer("Downtime Allowed", readonly=True, copy=False)
    # ------------------------------------------------------- sent and signed
    pdf_id = fields.Many2one("ir.attachment", "Report as Sent", readonly=True, copy=False)
    sent_at = fields.Datetime(readonly=True, copy=False)
    signed_file = fields.Binary("Signed Act", attachment=True, copy=False)
    signed_filename = fields.Char(copy=False)
    signed_on = fields.Date(copy=False)
    signed_by = fields.Char(copy=False, help="Who signed for the other party.")

    _month_uniq = models.UniqueIndex(
        "(agreement_id, month, COALESCE(customer_id, 0))",
        "There is a report of this agreement, month and customer already.",
    )
    _month_is_first_day = models.Constraint(
        "CHECK (EXTRACT(day FROM month) = 1)", "A month is named by its first day."
    )

    @api.depends("agreement_id", "customer_id", "month", "lang")
    def _compute_name(self):
        for report in self:
            # a Char, not a display of the reader's: the name stands on the paper
            month = (
                format_date(report.env, report.month, report.lang, "LLLL yyyy")
                if report.month
                else ""
            )
            names = (
                report.agreement_id.with_context(lang=report.lang).name,
                report.customer_id.name,
                month,
            )
            report.name = ", ".join(name for name in names if name)

    @api.depends("agreement_id", "customer_id", "month")
    def _compute_number(self):
        for report in self:
            parts = (
                report.agreement_id.id,
                report.month and report.month.strftime("%Y-%m"),
                report.customer_id.id,
            )
            report.number = "-".join(str(part) for part in parts if part)

    @api.constrains("month")
    def _check_month(self):
        for report in self:
            if report.month > fields.Date.context_today(report):
                raise ValidationError(self.env._("This month has not begun yet."))

    @api.constrains("contact_ids", "customer_id", "agreement_id")
    def _check_contacts(self):
        for report in self:
            report.agreement_id._check_report_contacts(report.contact_ids, report.customer_id)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("month"):
                vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)
        creating = self
        if not self.env.su:
            vals_list = [
                {name: value for name, value in vals.items() if name in NEW_FIELDS}
                for vals in vals_list
            ]
            creating = self.with_env(self.env(context=self._context_without_marks()))
        reports = super(ServiceDeskAgreementReport, creating).create(vals_list).with_env(self.env)
        for report in reports:
            report._count_sudo()
        return reports

    def _context_without_marks(self):
        """Return the context without defaults for what is counted: a remote call brings its own context."""
        marks = {f"default_{name}" for name in self._fields.keys() - NEW_FIELDS}
        return {key: value for key, value in self.env.context.items() if key not in marks}

    def write(self, vals):
        if not self.env.su:
            self._check_open(vals)
        return super().write(vals)

    def _check_open(self, vals):
        """Refuse changes of what is counted, and of what has been sent.

        :raises UserError: says which way there is
        """
        # what mail.thread and the client write besides (followers, messages) has fields of its own rules
        kept = {
            name
            for name in vals
            if name in self._fields and not name.startswith(("message_", "activity_"))
        }
        if kept - DRAFT_FIELDS:
            raise UserError(
                self.env._("The numbers of a report come from the clocks: count it anew instead.")
            )
        if kept - OPEN_FIELDS and any(report.state != "draft" for report in self):
            raise UserError(self.env._("This report has been sent: it does not change any more."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(report.state != "draft" for report in self):
            raise UserError(self.env._("A report that has been sent is kept."))

    # ------------------------------------------------------------------ actions
    def action_count(self):
        """Count the month anew; the log tells what is different."""
        self.check_access("write")
        if any(report.state != "draft" for report in self):
            raise UserError(self.env._("This report has been sent: it does not change any more."))
        for report in self:
            report._count_sudo()
        return True

    def action_sign(self):
        """Note that the act has come back signed."""
        self.check_access("write")
        for report in self:
            if report.state != "sent":
                raise UserError(self.env._("Only a report that has been sent can be signed."))
            if not (report.signed_file and report.signed_on and report.signed_by):
                raise UserError(
                    self.env._("Add the signed act, its date, and who signed it, first.")
                )
            if report.signed_on < report.month:
                raise UserError(self.env._("The act was hardly signed before its month."))
        self._sign_sudo()
        return True

    def _sign_sudo(self):
        """Mark as signed; sudo: nobody writes the state by hand."""
        self.sudo().write({"state": "signed"})
        for report in self:
            report.message_post(
                body=self.env._(
                    "The act was signed by %(name)s on %(date)s.",
                    name=report.signed_by,
                    date=format_date(self.env, report.signed_on),
                )
            )

    def action_open_lines(self):
        """Open the clocks that the report tells of."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk_sla.service_desk_agreement_report_line_action"
        )
        return {**action, "domain": [("report_id", "=", self.id)]}
