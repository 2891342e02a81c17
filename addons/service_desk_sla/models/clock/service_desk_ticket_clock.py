from odoo import fields, models

SLA_STATES = [
    ("running", "In time"),
    ("warning", "Soon due"),
    ("missed", "Missed"),
    ("paused", "Standing still"),
    ("met", "Met"),
]


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    clock_ids = fields.One2many("service_desk.clock", "ticket_id", "Clocks", readonly=True)
    sla_agreement_id = fields.Many2one(
        "service_desk.agreement", "Agreement", readonly=True, copy=False, index="btree_not_null"
    )
    sla_due_at = fields.Datetime(
        "Due",
        readonly=True,
        copy=False,
        help="The first deadline of the clocks that run with the customer.",
    )
    sla_warn_at = fields.Datetime(
        readonly=True, copy=False, help="From when on the countdown is amber."
    )
    sla_state = fields.Selection(SLA_STATES, "Service Level", readonly=True, copy=False)

    _sla_due_index = models.Index(
        "(sla_due_at, id) WHERE active IS TRUE AND is_open IS TRUE AND sla_due_at IS NOT NULL"
    )
