from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .department_common import DepartmentCommon


@tagged("post_install", "-at_install")
class TestDepartmentInstall(DepartmentCommon):
    def test_each_works_at_once(self):
        """Each department can be installed by a manager; its offerings are published, its forms ask."""
        for department in self.departments.search([]):
            department = self._department(department.code)
            with self.subTest(department=department.code):
                self.assertEqual(department.state, "new")
                self._install(department)
                department.invalidate_recordset()
                self.assertEqual((department.state, department.new_count), ("installed", 0))
                offerings = self._records(department, "service_desk.offering").values()
                self.assertEqual(len(offerings), department.offering_count)
                self.assertEqual({offering.state for offering in offerings}, {"published"})
                asked = [offering for offering in offerings if offering._form_version()]
                self.assertEqual(len(asked), department.form_count)
                for team in self._records(department, "service_desk.team").values():
                    self.assertEqual((team.lead_ids, team.member_ids), (self.lead, self.agent))
                root = self._records(department, "service_desk.service")["service"]
                self.assertEqual(root.owner_id, self.manager)

    def test_twice_makes_nothing_twice(self):
        self._install(self.security)
        count = len(self.security._items())
        self.assertFalse(self._install(self.security))
        self.assertEqual(len(self.security._items()), count)

    def test_as_drafts(self):
        self._install(self.security, publish=False)
        offerings = self._records(self.security, "service_desk.offering").values()
        self.assertEqual({offering.state for offering in offerings}, {"draft"})

    def test_plan_and_approval_are_joined(self):
        self._install(self.security)
        offering = self._records(self.security, "service_desk.offering")["offering.contractor_pass"]
        steps = offering.approval_policy_id.step_ids
        self.assertEqual(steps.mapped("who"), ["manager", "service_owner"])
        if "plan_id" in offering._fields:
            tasks = offering.plan_id.task_ids
            self.assertEqual(len(tasks), 3)
            self.assertEqual(tasks[2].depends_on_ids, tasks[:2])

    def test_update_adds_and_overwrites_nothing(self):
        """What an update brings is added; what was edited or deleted stays so."""
        self._install(self.security)
        offerings = self._records(self.security, "service_desk.offering")
        offerings["offering.visitor_pass"].name = "Guest"
        offerings["offering.goods_in"].unlink()
        # as if these had not been in the files before
        fresh = self.security._items().filtered(
            lambda item: item.key in ("offering.video", "macro.pass_ready")
        )
        for record in fresh._records().values():
            record.unlink()
        fresh.unlink()
        self.security.invalidate_recordset()
        self.assertEqual(self.security.new_count, 2)
        self._install(self.security)
        offerings = self._records(self.security, "service_desk.offering")
        self.assertEqual(offerings["offering.visitor_pass"].name, "Guest")
        self.assertNotIn("offering.goods_in", offerings)
        self.assertEqual(offerings["offering.video"].state, "published")

    def test_new_question_comes_into_an_unchanged_form_only(self):
        self._install(self.security)
        questions = self._records(self.security, "service_desk.form.question")
        for key in ("form.visitor_pass.time", "form.video.details"):
            item = self.security._items().filtered(lambda item, key=key: item.key == key)
            questions[key].unlink()
            item.unlink()
        items = self.security._items()
        items._remember(self.security._nodes())
        self._later()
        questions["form.video.begin"].name = "Since"
        self._install(self.security)
        known = self._records(self.security, "service_desk.form.question")
        self.assertIn("form.visitor_pass.time", known)
        self.assertNotIn("form.video.details", known)
        form = self._records(self.security, "service_desk.form")["form.visitor_pass"]
        self.assertFalse(form.is_changed, "the form with the new question is published")

    def test_state_tells_changes(self):
        self._install(self.security)
        self._later()
        service = self._records(self.security, "service_desk.service")["service.people"]
        service.with_user(self.manager).name = "Guests and colleagues"
        self._records(self.security, "service_desk.routing.rule")["rule.passes"].unlink()
        self.security.invalidate_recordset()
        self.assertEqual((self.security.state, self.security.changed_count), ("changed", 2))

    def test_each_company_has_its_own(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        self.manager.company_ids |= company_b
        self._install(self.security)
        there = self.security.with_company(company_b)
        self.assertEqual(there.state, "new")
        self._install(there, company_b)
        there.invalidate_recordset()
        self.assertEqual(there.state, "installed")
        team = self._records(there, "service_desk.team")["team.passes"]
        self.assertEqual(team.company_id, company_b)
        self.assertNotEqual(team, self._records(self.security, "service_desk.team")["team.passes"])
        reasons = self._records(there, "service_desk.waiting.reason")
        self.assertEqual(reasons, self._records(self.security, "service_desk.waiting.reason"))

    def test_team_of_another_department(self):
        """A task for another department goes to its team where that is installed, else to one's own."""
        hr = self._department("hr")
        if "service_desk.fulfilment.plan.task" not in self.env:
            self.skipTest("there are no plans")
        self._install(self.security)
        self._install(hr)
        tasks = self._records(hr, "service_desk.fulfilment.plan.task")
        passes = self._records(self.security, "service_desk.team")["team.passes"]
        self.assertEqual(tasks["plan.hiring.pass"].team_id, passes)
        own = self._records(hr, "service_desk.team")["team.hr"]
        self.assertEqual(tasks["plan.hiring.accounts"].team_id, own)

    def test_managers_only(self):
        with self.assertRefused(AccessError, "Managers of the desk install"):
            self.security.with_user(self.lead)._install(self.company)
        with self.assertRefused(AccessError, "Managers of the desk install"):
            self.security.with_user(self.lead)._remove(self.company)

    def test_wizard(self):
        action = self.security.action_install()
        wizard = self.env[action["res_model"]].with_user(self.manager)
        wizard = wizard.with_context(**action["context"]).create({})
        self.assertTrue(wizard.is_new)
        self.assertIn("Visitor pass", wizard.content)
        result = wizard.action_install()
        found = self.env["service_desk.offering"].search(result["domain"])
        self.assertEqual(len(found), self.security.offering_count)

    def test_wizard_for_a_foreign_company(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        wizard = (
            self.env["service_desk.department.install"]
            .with_user(self.manager)
            .create({"department_ids": [(6, 0, self.security.ids)]})
        )
        wizard.sudo().company_id = company_b
        with self.assertRefused(UserError, "You do not work in this company"):
            wizard.action_install()
