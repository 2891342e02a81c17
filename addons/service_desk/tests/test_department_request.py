"""Right after the installation people can ask for everything."""

from odoo.tests import tagged

from .department_common import DepartmentCommon


@tagged("post_install", "-at_install")
class TestDepartmentRequest(DepartmentCommon):
    def test_each_offering_can_be_asked_for(self):
        """With answers made from the form's own limits, each offering becomes a ticket of its team and type."""
        for department in self.departments.search([]):
            department = self._department(department.code)
            self._install(department)
            for key, offering in self._records(department, "service_desk.offering").items():
                with self.subTest(department=department.code, offering=key):
                    ticket = self._ask(offering)
                    self.assertEqual(ticket.type_id, offering.type_id)
                    self.assertEqual(ticket.service_id, offering.service_id)
                    self.assertIn(
                        ticket.team_id, self._records(department, "service_desk.team").values()
                    )
                    self.assertTrue(ticket._answers())

    def _ask(self, offering):
        version = offering._form_version()
        answers = self._valid_answers(version.definition, self.employee)
        tickets_sudo = self.env["service_desk.ticket"].with_user(self.employee).sudo()
        return tickets_sudo._intake(
            {
                "offering_id": offering.id,
                "partner_id": self.employee.partner_id.id,
                "channel": "phone",
            },
            answers=answers,
        )

    def test_wrong_answers_are_refused(self):
        self._install(self.security)
        offering = self._records(self.security, "service_desk.offering")["offering.visitor_pass"]
        version = offering._form_version()
        with self.assertRaises(Exception) as refusal:
            version._check({"kind": "sometimes"}, self.employee.partner_id)
        self.assertIn("visitors", refusal.exception.errors)

    def test_employees_only(self):
        """Certificates are for employees; a customer does not see them."""
        hr = self._department("hr")
        self._install(hr)
        ids = {record.id for record in self._records(hr, "service_desk.offering").values()}
        catalog = self.env["service_desk.catalog"]
        self.assertLessEqual(ids, catalog._visible_ids(self.employee.partner_id))
        self.assertFalse(ids & catalog._visible_ids(self.customer_a))

    def test_a_route_decides(self):
        self._install(self._department("facilities"))
        offering = self._records(self._department("facilities"), "service_desk.offering")[
            "offering.leak"
        ]
        if "route_ids" not in offering._fields:
            self.skipTest("offerings have no routes")
        self.assertEqual(self._ask(offering).priority, "3", "the water does not stop")
