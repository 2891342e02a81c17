"""Conditions by the goods in hand: whoever has equipment of a kind may ask for what belongs to it."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL


class ServiceDeskEntitlement(models.Model):
    _inherit = "service_desk.entitlement"

    equipment_category_ids = fields.Many2many(
        "maintenance.equipment.category",
        string="Has Equipment of the Kind",
        help="Given to the person, or to his department where employees are kept, and not scrapped.",
    )

    @api.model
    def _dimensions(self):
        return {**super()._dimensions(), "equipment": "equipment_category_ids"}

    def _phrase_equipment(self, names):
        return self.env._("has %(names)s", names=names)

    @api.model
    def _facts_of(self, partners):
        """Add the kinds of equipment that people have."""
        facts = super()._facts_of(partners)
        if not self._is_asked("equipment"):
            return facts
        for partner_id, kinds in self._facts_of_equipment(partners).items():
            facts[partner_id]["equipment"] = frozenset(kinds)
        return facts

    @api.model
    def _facts_of_equipment(self, partners):
        """Return ``{contact id: ids of the kinds of equipment he has}``; a bridge knows more ways of having."""
        self.env["maintenance.equipment"].flush_model()
        self.env["res.users"].flush_model(["partner_id"])
        kinds = defaultdict(set)
        for partner_id, category_id in self.env.execute_query(self._equipment_query(partners)):
            kinds[partner_id].add(category_id)
        return kinds

    @api.model
    def _equipment_query(self, partners):
        """Return the query for pairs of a contact and a kind of equipment whose owner he is."""
        return SQL(
            """
            SELECT u.partner_id, equipment.category_id
              FROM maintenance_equipment equipment
              JOIN res_users u ON u.id = equipment.owner_user_id
             WHERE u.partner_id = ANY(%s) AND %s
            """,
            partners.ids,
            self._equipment_in_use(),
        )

    @api.model
    def _equipment_in_use(self):
        """Return the condition for equipment that is there and not scrapped."""
        return SQL(
            """equipment.active AND equipment.category_id IS NOT NULL
               AND (equipment.scrap_date IS NULL OR equipment.scrap_date > %s)""",
            fields.Date.today(),
        )
