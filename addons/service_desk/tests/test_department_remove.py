from odoo.tests import tagged

from .department_common import DepartmentCommon


@tagged("post_install", "-at_install")
class TestDepartmentRemove(DepartmentCommon):
    def setUp(self):
        super().setUp()
        self._install(self.security)
        self.offerings = self._records(self.security, "service_desk.offering")

    def _remove(self):
        stays = {}
        for name, reasons in self.security._remove(self.company):
            stays.setdefault(name, []).extend(reasons)
        self.security.invalidate_recordset()
        return stays

    def test_unused_goes_without_a_trace(self):
        kept = {item.res_model: item.res_id for item in self.security._items()}
        self.assertEqual(self._remove(), {})
        self.assertEqual(self.security.state, "new")
        self.assertFalse(self.security._items())
        for model, record_id in kept.items():
            self.assertFalse(self.env[model].browse(record_id).exists(), model)

    def test_used_is_archived(self):
        """A ticket keeps its offering, form, service and team; the offering can no longer be asked for."""
        used = self.offerings["offering.visitor_pass"]
        team = self._records(self.security, "service_desk.team")["team.passes"]
        ticket = self._create_ticket(
            offering_id=used.id, team_id=team.id, partner_id=self.employee.partner_id.id
        )
        ticket._write_state({"state": "cancelled"})
        stays = self._remove()
        self.assertIn(used.name, stays)
        self.assertIn("used by: Ticket (1)", " ".join(stays[used.name]))
        self.assertEqual((used.state, used.active), ("retired", False))
        self.assertTrue(used.form_id.exists())
        self.assertFalse(self.offerings["offering.goods_out"].exists())
        self.assertEqual(ticket.offering_id, used)
        self.assertEqual(self.security.state, "new")

    def test_team_with_open_tickets_stays_in_use(self):
        team = self._records(self.security, "service_desk.team")["team.passes"]
        self._create_ticket(team_id=team.id)
        self._remove()
        self.assertTrue(team.active)

    def test_changed_stays(self):
        self._later()
        changed = self.offerings["offering.goods_out"]
        changed.with_user(self.manager).summary = "As we do it"
        stays = self._remove()
        self.assertIn("you changed Summary", " ".join(stays[changed.name]))
        self.assertEqual((changed.state, changed.active), ("published", True))
        self.assertTrue(changed.form_id and changed.service_id.active)
        self.assertFalse(self.offerings["offering.visitor_pass"].exists())

    def test_a_changed_question_keeps_its_form(self):
        self._later()
        form = self._records(self.security, "service_desk.form")["form.video"]
        form.question_ids[0].name = "Since"
        self._remove()
        self.assertTrue(form.exists())
        self.assertEqual(len(form.question_ids), 7)

    def test_what_own_things_use_stays(self):
        """A service into which the owner put an offering of his own is not taken from under it."""
        service = self._records(self.security, "service_desk.service")["service.people"]
        other = self._records(self.security, "service_desk.service")["service.protection"]
        own = self.env["service_desk.offering"].create(
            {"name": "Own", "service_id": service.id, "type_id": self.type_request.id}
        )
        self._remove()
        self.assertTrue(own.exists() and service.active and service.parent_id.active)
        self.assertFalse(other.exists())

    def test_install_again_takes_up_what_was_left(self):
        used = self.offerings["offering.visitor_pass"]
        ticket = self._create_ticket(offering_id=used.id, partner_id=self.employee.partner_id.id)
        ticket._write_state({"state": "cancelled"})
        self._remove()
        self._install(self.security)
        again = self._records(self.security, "service_desk.offering")
        self.assertEqual(again["offering.visitor_pass"], used)
        self.assertEqual((used.state, used.active), ("published", True))
        self.assertEqual(len(again), self.security.offering_count)

    def test_another_company_keeps_its_own(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        self.manager.company_ids |= company_b
        there = self.security.with_company(company_b)
        self._install(there, company_b)
        reasons = self._records(there, "service_desk.waiting.reason")
        self._remove()
        there.invalidate_recordset()
        self.assertEqual((there.state, there.changed_count), ("installed", 0))
        self.assertTrue(all(reason.exists() for reason in reasons.values()))
        self.assertEqual(self.security.state, "new")

    def test_wizard_tells_before(self):
        self._later()
        self.offerings["offering.goods_out"].with_user(self.manager).summary = "As we do it"
        wizard = (
            self.env["service_desk.department.remove"]
            .with_user(self.manager)
            .create({"department_ids": [(6, 0, self.security.ids)]})
        )
        self.assertIn("you changed Summary", wizard.content)
        self.assertIn("Offering", wizard.content)
        wizard.action_remove()
        self.assertFalse(self.offerings["offering.visitor_pass"].exists())
