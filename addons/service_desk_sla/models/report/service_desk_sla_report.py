from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.service_desk.models.escalation.service_desk_team_line import LINES
from odoo.addons.service_desk.models.service_desk_priority_rule import IMPACTS, PRIORITIES
from odoo.addons.service_desk.models.service_desk_stage import TICKET_STATES
from odoo.addons.service_desk.models.service_desk_ticket import CHANNELS

from ..agreement.service_desk_agreement import KINDS

OUTCOMES = [
    ("open", "Goes on"),
    ("met", "Met"),
    ("missed", "Missed"),
    ("excused", "Missed, excused"),
    ("cancelled", "Cancelled"),
]
#: Measures that are no sum or average of a column: how PostgreSQL gets them from the rows of a group.
RATIOS = {
    "compliance:avg": "100.0 * SUM(%(met)s) / NULLIF(SUM(%(met)s + %(missed)s), 0)",
    "compliance_strict:avg": "100.0 * SUM(%(met)s) / NULLIF(SUM(%(met)s + %(missed)s + %(excused)s), 0)",
    "compliance_minutes:avg": "100.0 * (1 - SUM(%(late_hours)s) / NULLIF(SUM(%(used_hours)s), 0))",
    "compliance_tickets:avg": (
        "100.0 * (1 - COUNT(DISTINCT %(ticket_id)s) FILTER (WHERE %(missed)s = 1)::numeric"
        " / NULLIF(COUNT(DISTINCT %(ticket_id)s) FILTER (WHERE %(met)s + %(missed)s > 0), 0))"
    ),
    "used_median:avg": "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %(used_median)s)",
}
RATIO_COLUMNS = (
    "ticket_id", "met", "missed", "excused", "late_hours", "used_hours", "used_median",
)  # fmt: skip


