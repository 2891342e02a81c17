from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [("allow", "For"), ("refuse", "Never for")]
#: The kinds of people, and the field of a row that names each.
PERSON_FIELDS = {"internal": "for_internal", "portal": "for_portal", "contact": "for_contacts"}


class ServiceDeskEntitlement(models.Model):
    """Who may see and use an offering: one row of conditions that must all hold.

    The rows of an offering are alternatives, those of a service hold for all below it besides. A row "never
    for" goes before every other. A bridge adds a condition by a many2many or boolean field, its entry in
    :meth:`_dimensions`, an override of ``_facts_of`` and a ``_phrase_<dimension>``. An add-on lets rows hang on
    something else (an agreement, an article) by a many2one in :attr:`_anchors` that gives them a company in
    :meth:`_compute_company_id`; the book of offerings knows its own rows only.
    """

    _name = "service_desk.entitlement"
    _description = "Who May Use an Offering"
    _inherit = ["service_desk.anchored.mixin", "service_desk.kept.mixin"]
    _order = "kind, sequence, id"
    _rec_name = "text"
    _anchors = frozenset({"offering_id", "service_id"})

    offering_id = fields.Many2one(
        "service_desk.offering", index="btree_not_null", ondelete="cascade"
    )
    service_id = fields.Many2one("service_desk.service", index="btree_not_null", ondelete="cascade")
    place_id = fields.Many2one(
        "service_desk.service",
        "Of the Service",
        compute="_compute_place_id",
        store=True,
        precompute=True,
        index=True,
        help="The service whose owner edits the row.",
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        KINDS,
        "For or Never for",
        default="allow",
        required=True,
        help="A row “never for” goes before every other.",
    )
    # ------------------------------------------------------------- conditions
    for_internal = fields.Boolean("Employees", help="Colleagues with a login to the back office.")
    for_portal = fields.Boolean(
        "Portal Users", help="Customers and others who log in to the portal."
    )
    for_contacts = fields.Boolean(
        "Contacts without a Login", help="People we know who ask by mail or by phone only."
    )
    company_ids = fields.Many2many("res.company", string="Companies")
    customer_ids = fields.Many2many(
        "res.partner",
        "service_desk_entitlement_customer_rel",
        "entitlement_id",
        "partner_id",
        string="Customers",
        domain="[('is_company', '=', True)]",
        help="With all their contacts, branches and daughter firms.",
    )
    customer_tag_ids = fields.Many2many(
        "res.partner.category",
        string="Customer Tags",
        help="On the person or on the firm; tags below count as well.",
    )
    site_ids = fields.Many2many(
        "res.partner",
        "service_desk_entitlement_site_rel",
        "entitlement_id",
        "partner_id",
        string="Sites",
        help="Shops, branches, addresses where the person works; what is part of a site counts as well.",
    )
    group_ids = fields.Many2many(
        "res.groups",
        "service_desk_entitlement_group_rel",
        "entitlement_id",
        "group_id",
        string="User Groups",
        domain="[('privilege_id', '!=', False)]",
    )
    person_ids = fields.Many2many(
        "res.partner",
        "service_desk_entitlement_person_rel",
        "entitlement_id",
        "partner_id",
        string="People",
        domain="[('is_company', '=', False)]",
        help="Named one by one, for the few whom nothing else describes.",
    )
    asks = fields.Char(
        "Asks for",
        readonly=True,
        help="The conditions that were named when the row was saved: when one of them goes, the row fits nobody.",
    )
    is_broken = fields.Boolean(
        compute="_compute_is_broken",
        help="Something that the row names is gone, so it fits nobody until somebody looks at it.",
    )

    # a field that every new row has is named too: a row that hangs on nothing names no anchor
    @api.constrains(lambda self: ["kind", *sorted(self._anchor_names())])
    def _check_place(self):
        """Let each row belong to one thing: an offering, a service, or what an add-on brings."""
        for row in self:
            if sum(bool(row[name]) for name in self._anchor_names()) != 1:
                raise ValidationError(
                    self.env._("A row belongs to one thing: an offering, a service or the like.")
                )

    @api.model
    def _dimensions(self):
        """Return ``{dimension: field}``: what conditions may ask for, besides the kind of person.

        The facts of a person are ids of what a many2many field names, and 1 for a boolean that holds.
        """
        return {
            "company": "company_ids",
            "customer": "customer_ids",
            "customer_tag": "customer_tag_ids",
            "site": "site_ids",
            "group": "group_ids",
            "person": "person_ids",
        }

    @api.model
    def _named_fields(self):
        """Return the names of all fields that conditions are made of."""
        return [*self._dimensions().values(), *PERSON_FIELDS.values()]

    @api.depends("offering_id.service_id", "service_id")
    def _compute_place_id(self):
        for row in self:
            row.place_id = row.offering_id.service_id or row.service_id

    @api.depends("place_id.company_id")
    def _compute_company_id(self):
        for row in self:
            row.company_id = row.place_id.company_id

    @api.depends(lambda self: ["asks", *self._named_fields()])
    def _compute_is_broken(self):
        for row in self:
            row.is_broken = row.id and row._has_lost(row._conditions())

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_named_records()
        rows._remember_what_is_asked()
        return rows

    def write(self, vals):
        result = super().write(vals)
        if {"asks", *self._named_fields()} & vals.keys():
            self._check_named_records(vals)
            self._remember_what_is_asked()
        return result

    def copy_data(self, default=None):
        return [
            {name: value for name, value in vals.items() if name != "asks"}
            for vals in super().copy_data(default=default)
        ]

    def _remember_what_is_asked(self):
        """Keep which conditions a row has, so that none can get lost unseen.

        :raises ValidationError: for a row that asks for nothing: it would be for nobody or for everybody
        """
        for row in self.with_context(active_test=False):
            asked = sorted(row._conditions())
            if not asked:
                raise ValidationError(
                    self.env._("Say whom the row is for: it names no condition at all.")
                )
            # past our own write, which comes here
            super(ServiceDeskEntitlement, row).write(  # pylint: disable=super-method-mismatch
                {"asks": ",".join(asked)}
            )

    def _check_named_records(self, names=None):
        """Refuse rows that name what the person may not see: ids prove nothing, and names would be told.

        :raises AccessError: when a customer, a site or a department is not his to see
        """
        if self.env.su:
            return
        for name in self._dimensions().values():
            if self._fields[name].relational and (names is None or name in names):
                self._named(name).check_access("read")

    def _named(self, name):
        """Return what the rows name in one field, with the rights of the user, archived things included."""
        # sudo: what one may not see is counted, or refused, and never read
        return self.sudo().with_context(active_test=False)[name].with_env(self.env)

    def _conditions(self):
        """Return ``{dimension: frozenset of values}`` of what the row names now, archived things included."""
        self.ensure_one()
        # sudo: what a row names holds whoever asks
        row_sudo = self.sudo().with_context(active_test=False)
        conditions = {
            dimension: frozenset(row_sudo[name].ids if self._fields[name].relational else (1,))
            for dimension, name in self._dimensions().items()
            if row_sudo[name]
        }
        kinds = frozenset(kind for kind, name in PERSON_FIELDS.items() if row_sudo[name])
        return {**conditions, "kind": kinds} if kinds else conditions

    def _has_lost(self, conditions):
        """Tell whether something that was named is there no more (deleted, or its add-on uninstalled)."""
        return bool(set((self.asks or "").split(",")) - {""} - conditions.keys())

    @api.model
    def _view_as_action(self, **place):
        """Return the window “View as” for an offering or a service."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_entitlement_check_action"
        )
        return {**action, "context": {f"default_{name}": value for name, value in place.items()}}
