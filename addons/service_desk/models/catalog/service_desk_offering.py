from odoo import api, fields, models
from odoo.exceptions import UserError

from ..service_desk_priority_rule import IMPACTS, URGENCIES

OFFERING_STATES = [("draft", "Draft"), ("published", "Published"), ("retired", "Retired")]


class ServiceDeskOffering(models.Model):
    """What a requester can ask of a service; it decides how the ticket is made.

    The requester chooses it by his own words and answers its form; type, team and urgency follow from it.
    """

    _name = "service_desk.offering"
    _description = "Offering"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "image.mixin",
        "service_desk.kept.mixin",
        "service_desk.anchored.mixin",
    ]
    _order = "sequence, name, id"
    _check_company_auto = True
    #: An owner hangs offerings on his services, and gives them teams that he may see.
    _anchors = frozenset({"service_id", "team_id"})

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
    impact = fields.Selection(
        IMPACTS, tracking=True, help="Empty: as routing rules say, else the ordinary one."
    )
    urgency = fields.Selection(
        URGENCIES, tracking=True, help="Empty: as routing rules say, else the ordinary one."
    )
    tag_ids = fields.Many2many("service_desk.tag", string="Tags")
    # ------------------------------------------------------------------ price
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    price = fields.Monetary(help="What one request costs who asks; zero: nothing is shown.")

    is_owned = fields.Boolean(
        "Mine",
        compute="_compute_is_owned",
        search="_search_is_owned",
        help="I answer for its service, or for what that is part of.",
    )
    ticket_count = fields.Integer(
        "Tickets",
        compute="_compute_ticket_count",
        groups="service_desk.service_desk_group_agent,service_desk.service_desk_group_auditor",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for offering in self:
            company = offering.company_id or self.env.company
            offering.currency_id = company.currency_id

    @api.depends("service_id")
    @api.depends_context("uid")
    def _compute_is_owned(self):
        owned = set(self.env.user.service_desk_owned_service_ids.ids)
        for offering in self:
            offering.is_owned = offering.service_id.id in owned

    def _search_is_owned(self, operator, value):
        if operator != "in":
            return NotImplemented
        owned = self.env.user.service_desk_owned_service_ids.ids
        return [("service_id", "in" if True in value else "not in", owned)]

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_ticket_count(self):
        groups = self.env["service_desk.ticket"]._read_group(
            [("offering_id", "in", self._origin.ids)], ["offering_id"], ["__count"]
        )
        counts = {offering.id: count for offering, count in groups}
        for offering in self:
            offering.ticket_count = counts.get(offering._origin.id, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: tickets that the owner does not see hold it as well
        used_sudo = self.env["service_desk.ticket"].sudo().with_context(active_test=False)
        if used_sudo.search_count([("offering_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("Tickets were made by this offering. Retire it: they keep it.")
            )

    def copy_data(self, default=None):
        return [
            vals
            if (default or {}).get("name")
            else dict(vals, name=self.env._("%(offering)s (copy)", offering=offering.name))
            for offering, vals in zip(self, super().copy_data(default=default), strict=True)
        ]

    def copy(self, default=None):
        """Copy; what is asked and what is done is copied as well, so that one does not change with the other."""
        copies = super().copy(default)
        for offering, copied in zip(self, copies, strict=True):
            for name in {"form_id", "plan_id"} & self._fields.keys() - (default or {}).keys():
                if copied[name] and copied[name] == offering[name]:
                    copied[name] = copied[name].copy()
        return copies

    # ------------------------------------------------------------------- texts
    def _icon(self):
        """Return the name of the icon that stands for the offering."""
        return self.service_id._icon() or "fa-life-ring"

    def _price_text(self):
        """Return the price as people read it; an empty text where nothing is shown."""
        self.ensure_one()
        return self.currency_id.format(self.price) if self.price else ""

    # ----------------------------------------------------------------- buttons
    def action_open_tickets(self):
        """Open the tickets that were made by the offering."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_ticket_action"
        )
        return {**action, "domain": [("offering_id", "=", self.id)], "context": {}}

    # --------------------------------------------------------------- its ticket
    def _ticket_values(self):
        """Return the values that a ticket of this offering begins with (empty for no offering).

        A team that the person may not see is left out: he cannot open tickets there.
        """
        if not self:
            return {}
        self.ensure_one()
        team = self.team_id if self.team_id.active else self.service_id._team_seen()
        vals = {
            "type_id": self.type_id.id,
            "service_id": self.service_id.id,
            "team_id": team.id,
            "impact": self.impact,
            "urgency": self.urgency,
        }
        vals = {name: value for name, value in vals.items() if value}
        if self.tag_ids:
            vals["tag_ids"] = [(4, tag.id) for tag in self.tag_ids]
        return vals