class ServiceDeskSlaReport(models.Model):
    """Clocks beside the facts of their tickets, one row for each clock.

    A clock counts in the month in which its outcome was decided: when it stopped in time, or when its target was
    missed, whichever was first. So each counts once, and a report of a month that is over does not change by what
    happens later, unless a correction says so.
    """

    _name = "service_desk.sla.report"
    _description = "Service Level Analysis"
    _inherit = ["service_desk.sla.report.mixin"]
    _auto = False
    _order = "decided_at desc, id desc"
    _rec_name = "ticket_id"
    _depends = {
        "service_desk.clock": [
            "ticket_id", "slot", "metric_id", "agreement_id", "kind", "state", "started_at", "stopped_at",
            "target_seconds", "used_seconds", "paused_seconds", "due_at", "missed_at", "late_seconds", "is_missed",
            "is_excused",
        ],
        "service_desk.ticket": [
            "company_id", "team_id", "user_id", "is_confidential", "partner_id", "commercial_partner_id", "site_id",
            "service_id", "offering_id", "type_id", "priority", "impact", "channel", "state",
        ],
        "service_desk.agreement": ["company_id"],
        "service_desk.team": ["line"],
        "res.company": ["resource_calendar_id"],
        "resource.calendar": ["tz"],
    }  # fmt: skip

    ticket_id = fields.Many2one("service_desk.ticket", readonly=True, aggregator="count_distinct")
    agreement_id = fields.Many2one("service_desk.agreement", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    metric_id = fields.Many2one("service_desk.metric", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    promise_team_id = fields.Many2one(
        "service_desk.team", "Team of the OLA", readonly=True, help="Who gave the promise inside."
    )
    promise_supplier_id = fields.Many2one(
        "res.partner",
        "Supplier of the UC",
        readonly=True,
        help="Who gave the promise from outside.",
    )
    # ----------------------------------------------------------------- moments
    opened_at = fields.Datetime("Opened", readonly=True)
    started_at = fields.Datetime("Started", readonly=True)
    due_at = fields.Datetime("Due", readonly=True)
    stopped_at = fields.Datetime("Stopped", readonly=True)
    missed_at = fields.Datetime("Missed at", readonly=True)
    decided_at = fields.Datetime(
        "Counted at",
        readonly=True,
        help="When the outcome was decided: stopped in time, or missed. Empty while it goes on in time.",
    )
    opened_hour = fields.Integer(
        "Hour of Opening", readonly=True, aggregator=None, help="In the time zone of the company."
    )
    # ------------------------------------------------------------- of the ticket
    company_id = fields.Many2one("res.company", readonly=True)
    team_id = fields.Many2one("service_desk.team", readonly=True)
    line = fields.Selection(LINES, "Support Line", readonly=True)
    user_id = fields.Many2one("res.users", "Person", readonly=True)
    is_confidential = fields.Boolean("Confidential", readonly=True)
    partner_id = fields.Many2one("res.partner", "Requester", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    site_id = fields.Many2one("res.partner", readonly=True)
    service_id = fields.Many2one("service_desk.service", readonly=True)
    offering_id = fields.Many2one("service_desk.offering", readonly=True)
    type_id = fields.Many2one("service_desk.ticket.type", "Ticket Type", readonly=True)
    priority = fields.Selection(PRIORITIES, readonly=True)
    impact = fields.Selection(IMPACTS, readonly=True)
    channel = fields.Selection(CHANNELS, readonly=True)
    ticket_state = fields.Selection(TICKET_STATES, "State of the Ticket", readonly=True)
    # ---------------------------------------------------------------- measures
    met = fields.Integer(readonly=True)
    missed = fields.Integer(readonly=True, help="Without those that were excused.")
    excused = fields.Integer(readonly=True)
    going_on = fields.Integer("Going on", readonly=True)
    compliance = fields.Float(
        "Compliance %",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Met of those that were met or missed. Excused ones do not count.",
    )
    compliance_strict = fields.Float(
        "Compliance %, Excuses Count as Missed", readonly=True, aggregator="avg", digits=(5, 1)
    )
    compliance_tickets = fields.Float(
        "Tickets without a Miss %", readonly=True, aggregator="avg", digits=(5, 1)
    )
    compliance_minutes = fields.Float(
        "Time within Targets %",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Of the working time that was used, how much lay within the targets.",
    )
    target_hours = fields.Float("Promised Hours", readonly=True)
    used_hours = fields.Float(readonly=True)
    used_average = fields.Float("Average Hours Used", readonly=True, aggregator="avg")
    used_median = fields.Float("Median Hours Used", readonly=True, aggregator="avg")
    late_hours = fields.Float(readonly=True)
    paused_hours = fields.Float("Hours Standing Still", readonly=True)

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s", self._select(), self._from())

    @api.model
    def _select(self):
        """Hook: the columns of the view."""
        return SQL(
            """
            c.id, c.ticket_id, c.agreement_id, c.kind, c.metric_id, c.started_at, c.due_at, c.stopped_at, c.missed_at,
            LEAST(c.stopped_at, c.missed_at) AS decided_at,
            o.outcome,
            promise_team.id AS promise_team_id, promise_supplier.id AS promise_supplier_id,
            t.create_date AS opened_at,
            EXTRACT(hour FROM t.create_date AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(tz.tz, 'UTC'))::int AS opened_hour,
            t.company_id, t.team_id, team.line, t.user_id, t.is_confidential, t.partner_id, t.commercial_partner_id,
            t.site_id, t.service_id, t.offering_id, t.type_id, t.priority, t.impact, t.channel, t.state AS ticket_state,
            (o.outcome = 'met')::int AS met,
            (o.outcome = 'missed')::int AS missed,
            (o.outcome = 'excused')::int AS excused,
            (o.outcome = 'open')::int AS going_on,
            CASE o.outcome WHEN 'met' THEN 100 WHEN 'missed' THEN 0 END AS compliance,
            CASE o.outcome WHEN 'met' THEN 100 WHEN 'missed' THEN 0 WHEN 'excused' THEN 0 END AS compliance_strict,
            CASE o.outcome WHEN 'met' THEN 100 WHEN 'missed' THEN 0 END AS compliance_tickets,
            CASE WHEN c.used_seconds > 0 THEN 100 - 100.0 * COALESCE(c.late_seconds, 0) / c.used_seconds END
                AS compliance_minutes,
            c.target_seconds / 3600.0 AS target_hours,
            c.used_seconds / 3600.0 AS used_hours,
            CASE WHEN c.state = 'stopped' THEN c.used_seconds / 3600.0 END AS used_average,
            CASE WHEN c.state = 'stopped' THEN c.used_seconds / 3600.0 END AS used_median,
            COALESCE(c.late_seconds, 0) / 3600.0 AS late_hours,
            c.paused_seconds / 3600.0 AS paused_hours,
            c.legs
            """
        )

    @api.model
    def _from(self):
        """Hook: the tables of the view.

        Clocks of a ticket that has moved to another company since belong to neither of the two: only those where
        both are of one company are told. What is joined by LEFT costs nothing unless it is asked for.
        Cancelling a ticket, or putting it into the archive, takes no breach back that had happened. Of a ticket that
        was merged the other one tells.
        """
        return SQL(
            """
            service_desk_clock c
            JOIN service_desk_ticket t ON t.id = c.ticket_id
            JOIN service_desk_agreement a ON a.id = c.agreement_id AND a.company_id = t.company_id
            LEFT JOIN service_desk_team team ON team.id = t.team_id
            LEFT JOIN service_desk_team promise_team
                ON promise_team.id = CASE WHEN c.slot LIKE 'ola:%%' THEN split_part(c.slot, ':', 2)::int END
            LEFT JOIN res_partner promise_supplier
                ON promise_supplier.id = CASE WHEN c.slot LIKE 'uc:%%' THEN split_part(c.slot, ':', 2)::int END
            LEFT JOIN res_company company ON company.id = t.company_id
            LEFT JOIN resource_calendar tz ON tz.id = company.resource_calendar_id
            CROSS JOIN LATERAL (SELECT CASE
                WHEN c.state = 'cancelled' AND (NOT c.is_missed OR c.reason = 'merged') THEN 'cancelled'
                WHEN c.is_missed AND c.is_excused THEN 'excused'
                WHEN c.is_missed THEN 'missed'
                WHEN c.state = 'stopped' THEN 'met'
                ELSE 'open' END AS outcome) o
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        ratio = RATIOS.get(aggregate_spec)
        if not ratio:
            return super()._read_group_select(aggregate_spec, query)
        columns = {
            name: self._field_to_sql(self._table, name, query)
            for name in RATIO_COLUMNS
            if f"%({name})s" in ratio
        }
        return SQL(ratio, **columns)

    def action_open_ticket(self):
        """Open the ticket of the clock."""
        return self.ticket_id._get_records_action()
