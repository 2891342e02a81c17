from odoo import api, fields, models


class ServiceDeskDecision(models.Model):
    """Why something on a ticket is as it is: what a rule, a method or a ladder decided, and on what grounds.

    The grounds are kept as data and told in the language of whoever reads them. Each kind has a method
    ``_text_<kind>(payload)``; add-ons add a kind by ``selection_add`` and its method.
    """

    _name = "service_desk.decision"
    _description = "Decision on a Ticket"
    _order = "id desc"
    _rec_name = "text"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("routing", "Routing"),
            ("assignment", "Assignment"),
            ("hand_over", "Hand-over"),
            ("escalation", "Escalation"),
            ("merge", "Merge"),
            ("incident", "Mass incident"),
            ("automation", "Automation"),
            ("offering", "Offering"),
            ("entitlement", "Entitlement"),
            ("approval", "Approval"),
            ("fulfilment", "Fulfilment"),
        ],
        required=True,
    )
    payload = fields.Json(required=True)
    text = fields.Char("Why", compute="_compute_text")

    @api.depends("kind", "payload")
    @api.depends_context("lang")
    def _compute_text(self):
        for decision in self:
            tell = getattr(decision, f"_text_{decision.kind}", None)
            decision.text = tell(decision.payload or {}) if tell else ""
