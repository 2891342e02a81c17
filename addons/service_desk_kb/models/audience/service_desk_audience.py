from odoo import api, fields, models, tools

from odoo.addons.service_desk.entitling import Level

REACHES = [
    ("everyone", "Everybody, also without a login"),
    ("portal", "Employees and portal users"),
    ("internal", "Employees"),
    ("desk", "The service desk"),
    ("services", "Those who may use one of the article's services"),
    ("chosen", "Whom the rows name"),
]
#: The kinds of people (see ``service_desk.entitlement``) that each reach lets in.
KINDS = {
    "everyone": frozenset({"internal", "portal", "contact", "visitor"}),
    "portal": frozenset({"internal", "portal"}),
    "internal": frozenset({"internal"}),
    "services": frozenset({"internal", "portal", "contact"}),
    "chosen": frozenset({"internal", "portal", "contact"}),
}
#: Whoever is of one of these groups works for the desk.
DESK_GROUPS = ("service_desk.service_desk_group_agent", "service_desk.service_desk_group_auditor")


class ServiceDeskAudience(models.Model):
    """A named set of people, chosen once and used by many articles.

    Rows "never for" keep people out whatever the reach is; for the reach "chosen" the other rows let them in.
    """

    _name = "service_desk.audience"
    _description = "Audience"
    _inherit = "service_desk.kept.mixin"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: of all companies.")
    reach = fields.Selection(REACHES, "Who May Read", required=True, default="internal")
    entitlement_ids = fields.One2many(
        "service_desk.entitlement", "audience_id", "People", copy=True
    )

    @api.model
    @tools.ormcache()
    def _book(self):
        """Return ``{audience id: (reach, company id or None, Level)}`` of all audiences, kept until one changes.

        sudo: audiences hold for people who may not read them.
        """
        audiences_sudo = self.sudo().with_context(active_test=False)
        audiences_sudo = audiences_sudo.search([])  # pylint: disable=no-search-all
        return {
            audience.id: (
                audience.reach,
                audience.company_id.id or None,
                Level(
                    tuple(r._compiled() for r in audience.entitlement_ids if r.kind == "allow"),
                    tuple(r._compiled() for r in audience.entitlement_ids if r.kind != "allow"),
                ),
            )
            for audience in audiences_sudo
        }

    @api.model
    @tools.ormcache()
    def _asked_dimensions(self):
        """Return the dimensions of people that rows of audiences ask for."""
        return frozenset(
            dimension
            for _reach, _company_id, level in self._book().values()
            for row in (*level.allowing, *level.refusing)
            for dimension, _values in row.conditions
        )

    @api.model
    def _ids_for(self, partner):
        """Return the ids of the audiences that a person belongs to at this moment, as a frozenset.

        :param partner: ``res.partner``; empty for a visitor without a login
        """
        facts = self._facts(partner)
        return frozenset(
            audience_id
            for audience_id, (reach, company_id, level) in self._book().items()
            if self._lets_in(reach, company_id, level, facts)
        )

    @api.model
    def _facts(self, partner):
        """Return what is known of a person; of a visitor nothing but that."""
        if not partner:
            return {"kind": frozenset({"visitor"})}
        return self.env["service_desk.entitlement"]._facts_of(partner)[partner.id]

    @api.model
    def _lets_in(self, reach, company_id, level, facts):
        kinds = facts.get("kind", frozenset())
        if company_id and "visitor" not in kinds and company_id not in facts.get("company", ()):
            return False
        if level.refusal(facts):
            return False
        if reach == "desk":
            return "internal" in kinds and not self._desk_group_ids().isdisjoint(
                facts.get("group", ())
            )
        if kinds.isdisjoint(KINDS[reach]):
            return False
        return reach != "chosen" or level.permission(facts) is not None

    @api.model
    @tools.ormcache()
    def _desk_group_ids(self):
        return frozenset(self.env.ref(xmlid).id for xmlid in DESK_GROUPS)
