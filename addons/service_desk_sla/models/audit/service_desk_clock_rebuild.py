"""Clocks counted anew because their grounds changed: an act with a reason, a reach, and a log."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

REBUILD_CRON = "service_desk_sla.ir_cron_rebuild_clocks"
#: Calendars are edited line by line: many edits are one rebuild.
COLLECT_FOR = timedelta(minutes=1)
KINDS = [
    ("agreement", "The agreement in its present version"),
    ("hours", "Working hours changed"),
    ("tickets", "Chosen tickets"),
]
STATES = [("waiting", "Waiting"), ("running", "Under Way"), ("done", "Done"), ("failed", "Failed")]
SINCE = [("beginning", "From the beginning"), ("now", "From now on")]
OUTCOMES = [("done", "Counted anew"), ("failed", "Failed")]


class ServiceDeskClockRebuild(models.Model):
    """One act of counting clocks anew. It cannot be undone, only followed by another: the log tells what was before."""

    _name = "service_desk.clock.rebuild"
    _description = "Rebuild of Clocks"
    _order = "id desc"
    _rec_name = "reason"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="waiting")
    reason = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, help="Empty: the desk itself, because hours changed."
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    requested_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    start_at = fields.Datetime(
        "Not Before", required=True, readonly=True, default=fields.Datetime.now
    )
    ended_at = fields.Datetime(readonly=True)
    agreement_ids = fields.Many2many("service_desk.agreement", string="Agreements", readonly=True)
    calendar_ids = fields.Many2many("resource.calendar", string="Working Hours", readonly=True)
    every_calendar = fields.Boolean("All Working Hours", readonly=True)
    ticket_ids = fields.Many2many("service_desk.ticket", string="Tickets", readonly=True)
    with_stopped = fields.Boolean(
        "Stopped Clocks as Well",
        readonly=True,
        help="Verdicts on tickets that are done may change, and differ from reports already sent.",
    )
    since = fields.Selection(SINCE, "Applies", readonly=True, default="now")
    # ---------------------------------------------------------------- progress
    last_ticket_id = fields.Integer(
        readonly=True, help="Where it stands: tickets are taken from the newest to the oldest."
    )
    ticket_count = fields.Integer("Tickets Found", readonly=True)
    done_count = fields.Integer("Tickets Counted", readonly=True)
    changed_count = fields.Integer("Tickets Changed", readonly=True)
    progress = fields.Integer(compute="_compute_progress", help="Percent.")
    line_ids = fields.One2many("service_desk.clock.rebuild.line", "rebuild_id", "Log")

    _waiting_index = models.Index("(start_at, id) WHERE state IN ('waiting', 'running')")

    @api.depends("state", "ticket_count", "done_count")
    def _compute_progress(self):
        for rebuild in self:
            total = rebuild.ticket_count
            share = rebuild.done_count * 100 // total if total else 0
            rebuild.progress = 100 if rebuild.state == "done" else min(share, 99)

    # ----------------------------------------------------------------- request
    @api.model
    def _request(
        self, agreements=None, calendars=None, tickets=None, reason="", scope="running", since="now"
    ):
        """Order a rebuild, and return it. It is done by a job, in steps.

        :param agreements: their clocks get the version in force
        :param calendars: ``resource.calendar``; clocks that count by them are read anew
        :param tickets: ``service_desk.ticket``; their clocks are derived anew
        :param str reason: why; always needed
        :param str scope: ``running``, or ``all``: stopped clocks as well
        :param str since: ``now`` or ``beginning``; of agreements only
        :raises AccessError: when the user does not manage the desk
        :raises UserError: without a reason, or without anything to count
        """
        self._check_may_request(tickets)
        vals = self._prepare_request_vals(agreements, calendars, tickets)
        reason = " ".join((reason or "").split())
        if not reason:
            raise UserError(self.env._("Say why the clocks are counted anew."))
        return self._create_sudo(
            {
                **vals,
                "reason": reason,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "with_stopped": scope == "all",
                "since": since if vals["kind"] == "agreement" else False,
            }
        )

    @api.model
    def _check_may_request(self, tickets):
        if not self.env.su and not self.env.user.has_group(
            "service_desk.service_desk_group_manager"
        ):
            raise AccessError(self.env._("Clocks are counted anew by managers of the desk."))
        if tickets:
            tickets.check_access("read")

    @api.model
    def _prepare_request_vals(self, agreements, calendars, tickets):
        """Return the kind and the reach of a request.

        :raises UserError: when nothing is named
        """
        if agreements:
            agreements.check_access("read")
            if not all(agreement.version_id for agreement in agreements):
                raise UserError(
                    self.env._("An agreement that was never put in force has no clocks.")
                )
            return {"kind": "agreement", "agreement_ids": [(6, 0, agreements.ids)]}
        if calendars:
            return {"kind": "hours", "calendar_ids": [(6, 0, calendars.ids)]}
        if tickets:
            return {"kind": "tickets", "ticket_ids": [(6, 0, tickets.ids)]}
        raise UserError(self.env._("Name the agreements, the working hours or the tickets."))

    @api.model
    def _create_sudo(self, vals):
        """Write the request and wake the job; sudo: rebuilds are made here only, after the check."""
        rebuild_sudo = self.sudo().create(vals)
        self.env["ir.cron"]._service_desk_wake(REBUILD_CRON, rebuild_sudo.start_at)
        return rebuild_sudo.sudo(False)

    @api.model
    def _on_hours(self, calendar_ids):
        """Order the running clocks concerned to be read anew: working hours have changed.

        Edits within a minute are one rebuild, whoever made them.

        :param set calendar_ids: empty means all calendars
        :return: the rebuild; none where no running clock counts by them
        """
        known = self.env["resource.calendar"].sudo().browse(sorted(calendar_ids)).exists()
        if calendar_ids and not self._are_counted_by_sudo(known):
            return self.browse()
        # sudo: whoever edits a calendar has no right on clocks
        pending_sudo = self.sudo().search(
            [
                ("kind", "=", "hours"),
                ("state", "=", "waiting"),
                ("user_id", "=", False),
                ("start_at", ">", fields.Datetime.now()),
            ],
            limit=1,
        )
        vals = {
            "calendar_ids": [(4, calendar.id) for calendar in known],
            **({} if calendar_ids else {"every_calendar": True}),
        }
        if pending_sudo:
            pending_sudo.write(vals)
            return pending_sudo
        return self._create_sudo(
            {
                **vals,
                "kind": "hours",
                "since": False,
                "reason": self.env._(
                    "Working hours were changed by %(person)s.", person=self.env.user.name
                ),
                "start_at": fields.Datetime.now() + COLLECT_FOR,
            }
        )

    # ------------------------------------------------------------------ guards
    def write(self, vals):
        self.check_access("write")
        if not self.env.su:
            raise UserError(self.env._("What was counted anew stays as it is told here."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of rebuilds is evidence: it is never deleted."))

    # ----------------------------------------------------------------- buttons
    def action_open_log(self):
        """Show what changed, clock by clock."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk_sla.service_desk_clock_rebuild_line_action"
        )
        return dict(action, domain=[("rebuild_id", "=", self.id)])


class ServiceDeskClockRebuildLine(models.Model):
    """What one clock said before and after."""

    _name = "service_desk.clock.rebuild.line"
    _description = "Clock Counted Anew"
    _order = "id desc"
    _rec_name = "ticket_id"

    rebuild_id = fields.Many2one(
        "service_desk.clock.rebuild", required=True, readonly=True, ondelete="cascade", index=True
    )
    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    metric_id = fields.Many2one("service_desk.metric", readonly=True, ondelete="set null")
    slot = fields.Char(readonly=True)
    cycle = fields.Integer(readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True, default="done")
    error = fields.Char(readonly=True)
    before = fields.Json(readonly=True)
    after = fields.Json(readonly=True)
    due_before = fields.Datetime(readonly=True)
    due_after = fields.Datetime(readonly=True)
    used_before = fields.Integer("Used before (s)", readonly=True)
    used_after = fields.Integer("Used after (s)", readonly=True)
    missed_before = fields.Boolean("Was Missed", readonly=True)
    missed_after = fields.Boolean("Is Missed", readonly=True)
