"""To whom an agreement's report is sent each month; a job sends each month's exactly once."""

import logging
from datetime import datetime, time, timedelta

import psycopg2
import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools.misc import get_lang

_logger = logging.getLogger(__name__)

CRON = "service_desk_sla.ir_cron_agreement_report"
SEND_HOUR = 8
MAX_ATTEMPTS = 5
RETRY_HOURS = 1


class ServiceDeskAgreementMailing(models.Model):
    """The months of one agreement, for one customer, to some contacts."""

    _name = "service_desk.agreement.mailing"
    _description = "Monthly Sending of a Report"
    _order = "agreement_id, id"
    _check_company_auto = True

    agreement_id = fields.Many2one(
        "service_desk.agreement", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, precompute=True, index=True
    )
    active = fields.Boolean(default=True)
    customer_id = fields.Many2one(
        "res.partner",
        ondelete="cascade",
        help="The report tells of tickets of this customer, and of what is part of it. "
        "Empty: of all, for colleagues and the supplier only.",
    )
    contact_ids = fields.Many2many("res.partner", string="Send to", required=True)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        required=True,
        default=lambda self: get_lang(self.env).code,
    )
    day = fields.Integer(
        "On Day", default=1, required=True, help="Of the month after, at 8 o'clock."
    )
    month = fields.Date(
        "Next Month to Tell",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    due_at = fields.Datetime("Next Sending", compute="_compute_due_at", store=True, readonly=True)
    attempts = fields.Integer(readonly=True)

    _day_of_any_month = models.Constraint(
        "CHECK (day BETWEEN 1 AND 28)", "Choose a day from 1 to 28: every month has it."
    )
    _month_is_first_day = models.Constraint(
        "CHECK (EXTRACT(day FROM month) = 1)", "A month is named by its first day."
    )
    _due_index = models.Index("(due_at, id) WHERE active IS TRUE AND due_at IS NOT NULL")
    _customer_uniq = models.UniqueIndex(
        "(agreement_id, COALESCE(customer_id, 0)) WHERE active IS TRUE",
        "The report for this customer is sent already.",
    )

    @api.depends("month", "day", "agreement_id")
    def _compute_due_at(self):
        for mailing in self:
            mailing.due_at = mailing._due_moment() if mailing.month else False

    def _due_moment(self):
        """Return when the report of ``month`` is sent: a day of the next month, in the time zone of the agreement."""
        day = self.month + relativedelta(months=1, day=min(max(self.day, 1), 28))
        tz = pytz.timezone(self.agreement_id._reporting_tz())
        local = tz.localize(datetime.combine(day, time(SEND_HOUR)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    @api.constrains("contact_ids", "customer_id", "agreement_id")
    def _check_contacts(self):
        for mailing in self:
            mailing.agreement_id._check_report_contacts(mailing.contact_ids, mailing.customer_id)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._name_month(vals)
        mailings = super().create(vals_list)
        mailings._wake()
        return mailings

    def write(self, vals):
        self._name_month(vals)
        result = super().write(vals)
        if vals.keys() & {"month", "day", "active"}:
            self._wake()
        return result

    @api.model
    def _name_month(self, vals):
        if vals.get("month"):
            vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)

    def _wake(self):
        moments = [mailing.due_at for mailing in self if mailing.active and mailing.due_at]
        if moments:
            self.env["ir.cron"]._service_desk_wake(CRON, min(moments))

    # --------------------------------------------------------------------- job
    @api.model
    def _cron_send(self, limit=10):
        """Send what is due; a report, its mail and the mark that it was sent are one transaction."""
        domain = [
            ("due_at", "<=", fields.Datetime.now()),
            ("agreement_id.active", "=", True),
            ("agreement_id.state", "!=", "draft"),
        ]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while due := self.search(domain, order="due_at, id", limit=limit).try_lock_for_update(
            limit=1
        ):
            due._try_to_send()
            if not self.env["ir.cron"]._commit_progress(1):
                break
        following = self.search([("due_at", "!=", False)], order="due_at, id", limit=1)
        following._wake()

    def _try_to_send(self):
        """Send the month that is due; a failure is tried again later, and somebody is told in the end."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._send_month()
        except psycopg2.OperationalError:
            raise  # the transaction is lost: the whole step is repeated
        except Exception as error:
            _logger.exception(
                "The monthly report of agreement %s was not sent", self.agreement_id.id
            )
            self._put_off(error)

    def _put_off(self, error):
        attempts = self.attempts + 1
        now = fields.Datetime.now()
        if attempts < MAX_ATTEMPTS:
            self.write({"attempts": attempts, "due_at": now + timedelta(hours=RETRY_HOURS)})
            return
        self.write({"attempts": 0, "due_at": now + timedelta(days=1)})
        self.agreement_id.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("The monthly report was not sent"),
            note=str(error),
            user_id=(self.agreement_id.owner_id or self.env.user).id,
        )

    def _send_month(self):
        """Send the report of ``month`` unless that was done by hand, and plan the next month."""
        report = self._report_of_month()
        if report.state == "draft":
            report.contact_ids = self.contact_ids
            report._count_sudo()
            report._send_sudo()
        self.write({"month": self.month + relativedelta(months=1), "attempts": 0})

    def _report_of_month(self):
        """Return the report of ``month``; made when there is none."""
        vals = {
            "agreement_id": self.agreement_id.id,
            "customer_id": self.customer_id.id,
            "month": self.month,
        }
        reports = self.env["service_desk.agreement.report"]
        report = reports.search([(name, "=", value) for name, value in vals.items()], limit=1)
        return report or reports.create({**vals, "lang": self.lang})
