from odoo import api, fields, models

#: What of a service decides who owns what.
TREE_FIELDS = frozenset({"owner_id", "parent_id", "active", "company_id"})
#: Pictures for services and offerings that have none of their own: names of Font Awesome.
ICONS = [
    ("fa-desktop", "Computer"),
    ("fa-print", "Printer"),
    ("fa-phone", "Telephone"),
    ("fa-wifi", "Network"),
    ("fa-cloud", "Programs"),
    ("fa-key", "Access"),
    ("fa-calculator", "Cash desk"),
    ("fa-credit-card", "Payments"),
    ("fa-wrench", "Repair"),
    ("fa-bolt", "Electricity"),
    ("fa-tint", "Water"),
    ("fa-snowflake-o", "Refrigeration"),
    ("fa-thermometer-half", "Climate"),
    ("fa-building-o", "Building"),
    ("fa-home", "Premises"),
    ("fa-trash-o", "Cleaning"),
    ("fa-truck", "Delivery"),
    ("fa-car", "Transport"),
    ("fa-plane", "Business trips"),
    ("fa-id-card-o", "Passes"),
    ("fa-shield", "Security"),
    ("fa-video-camera", "Cameras"),
    ("fa-users", "People"),
    ("fa-user-plus", "Hiring"),
    ("fa-file-text-o", "Documents"),
    ("fa-money", "Accounting"),
    ("fa-shopping-cart", "Purchases"),
    ("fa-cubes", "Goods"),
    ("fa-industry", "Plant"),
    ("fa-cogs", "Machines"),
    ("fa-fire-extinguisher", "Safety"),
    ("fa-medkit", "Health"),
    ("fa-futbol-o", "Sports"),
    ("fa-heart-o", "Social"),
    ("fa-graduation-cap", "Training"),
    ("fa-balance-scale", "Legal"),
    ("fa-bullhorn", "Marketing"),
    ("fa-life-ring", "Support"),
]


class ServiceDeskService(models.Model):
    _name = "service_desk.service"
    _inherit = ["service_desk.service", "service_desk.kept.mixin", "image.mixin"]
    _kept_fields = TREE_FIELDS

    sequence = fields.Integer(default=10)
    icon = fields.Selection(
        ICONS,
        help="Stands for the service and its offerings where there is no picture. Empty: of what it is part of.",
    )
    offering_ids = fields.One2many("service_desk.offering", "service_id", "Offerings")
    offering_count = fields.Integer("Number of Offerings", compute="_compute_offering_count")
    open_ticket_count = fields.Integer(
        "Open Tickets",
        compute="_compute_open_ticket_count",
        groups="service_desk.service_desk_group_agent,service_desk.service_desk_group_auditor",
    )
    is_owned = fields.Boolean(
        "Mine",
        compute="_compute_is_owned",
        search="_search_is_owned",
        help="I answer for the service, or for what it is part of.",
    )

    @api.depends_context("uid")
    def _compute_offering_count(self):
        counts = self._count_below("service_desk.offering", [])
        for service in self:
            service.offering_count = counts.get(service.id, 0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_ticket_count(self):
        counts = self._count_below("service_desk.ticket", [("is_open", "=", True)])
        for service in self:
            service.open_ticket_count = counts.get(service.id, 0)

    def _count_below(self, model, domain):
        """Return ``{service id: records of the service and of all its parts that the user may see}``."""
        services = self._origin
        below = self.with_context(active_test=False).search([("id", "child_of", services.ids)])
        groups = self.env[model]._read_group(
            [("service_id", "in", below.ids), *domain], ["service_id"], ["__count"]
        )
        counts = dict.fromkeys(services.ids, 0)
        for found, number in groups:
            # sudo: the way up is no secret of a service one may see
            for step in (found.sudo().parent_path or "").split("/"):
                if step and int(step) in counts:
                    counts[int(step)] += number
        return counts

    @api.depends_context("uid")
    def _compute_is_owned(self):
        owned = set(self.env.user.service_desk_owned_service_ids.ids)
        for service in self:
            service.is_owned = service._origin.id in owned

    def _search_is_owned(self, operator, value):
        if operator != "in":
            return NotImplemented
        owned = self.env.user.service_desk_owned_service_ids.ids
        return [("id", "in" if True in value else "not in", owned)]

    def _icon(self):
        """Return the icon of the service, else the nearest above it; empty where there is none."""
        self.ensure_one()
        service = self
        while service and not service.icon:
            service = service.parent_id
        return service.icon or ""

    # ----------------------------------------------------------------- buttons
    def action_open_offerings(self):
        """Open what can be asked of the service and of its parts."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_offering_action"
        )
        return {
            **action,
            "domain": [("service_id", "child_of", self.id)],
            "context": {"default_service_id": self.id},
        }

    def action_open_tickets(self):
        """Open the open tickets of the service and of its parts."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_ticket_action"
        )
        return {
            **action,
            "domain": [("service_id", "child_of", self.id)],
            "context": {"search_default_open": 1, "default_service_id": self.id},
        }
