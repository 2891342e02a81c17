from odoo import api, fields, models

from ..service_desk_priority_rule import IMPACTS, URGENCIES

OFFERING_STATES = [("draft", "Draft"), ("published", "Published"), ("retired", "Retired")]


class ServiceDeskOffering(models.Model):
    """What a requester can ask of a service; it decides how the ticket is made.

    The requester chooses it by his own words and answers its form; type, team and urgency follow from it.
    """

    _name = "service_desk.offering"
    _description = "Offering"
    _inherit = ["mail.thread", "image.mixin", "service_desk.kept.mixin"]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    summary = fields.Char(translate=True, help="One sentence below the name in the catalog.")
    description = fields.Html(
        translate=True, help="What is provided, how long it takes, what is needed for it."
    )
    search_words = fields.Text(
        translate=True, help="Other words by which people look for it, one phrase a line."
    )
    service_id = fields.Many2one(
        "service_desk.service",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        related="service_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    state = fields.Selection(
        OFFERING_STATES, default="draft", required=True, copy=False, index=True, tracking=True
    )
    # ------------------------------------------------ what the ticket becomes
    type_id = fields.Many2one(
        "service_desk.ticket.type",
        "Ticket Type",
        required=True,
        ondelete="restrict",
        tracking=True,
        help="The requester is never asked for it.",
    )
    team_id = fields.Many2one(
        "service_desk.team",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Empty: the team of the service.",
    )
    impact = fields.Selection(IMPACTS, default="1", required=True)
    urgency = fields.Selection(URGENCIES, default="2", required=True)
    tag_ids = fields.Many2many("service_desk.tag", string="Tags")
    # ------------------------------------------------------------------ price
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    price = fields.Monetary(help="What one request costs who asks; zero: nothing is shown.")

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for offering in self:
            company = offering.company_id or self.env.company
            offering.currency_id = company.currency_id

    def _ticket_values(self):
        """Return the values that a ticket of this offering begins with (empty for no offering)."""
        if not self:
            return {}
        self.ensure_one()
        team = self.team_id if self.team_id.active else self.service_id._team_seen()
        vals = {
            "type_id": self.type_id.id,
            "service_id": self.service_id.id,
            "impact": self.impact,
            "urgency": self.urgency,
        }
        if team:
            vals["team_id"] = team.id
        if self.tag_ids:
            vals["tag_ids"] = [(4, tag.id) for tag in self.tag_ids]
        return vals
