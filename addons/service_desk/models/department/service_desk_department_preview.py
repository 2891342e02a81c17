"""What a department brings, to be read before it is installed."""

from odoo import api, fields, models

from ... import departments


class ServiceDeskDepartment(models.Model):
    _inherit = "service_desk.department"

    content = fields.Html(compute="_compute_content")

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_content(self):
        for department in self:
            department.content = self.env["ir.qweb"]._render(
                "service_desk.department_content", department._content()
            )

    def _content(self):
        """Return what is shown of the department, in the reader's language."""
        pack = self._pack()

        def text(texts):
            return departments.text_in(texts, self.env.lang)

        def described(offering):
            questions = [q for q in offering.get("questions", ()) if q["kind"] != "section"]
            policy = next(
                (p for p in pack["approvals"] if p["key"] == offering.get("approval")), None
            )
            return {
                "name": text(offering["name"]),
                "summary": text(offering["summary"]),
                "questions": [text(question["label"]) for question in questions],
                "tasks": [text(task["name"]) for task in offering.get("tasks", ())],
                "approval": text(policy["name"]) if policy else "",
                "checklist": len(offering.get("checklist", ())),
                "internal": offering.get("audience") == "internal",
            }

        if not pack:
            return {"teams": [], "services": [], "rules": [], "macros": []}
        return {
            "teams": [text(team["name"]) for team in pack["teams"]],
            "services": [
                {
                    "name": text(service["name"]),
                    "description": text(service["description"]),
                    "offerings": [described(offering) for offering in service["offerings"]],
                }
                for service in pack["services"]
            ],
            "rules": [text(rule["name"]) for rule in pack.get("rules", ())],
            "macros": [text(macro["name"]) for macro in pack.get("macros", ())],
        }
