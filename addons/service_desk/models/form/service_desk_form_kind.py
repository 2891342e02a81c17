"""What questions can be about: add-ons bring kinds of records and facts to prefill from, here and nowhere else."""

from odoo import api, fields, models
from odoo.fields import Domain


class ServiceDeskFormKind(models.AbstractModel):
    """The kinds of questions of this database, and which records of them a person may name."""

    _name = "service_desk.form.kind"
    _description = "Kinds of Questions"

    @api.model
    def _kinds(self):
        """Return ``{kind: label}`` of the kinds that can be asked for here, in the order of a palette."""
        kinds = {
            "text": self.env._("Text"),
            "long_text": self.env._("Long text"),
            "number": self.env._("Numeric"),
            "money": self.env._("Money"),
            "date": self.env._("Date"),
            "datetime": self.env._("Date and time"),
            "boolean": self.env._("Yes or no"),
            "choice": self.env._("Choice"),
            "choices": self.env._("Several choices"),
            "contact": self.env._("Contact"),
            "location": self.env._("Location"),
        }
        if "product" in self._models():
            kinds["product"] = self.env._("Product")
        return {**kinds, "files": self.env._("Files"), "table": self.env._("Table of rows")}

    @api.model
    def _put_after(self, kinds, place, kind, label):
        """Return ``kinds`` with one more, which stands after ``place`` in the palette."""
        result = {}
        for known, known_label in kinds.items():
            result[known] = known_label
            if known == place:
                result[kind] = label
        return result

    @api.model
    def _models(self):
        """Return ``{kind: model}`` of the kinds whose answer is a record."""
        found = {"contact": "res.partner", "location": "res.partner"}
        if "product.product" in self.env:
            found["product"] = "product.product"
        return found

    # ------------------------------------------------------------------ records
    @api.model
    def _records(self, kind, partner):
        """Return ``(model, domain)``: what ``partner`` may name is what this search finds.

        Somebody with a login of ours finds what he may read; others are told of their own firm only.
        """
        user_sudo = partner.sudo().user_ids.filtered(lambda user: user.active and not user.share)[
            :1
        ]
        model = self.env[self._models()[kind]]
        model = model.with_user(user_sudo) if user_sudo else model.sudo()
        company_ids = user_sudo.company_ids.ids if user_sudo else []
        domain = getattr(self, f"_domain_{kind}")(partner.sudo(), user_sudo)
        if "company_id" in model._fields:
            domain &= Domain("company_id", "in", [False, *(company_ids or self.env.company.ids)])
        return model.with_context(allowed_company_ids=company_ids or self.env.company.ids), domain

    @api.model
    def _domain_contact(self, partner, user):
        people = Domain("is_company", "=", False) & Domain("type", "=", "contact")
        if user:
            return people
        return people & Domain("commercial_partner_id", "=", partner.commercial_partner_id.id or 0)

    @api.model
    def _domain_location(self, partner, user):
        """Addresses of the firm of who asks: itself, its branches, and what has people of its own."""
        firms = partner.commercial_partner_id | user.company_ids.partner_id
        places = (
            Domain("is_company", "=", True)
            | Domain("type", "!=", "contact")
            | Domain("child_ids", "!=", False)
        )
        return Domain("commercial_partner_id", "in", firms.ids) & places

    @api.model
    def _domain_product(self, partner, user):
        return Domain("sale_ok", "=", True)

    # ------------------------------------------------------------------ prefill
    @api.model
    def _prefills(self):
        """Return ``{fact: (label, kinds it fits)}`` of what is known of who asks."""
        return {
            "name": (self.env._("Name"), {"text"}),
            "email": (self.env._("E-mail"), {"text"}),
            "phone": (self.env._("Phone"), {"text"}),
            "firm": (self.env._("Firm"), {"text"}),
            "myself": (self.env._("Himself"), {"contact"}),
            "site": (self.env._("Site"), {"location"}),
            "today": (self.env._("Today"), {"date"}),
            "now": (self.env._("Now"), {"datetime"}),
        }

    @api.model
    def _prefill_facts(self, partner):
        """Return ``{fact: value}`` of a person, as answers are kept; without what is not known of him."""
        partner_sudo = partner.sudo()  # who asks is told of himself
        place = partner_sudo.parent_id
        facts = {
            "name": partner_sudo.name,
            "email": partner_sudo.email,
            "phone": partner_sudo.phone,
            "firm": partner_sudo.commercial_company_name or partner_sudo.company_name,
            "myself": partner_sudo.id,
            "site": place.id if place and place != partner_sudo.commercial_partner_id else False,
            "today": fields.Date.to_string(
                fields.Date.context_today(self.with_context(tz=partner_sudo.tz or self.env.user.tz))
            ),
            "now": fields.Datetime.to_string(fields.Datetime.now()),
        }
        return {name: value for name, value in facts.items() if value}
