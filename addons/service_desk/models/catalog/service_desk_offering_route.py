"""Lines by which the owner of a service says where its requests go: the first one that fits."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...forms import conditions
from ..service_desk_priority_rule import PRIORITIES

#: A contact, its site, its branch, its firm: deeper trees of contacts are not walked.
MOST_STEPS_UP = 8


class ServiceDeskOfferingRoute(models.Model):
    """Where a request of an offering goes when it fits; an empty condition asks nothing."""

    _name = "service_desk.offering.route"
    _description = "Routing Line of an Offering"
    _inherit = ["service_desk.anchored.mixin"]
    _order = "offering_id, sequence, id"
    _check_company_auto = True
    _anchors = frozenset({"offering_id", "team_id"})

    name = fields.Char(required=True, translate=True, help="Stands on the ticket as the reason.")
    offering_id = fields.Many2one(
        "service_desk.offering", required=True, index=True, ondelete="cascade", check_company=True
    )
    service_id = fields.Many2one(related="offering_id.service_id", store=True, precompute=True)
    company_id = fields.Many2one(related="offering_id.company_id", store=True, precompute=True)
    sequence = fields.Integer(default=10)
    # ------------------------------------------------------------- conditions
    condition = fields.Json("Answers", help="What must have been answered in the form.")
    site_ids = fields.Many2many(
        "res.partner",
        "service_desk_offering_route_site_rel",
        string="Sites",
        check_company=True,
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "service_desk_offering_route_partner_rel",
        string="Customers",
        check_company=True,
        help="The requester, his company, or whatever he belongs to between them.",
    )
    partner_tag_ids = fields.Many2many(
        "res.partner.category",
        "service_desk_offering_route_partner_tag_rel",
        string="Customer Groups",
        help="A tag of the requester's contact or of what he belongs to; tags below it count.",
    )
    # ---------------------------------------------------------------- results
    team_id = fields.Many2one("service_desk.team", check_company=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", "Assign to", domain="[('share', '=', False)]", ondelete="restrict"
    )
    priority = fields.Selection(PRIORITIES)

    @api.constrains("name", "team_id", "user_id", "priority")
    def _check_result(self):
        for route in self:
            if not (route.team_id or route.user_id or route.priority):
                raise ValidationError(
                    self.env._(
                        "“%(line)s” decides nothing: give it a team, a person or a priority.",
                        line=route.name,
                    )
                )

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        routes = super().create(vals_list)
        routes.offering_id._note_changes()
        return routes

    def write(self, vals):
        result = super().write(vals)
        self.offering_id._note_changes()
        return result

    def unlink(self):
        offerings = self.offering_id
        result = super().unlink()
        offerings.exists()._note_changes()
        return result

    # ------------------------------------------------------------------ asking
    def _first_fit(self, person, answers):
        """Return the first line that fits a request, and why, as plain data; nothing where none fits.

        :param dict person: see :meth:`_facts_of_request`
        :param dict answers: of the form, ``{key: value}``
        """
        for route in self:
            grounds = route._grounds(person, answers)
            if grounds is not None:
                return route, grounds
        return self.browse(), None

    def _grounds(self, person, answers):
        """Return why the line fits, or None when it does not."""
        self.ensure_one()
        grounds = []
        for kind, wanted in (
            ("site", self.site_ids),
            ("customer", self.partner_ids),
            ("customer_group", self.partner_tag_ids),
        ):
            if not wanted:
                continue
            found = next((record for record in wanted if record.id in person[kind]), None)
            if not found:
                return None
            grounds.append({"kind": kind, "value": found.id, "name": found.display_name})
        if self.condition:
            if not conditions.holds(self.condition, answers):
                return None
            grounds.append({"kind": "answers"})
        return grounds

    @api.model
    def _facts_of_request(self, vals):
        """Return what the lines ask about who asks: ids by kind of condition."""
        # sudo: what a contact belongs to decides, whoever opens the ticket
        partner_sudo = self.env["res.partner"].sudo().browse(vals.get("partner_id") or ())
        chain = list(partner_sudo)
        while chain and chain[-1].parent_id and len(chain) < MOST_STEPS_UP:
            chain.append(chain[-1].parent_id)
        tags = partner_sudo.union(*chain).category_id
        paths = "".join(tag.parent_path or "" for tag in tags)
        site_id = vals.get("site_id")
        sites = {site_id} if site_id else {contact.id for contact in chain[1:]}
        return {
            "customer": {contact.id for contact in chain},
            "customer_group": {int(step) for step in paths.split("/") if step},
            "site": sites,
        }


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    route_ids = fields.One2many("service_desk.offering.route", "offering_id", "Routing", copy=True)

    def _publish_blockers(self):
        blockers = super()._publish_blockers()
        version = self._form_version()
        if self.sudo().form_id and not version:
            blockers.append(self.env._("Its form is not published yet."))
        for route in self.route_ids.filtered("condition"):
            if not version or conditions.check(route.condition, version._definition()):
                blockers.append(
                    self.env._(
                        "The line “%(line)s” asks for answers that its form does not give.",
                        line=route.name,
                    )
                )
        return blockers

    def _plain(self, name):
        if name == "route_ids":
            return [route._in_a_line() for route in self.route_ids]
        return super()._plain(name)


class ServiceDeskOfferingRouteText(models.Model):
    _inherit = "service_desk.offering.route"

    def _in_a_line(self):
        """Return the line in plain words, the same for every reader: what versions compare."""
        self.ensure_one()
        route = self.with_context(lang=None)
        names = (
            *("site_ids", "partner_ids", "partner_tag_ids", "condition"),
            *("team_id", "user_id", "priority"),
        )
        values = [route[name] for name in names]
        told = [
            ", ".join(value.mapped("display_name"))
            if isinstance(value, models.BaseModel)
            else value
            for value in values
        ]
        return f"{route.name}: " + ", ".join(str(value) for value in told if value)
