from odoo import fields, models

from odoo.addons.service_desk.models.service_desk_priority_rule import PRIORITIES

from .service_desk_sla_leg_report import HANDS
from .service_desk_sla_report import OUTCOMES


class ServiceDeskAgreementReportLine(models.Model):
    """One clock in a monthly report, as it was when the report was counted."""

    _name = "service_desk.agreement.report.line"
    _description = "Clock in a Monthly Report"
    _order = "report_id, number, metric_id, id"
    _rec_name = "number"

    report_id = fields.Many2one(
        "service_desk.agreement.report",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="report_id.company_id")
    ticket_id = fields.Many2one(
        "service_desk.ticket", readonly=True, ondelete="set null", index="btree_not_null"
    )
    clock_id = fields.Many2one(
        "service_desk.clock", readonly=True, ondelete="set null", index="btree_not_null"
    )
    number = fields.Char("Ticket Number", readonly=True)
    name = fields.Char(
        "Subject",
        readonly=True,
        help="Empty for confidential tickets, unless the agreement shows them.",
    )
    metric_id = fields.Many2one("service_desk.metric", readonly=True, ondelete="restrict")
    priority = fields.Selection(PRIORITIES, readonly=True)
    opened_at = fields.Datetime(readonly=True)
    due_at = fields.Datetime(readonly=True)
    stopped_at = fields.Datetime(readonly=True)
    target_seconds = fields.Integer(readonly=True)
    used_seconds = fields.Integer(readonly=True)
    late_seconds = fields.Integer(readonly=True)
    paused_seconds = fields.Integer(readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    excuse = fields.Char(readonly=True, help="Why a miss was excused.")
    lost_hand = fields.Selection(HANDS, "Lost in the Hands of", readonly=True)
    lost_by = fields.Char(readonly=True, help="The leg of the chain that lost the time.")

    _outcome_index = models.Index("(report_id, outcome)")
