"""The life of an agreement: draft, in force, its renewals, its end."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Agreements that the daily job takes in one go.
PIECE = 100


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    renews_itself = fields.Boolean(
        help="The day before it would end it is prolonged by so many months."
    )
    renewal_months = fields.Integer("Months", default=12)
    notice_days = fields.Integer(
        "Notice, Days",
        default=30,
        help="So many days before it ends the responsible gets an activity. Zero: none.",
    )
    reminded_until = fields.Date(
        readonly=True, copy=False, help="The end of which the responsible was told."
    )
    # ------------------------------------------------------------------ signed
    signed_file = fields.Binary("Signed Document", attachment=True, copy=False)
    signed_file_name = fields.Char(copy=False)
    signed_number = fields.Char("Contract Number", copy=False, tracking=True)
    signed_on = fields.Date(copy=False, tracking=True)
    signed_by = fields.Char(copy=False, tracking=True, help="Who signed for both sides.")

    has_changes = fields.Boolean(
        "Changes Not in Force",
        compute="_compute_has_changes",
        help="The agreement was edited since it was published.",
    )
    version_number = fields.Integer("Version", related="version_id.number")
    is_expiring = fields.Boolean(
        "Ends Soon", compute="_compute_is_expiring", search="_search_is_expiring"
    )

    _renewal_positive = models.Constraint(
        "CHECK (renewal_months > 0)", "An agreement is prolonged by at least a month."
    )
    _notice_positive = models.Constraint(
        "CHECK (notice_days >= 0)", "The notice is given so many days before the end."
    )
    _valid_until_index = models.Index("(valid_until) WHERE valid_until IS NOT NULL")

    @api.depends(
        "version_id",
        "name",
        "runs_beside",
        "service_ids",
        "offering_ids",
        "team_ids",
        "supplier_id",
        "entitlement_ids.text",
        "underpinning_ids",
        "calendar_source",
        "calendar_id",
        "waiting",
        "pauses_for_approval",
        "counts_from",
        "line_ids.priority",
        "line_ids.type_id",
        "line_ids.service_id",
        "line_ids.offering_id",
        "line_ids.target_ids.metric_id",
        "line_ids.target_ids.amount",
        "line_ids.target_ids.unit",
    )
    def _compute_has_changes(self):
        for agreement in self:
            agreement.has_changes = bool(
                agreement.id
                and agreement.version_id
                and agreement.version_id.definition != agreement._origin._definition()
            )

    @api.depends("valid_until", "notice_days", "state")
    def _compute_is_expiring(self):
        today = fields.Date.context_today(self)
        for agreement in self:
            notice = relativedelta(days=agreement.notice_days)
            agreement.is_expiring = bool(
                agreement.state == "active"
                and agreement.valid_until
                and agreement.valid_until - notice <= today
            )

    @api.model
    def _search_is_expiring(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        # each has its own notice
        dated = self.search([("state", "=", "active"), ("valid_until", "!=", False)])
        expiring = dated.filtered(
            lambda one: one.valid_until - relativedelta(days=one.notice_days) <= today
        )
        return [("id", "in" if True in value else "not in", expiring.ids)]

    # ------------------------------------------------------------------- steps
    def action_publish(self):
        """Put the agreement, as it is now, in force: new clocks follow it; running ones keep theirs.

        :raises UserError: when it cannot be kept as it stands; the sentence says what is missing
        """
        self.check_access("write")
        versions = self.env["service_desk.agreement.version"]
        for agreement in self:
            agreement._check_publishable()
            # sudo: the marks of its life, which nobody writes by hand
            agreement.sudo().write(
                {
                    "version_id": versions._publish(agreement).id,
                    "state": "active",
                    "ended_at": False,
                }
            )
        return True

    def action_end(self):
        """End the agreement now: tickets opened from now on do not go by it; running clocks go on.

        :raises UserError: for one that is not in force
        """
        self.check_access("write")
        if any(agreement.state != "active" for agreement in self):
            raise UserError(self.env._("Only an agreement in force can be ended."))
        self._end_sudo(fields.Datetime.now())
        return True

    def action_apply_to_running(self):
        """Open the window in which clocks that run are counted anew by the version in force, with a log."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "active":
            raise UserError(self.env._("Put the agreement in force first."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk_sla.service_desk_clock_rebuild_request_action"
        )
        return {**action, "context": {"default_agreement_ids": self.ids}}

    def _end_sudo(self, moment):
        self.sudo().write({"state": "ended", "ended_at": moment})

    # -------------------------------------------------------------------- cron
    @api.model
    def _cron_life(self):
        """Prolong, remind and end what the calendar says; a day missed is made up for the next day."""
        today = fields.Date.today()
        for find, step in (
            (self._to_prolong, self._prolong),
            (self._to_remind, self._remind),
            (self._to_end, self._end_expired),
        ):
            found = find(today)
            for start in range(0, len(found), PIECE):
                agreements = found[start : start + PIECE].try_lock_for_update()
                step(agreements, today)
                if not self.env["ir.cron"]._commit_progress(len(agreements)):
                    return

    @api.model
    def _to_prolong(self, today):
        """Return the agreements that renew themselves and whose last day has come, somewhere on earth."""
        tomorrow = today + relativedelta(days=1)
        return self.search(
            [
                ("state", "=", "active"),
                ("renews_itself", "=", True),
                ("valid_until", "<=", tomorrow),
            ]
        )

    @api.model
    def _to_end(self, today):
        """Return the agreements whose last day is over everywhere on earth; none of them fits any more."""
        yesterday = today - relativedelta(days=1)
        return self.search([("state", "=", "active"), ("valid_until", "<", yesterday)])

    @api.model
    def _prolong(self, agreements, today):
        """Prolong agreements by as many terms as it takes to last longer than tomorrow."""
        for agreement in agreements:
            end, months = agreement.valid_until, agreement.renewal_months
            times = 1
            while end + relativedelta(months=months * times, days=-1) <= today:
                times += 1
            agreement.valid_until = end + relativedelta(months=months * times)
            agreement.message_post(
                body=self.env._(
                    "Prolonged by itself until %(date)s.",
                    date=fields.Date.to_string(agreement.valid_until),
                )
            )

    @api.model
    def _end_expired(self, agreements, _today):
        """End agreements whose last day is over; what was opened before goes on by them."""
        for agreement in agreements:
            agreement._end_sudo(fields.Datetime.now())
            agreement.message_post(
                body=self.env._("Its last day is over: the agreement has ended.")
            )

    @api.model
    def _to_remind(self, today):
        """Return the agreements whose responsible is to be told that they end, once for each end."""
        dated = self.search(
            [
                ("state", "=", "active"),
                ("valid_until", ">=", today),
                ("notice_days", ">", 0),
                ("owner_id", "!=", False),
            ]
        )
        return dated.filtered(
            lambda one: (
                one.reminded_until != one.valid_until
                and one.valid_until - relativedelta(days=one.notice_days) <= today
            )
        )

    @api.model
    def _remind(self, agreements, _today):
        """Give the responsible an activity."""
        for agreement in agreements:
            # sudo: a mark of its life
            agreement.sudo().reminded_until = agreement.valid_until
            told = agreement.with_context(lang=agreement.owner_id.lang)
            summary = (
                told.env._("The agreement is about to be prolonged")
                if agreement.renews_itself
                else told.env._("The agreement is about to end")
            )
            agreement.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=agreement.valid_until,
                summary=summary,
                user_id=agreement.owner_id.id,
            )
