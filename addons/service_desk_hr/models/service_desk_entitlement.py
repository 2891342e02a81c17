"""Conditions by the organisation chart: department, job, place of work, whether somebody leads others."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

#: What is known of an employee, and the fields that it is read from.
VERSION_FIELDS = ("department_id", "job_id", "work_location_id", "address_id", "date_version")
NOTHING = frozenset()


class ServiceDeskEntitlement(models.Model):
    _inherit = "service_desk.entitlement"

    department_ids = fields.Many2many(
        "hr.department", string="Departments", help="With all departments below."
    )
    job_ids = fields.Many2many("hr.job", string="Job Positions")
    work_location_ids = fields.Many2many("hr.work.location", string="Work Locations")
    for_managers = fields.Boolean(
        "Managers Only", help="People who have employees below them, or head a department."
    )

    @api.model
    def _dimensions(self):
        return {
            "job": "job_ids",
            "department": "department_ids",
            "work_location": "work_location_ids",
            "manager": "for_managers",
            **super()._dimensions(),
        }

    def _phrase_department(self, names):
        return self.env._("department %(names)s", names=names)

    def _phrase_job(self, names):
        return self.env._("job %(names)s", names=names)

    def _phrase_work_location(self, names):
        return self.env._("work location %(names)s", names=names)

    def _phrase_manager(self, names):
        return self.env._("managers only")

    # -------------------------------------------------------------------- facts
    @api.model
    def _facts_of(self, partners):
        """Add what the profile of an employee says today; a person of two firms has the facts of both.

        Somebody whose employees are all archived, and who has no login, works here no longer: nothing is for
        him. The address of the place of work is his site.
        """
        facts = super()._facts_of(partners)
        employees = self._facts_of_employees(partners)
        places = set()
        if self._is_asked("site"):
            places = {place for rows in employees.values() for row in rows for place in row["site"]}
        paths = self._paths_up(self.env["res.partner"].browse(places)) if places else {}
        for partner_id, rows in employees.items():
            own = facts[partner_id]
            if not own:
                continue
            working = [row for row in rows if row["is_active"]]
            if not working and "contact" in own["kind"]:
                own["kind"] = NOTHING
            for dimension in ("department", "job", "work_location", "manager"):
                own[dimension] = frozenset().union(*(row[dimension] for row in working))
            sites = [paths.get(place, NOTHING) for row in working for place in row["site"]]
            own["site"] = own["site"].union(*sites)
            if working and "contact" in own["kind"]:
                own["company"] = frozenset(row["company_id"] for row in working)
        return facts

    @api.model
    def _facts_of_employees(self, partners):
        """Return ``{contact id: [facts of an employee]}``, archived employees included.

        Read past the ORM, which shows an employee as he was when a nightly job last looked: what is planned
        from today on holds from today on.
        """
        employees = self.env["hr.employee"]
        employees.flush_model(["active", "user_id", "work_contact_id", "company_id", "parent_id"])
        self.env["res.users"].flush_model(["partner_id"])
        self.env["hr.version"].flush_model(["employee_id", "active", *VERSION_FIELDS])
        self.env["hr.department"].flush_model(["parent_path", "manager_id", "active"])
        self.env["hr.work.location"].flush_model(["address_id"])
        found = defaultdict(list)
        asked = set(partners.ids)
        for row in self.env.execute_query_dict(self._employees_query(partners)):
            known = self._facts_of_employee(row)
            for partner_id in {row["work_contact_id"], row["login_partner_id"]} & asked:
                found[partner_id].append(known)
        return found

    @api.model
    def _facts_of_employee(self, row):
        def ids(*values):
            return frozenset(value for value in values if value)

        path = (row["department_path"] or "").strip("/")
        return {
            "is_active": row["active"],
            "company_id": row["company_id"],
            "department": frozenset(map(int, path.split("/"))) if path else NOTHING,
            "job": ids(row["job_id"]),
            "work_location": ids(row["work_location_id"]),
            "manager": ids(int(row["is_manager"])),
            "site": ids(row["address_id"], row["location_address_id"]),
        }

    @api.model
    def _employees_query(self, partners):
        """Return the query for the employees who are, or log in as, one of ``partners``."""
        return SQL(
            """
            WITH asked AS (
                SELECT id FROM hr_employee WHERE work_contact_id = ANY(%(ids)s)
                 UNION
                SELECT e.id FROM hr_employee e
                  JOIN res_users u ON u.id = e.user_id WHERE u.partner_id = ANY(%(ids)s)
            )
            SELECT e.active, e.company_id, e.work_contact_id, u.partner_id AS login_partner_id,
                   department.parent_path AS department_path, v.job_id, v.work_location_id,
                   v.address_id, location.address_id AS location_address_id,
                   EXISTS (SELECT FROM hr_employee below WHERE below.parent_id = e.id AND below.active)
                   OR EXISTS (SELECT FROM hr_department led WHERE led.manager_id = e.id AND led.active)
                   AS is_manager
              FROM asked
              JOIN hr_employee e ON e.id = asked.id
         LEFT JOIN res_users u ON u.id = e.user_id
         LEFT JOIN LATERAL (
                   SELECT * FROM hr_version
                    WHERE employee_id = e.id AND active
                 ORDER BY date_version <= %(today)s DESC, abs(date_version - %(today)s) LIMIT 1
                   ) v ON TRUE
         LEFT JOIN hr_department department ON department.id = v.department_id
         LEFT JOIN hr_work_location location ON location.id = v.work_location_id
            """,
            ids=partners.ids,
            today=fields.Date.today(),
        )
