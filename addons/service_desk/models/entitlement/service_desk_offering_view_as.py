"""Who sees an offering, and what a person sees: found for many at once."""

from odoo import api, fields, models
from odoo.fields import Domain

#: People whose facts are read in one go.
PIECE = 5000
CONTEXT_KEY = "service_desk_view_as"
#: Contacts who are people, not firms, branches or addresses for goods and bills.
PEOPLE = Domain("user_ids", "!=", False) | (
    Domain("is_company", "=", False) & Domain("type", "=", "contact")
)


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    inherited_entitlement_ids = fields.Many2many(
        "service_desk.entitlement",
        string="Rows of the Services Above",
        compute="_compute_inherited_entitlement_ids",
    )
    is_seen = fields.Boolean(
        "Sees It",
        compute="_compute_is_seen",
        search="_search_is_seen",
        help="Whether the person chosen in “View as” sees the offering and may use it.",
    )
    why_seen = fields.Char("Why", compute="_compute_is_seen")

    @api.depends("service_id.entitlement_ids", "service_id.parent_path")
    def _compute_inherited_entitlement_ids(self):
        services_above = {
            offering: [
                int(above) for above in (offering.service_id.parent_path or "").split("/")[:-1]
            ]
            for offering in self
        }
        rows = self.env["service_desk.entitlement"].search(
            [("service_id", "in", list({a for above in services_above.values() for a in above}))]
        )
        for offering, above in services_above.items():
            offering.inherited_entitlement_ids = rows.filtered(
                lambda row, above=above: row.service_id.id in above
            )

    # ------------------------------------------------------ what a person sees
    @api.model
    def _viewed_as(self):
        """Return the person chosen in “View as”, if the user may read him; else nobody."""
        partner_id = self.env.context.get(CONTEXT_KEY)
        known = isinstance(partner_id, int) and not isinstance(partner_id, bool) and partner_id > 0
        partner = self.env["res.partner"].browse(partner_id if known else ())
        return partner.exists()._filtered_access("read")

    @api.depends_context(CONTEXT_KEY, "lang", "uid")
    def _compute_is_seen(self):
        partner = self._viewed_as()
        self.is_seen = self.why_seen = False
        if not partner:
            return
        facts = self.env["service_desk.entitlement"]._facts_of(partner)[partner.id]
        for offering in self:
            finding = offering._judge(facts)
            offering.is_seen = finding["is_for"]
            offering.why_seen = " · ".join(finding["reasons"] or finding["grounds"])

    @api.model
    def _search_is_seen(self, operator, value):
        if operator != "in":
            return NotImplemented
        visible = list(self.env["service_desk.catalog"]._visible_ids(self._viewed_as()))
        domains = {
            True: Domain("id", "in", visible),
            False: Domain("id", "not in", visible),
        }
        return Domain.OR(domains[bool(one)] for one in value)

    # ------------------------------------------------------------- who sees it
    def _people_ids(self):
        """Return the ids of the people that the offering is meant for, of those whom the user may see.

        A draft is asked as if it were published. A constant number of queries for each 5,000 people.
        """
        self.ensure_one()
        entitlements = self.env["service_desk.entitlement"]
        rulebook = entitlements._rulebook()
        partners = self.env["res.partner"]
        known = partners.search(PEOPLE).ids
        found = []
        for start in range(0, len(known), PIECE):
            facts = entitlements._facts_of(partners.browse(known[start : start + PIECE]))
            found += [
                partner_id
                for partner_id, own in facts.items()
                if rulebook.is_meant_for(self.id, own)
            ]
        return found

    def action_open_who_sees(self):
        """Open the list of people that the offering is for.

        :raises AccessError: when the offering is not the user's to edit
        """
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("For whom: %(offering)s", offering=self.name),
            "res_model": "res.partner",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("id", "in", self._people_ids())],
        }

    def action_view_as(self):
        """Open the window in which a person is held against the rows.

        :raises AccessError: when the offering is not the user's to edit
        """
        self.ensure_one()
        self.check_access("write")
        return self.env["service_desk.entitlement"]._view_as_action(offering_id=self.id)
