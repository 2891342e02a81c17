"""Equipment is given to employees, who may have no login, and to departments."""

from odoo import api, fields, models
from odoo.tools import SQL


class ServiceDeskEntitlement(models.Model):
    _inherit = "service_desk.entitlement"

    @api.model
    def _facts_of_equipment(self, partners):
        """Add what is given to the employee himself; the user whom Odoo names for a department has it not alone."""
        self.env["hr.employee"].flush_model(["user_id", "work_contact_id", "active"])
        kinds = super()._facts_of_equipment(partners)
        for partner_id, category_id in self.env.execute_query(
            self._equipment_of_employees_query(partners)
        ):
            kinds[partner_id].add(category_id)
        return kinds

    @api.model
    def _equipment_of_employees_query(self, partners):
        """Return the query for pairs of a contact and a kind of equipment, by employee."""
        return SQL(
            """
            WITH people AS (
                SELECT work_contact_id AS partner_id, id AS employee_id
                  FROM hr_employee WHERE work_contact_id = ANY(%(ids)s) AND active
                 UNION
                SELECT u.partner_id, e.id
                  FROM hr_employee e
                  JOIN res_users u ON u.id = e.user_id
                 WHERE u.partner_id = ANY(%(ids)s) AND e.active
            )
            SELECT people.partner_id, equipment.category_id
              FROM people
              JOIN maintenance_equipment equipment ON equipment.employee_id = people.employee_id
             WHERE %(in_use)s
            """,
            ids=partners.ids,
            in_use=self._equipment_in_use(),
        )

    @api.model
    def _facts_of(self, partners):
        """Add what is given to the department of a person, or to one above it."""
        facts = super()._facts_of(partners)
        if not self._is_asked("equipment"):
            return facts
        departments = frozenset().union(*(own.get("department", ()) for own in facts.values()))
        by_department = self._equipment_of_departments(departments)
        for own in facts.values():
            kinds = [by_department[d] for d in own.get("department", ()) if d in by_department]
            if kinds:
                own["equipment"] = own.get("equipment", frozenset()).union(*kinds)
        return facts

    @api.model
    def _equipment_of_departments(self, department_ids):
        """Return ``{department id: ids of the kinds of equipment that it has}``."""
        # sudo: what a department has is known to the desk, whoever asks
        rows = (
            self.env["maintenance.equipment"]
            .sudo()
            ._read_group(
                [
                    ("department_id", "in", list(department_ids)),
                    ("employee_id", "=", False),
                    ("category_id", "!=", False),
                    "|",
                    ("scrap_date", "=", False),
                    ("scrap_date", ">", fields.Date.today()),
                ],
                ["department_id", "category_id"],
            )
        )
        kinds = {}
        for department, category in rows:
            kinds.setdefault(department.id, set()).add(category.id)
        return kinds
