from odoo import api, fields, models
from odoo.tools import SQL

from ..agreement.service_desk_agreement import KINDS
from .service_desk_sla_report import OUTCOMES

LEG_KINDS = [("run", "Running"), ("pause", "Standing still")]
HANDS = [
    ("team", "Our teams"),
    ("requester", "The requester"),
    ("supplier", "Suppliers"),
    ("approver", "Approvers"),
    ("other", "Others"),
]
#: The reasons of ``clocks.REASONS`` in words.
REASONS = [
    ("waiting", "Waiting"),
    ("approval", "An approval"),
    ("planned", "A planned start"),
    ("condition", "The metric's own condition"),
    ("away", "It is in other hands"),
    ("no_agreement", "No agreement holds"),
    ("solved", "It was solved"),
    ("closed", "It was closed"),
    ("cancelled", "It was cancelled"),
    ("merged", "It was merged"),
    ("archived", "It was archived"),
    ("stopped", "From a stop to the reopening"),
    ("correction", "A correction"),
    ("excused", "Excused time"),
]


class ServiceDeskSlaLegReport(models.Model):
    """Who used the working time of a clock, one row for each hand and reason: from ``clock.legs``."""

    _name = "service_desk.sla.leg.report"
    _description = "Who Used the Time"
    _inherit = ["service_desk.sla.report.mixin"]
    _auto = False
    _order = "decided_at desc, id desc"
    _rec_name = "ticket_id"
    _depends = {
        "service_desk.clock": [
            "ticket_id", "slot", "metric_id", "agreement_id", "kind", "state", "started_at", "stopped_at", "missed_at",
            "is_missed", "is_excused", "legs",
        ],
        "service_desk.ticket": [
            "company_id", "team_id", "user_id", "is_confidential", "commercial_partner_id", "site_id", "service_id",
            "type_id", "priority",
        ],
        "service_desk.agreement": ["company_id"],
    }  # fmt: skip

    ticket_id = fields.Many2one("service_desk.ticket", readonly=True, aggregator="count_distinct")
    clock_id = fields.Many2one("service_desk.sla.report", readonly=True)
    agreement_id = fields.Many2one("service_desk.agreement", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    metric_id = fields.Many2one("service_desk.metric", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    promise_team_id = fields.Many2one("service_desk.team", "Team of the OLA", readonly=True)
    decided_at = fields.Datetime("Counted at", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    team_id = fields.Many2one("service_desk.team", readonly=True)
    user_id = fields.Many2one("res.users", "Person", readonly=True)
    is_confidential = fields.Boolean("Confidential", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    site_id = fields.Many2one("res.partner", readonly=True)
    service_id = fields.Many2one("service_desk.service", readonly=True)
    type_id = fields.Many2one("service_desk.ticket.type", "Ticket Type", readonly=True)
    # ------------------------------------------------------------------ the leg
    leg_kind = fields.Selection(LEG_KINDS, "Runs", readonly=True)
    hand = fields.Selection(HANDS, "In Whose Hands", readonly=True)
    hand_team_id = fields.Many2one("service_desk.team", "In the Hands of the Team", readonly=True)
    hand_supplier_id = fields.Many2one("res.partner", "In the Hands of the Supplier", readonly=True)
    reason = fields.Selection(REASONS, "Stands Still for", readonly=True)
    waiting_reason_id = fields.Many2one("service_desk.waiting.reason", readonly=True)
    hours = fields.Float("Working Hours", readonly=True)

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s", self._select(), self._from())

    @api.model
    def _select(self):
        """Hook: the columns of the view."""
        return SQL(
            """
            c.id * 100 + leg.number AS id,
            c.id AS clock_id, c.ticket_id, c.agreement_id, c.kind, c.metric_id, c.decided_at, c.outcome, c.promise_team_id, c.company_id,
            c.team_id, c.user_id, c.is_confidential, c.commercial_partner_id, c.site_id, c.service_id, c.type_id,
            leg.value ->> 'kind' AS leg_kind,
            leg.value ->> 'hand' AS hand,
            hand_team.id AS hand_team_id,
            hand_supplier.id AS hand_supplier_id,
            leg.value ->> 'reason' AS reason,
            waiting_reason.id AS waiting_reason_id,
            (leg.value ->> 'seconds')::int / 3600.0 AS hours
            """
        )

    @api.model
    def _from(self):
        """Hook: the rows of the analysis, each with the legs of its clock."""
        return SQL(
            """
            (%s) c
            CROSS JOIN LATERAL jsonb_array_elements(
                CASE WHEN jsonb_typeof(c.legs) = 'array' THEN c.legs ELSE '[]'::jsonb END
            ) WITH ORDINALITY AS leg (value, number)
            LEFT JOIN service_desk_team hand_team
                ON leg.value ->> 'hand' = 'team' AND hand_team.id = (leg.value ->> 'hand_id')::int
            LEFT JOIN service_desk_waiting_reason waiting_reason
                ON leg.value ->> 'reason' = 'waiting' AND waiting_reason.id = (leg.value ->> 'reason_id')::int
            LEFT JOIN res_partner hand_supplier
                ON leg.value ->> 'hand' = 'supplier' AND hand_supplier.id = (leg.value ->> 'hand_id')::int
            """,
            self.env["service_desk.sla.report"]._table_query,
        )
