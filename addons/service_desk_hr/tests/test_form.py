"""Forms know employees: who may be named, and what is known of an employee who asks."""

from odoo.tests import tagged

from .common import HrCommon


@tagged("post_install", "-at_install")
class TestHrForm(HrCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna.department_id = cls.env["hr.department"].create({"name": "Cash desks"})
        cls.anna.job_title = "Cashier"
        form = cls.env["service_desk.form"].create(
            {
                "name": "Certificate",
                "question_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "For whom?",
                            "key": "who",
                            "kind": "employee",
                            "prefill": "employee",
                        },
                    ),
                    (0, 0, {"name": "Department", "key": "department", "prefill": "department"}),
                    (0, 0, {"name": "Job", "key": "job", "prefill": "job"}),
                ],
            }
        )
        form.action_publish()
        cls.version = form.version_id

    def test_prefill(self):
        values = self.version._prefill_values(self.agent.partner_id)
        self.assertEqual(
            values, {"who": self.anna.id, "department": "Cash desks", "job": "Cashier"}
        )
        self.assertEqual(self.version._prefill_values(self.customer_a), {})

    def test_colleagues_are_named_by_colleagues_only(self):
        answers = {"who": self.boris.id}
        asker = self.agent.partner_id
        self.assertEqual(self.version._check(answers, asker), answers)
        self.assertIn(
            self.boris.id, [one["id"] for one in self.version._find_records("who", "", asker)]
        )
        with self.assertRefused(Exception, "nothing like that"):
            self.version._check(answers, self.customer_a)
        self.assertEqual(self.version._find_records("who", "", self.customer_a), [])

    def test_answers_name_the_employee(self):
        ticket = self._create_ticket(partner_id=self.agent.partner_id.id)
        ticket._replace_answers(self.version, {"who": self.boris.id})
        self.assertEqual(ticket._answers(), {"who": self.boris.id})
        self.assertIn("Boris Agent", ticket.answers_html)
