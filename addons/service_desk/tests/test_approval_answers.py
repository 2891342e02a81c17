from odoo.tests import tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalAnswers(ApprovalCommon):
    """Steps that ask about the answers of the form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls.env["service_desk.form"].create(
            {
                "name": "Workplace",
                "service_id": cls.service.id,
                "question_ids": [
                    (0, 0, {"name": "Amount", "key": "amount", "kind": "money"}),
                    (0, 0, {"name": "Who agrees", "key": "who", "kind": "contact"}),
                    (0, 0, {"name": "Abroad", "key": "abroad", "kind": "boolean"}),
                ],
            }
        )
        cls.form.action_publish()
        cls.offering.form_id = cls.form
        cls.policy.form_id = cls.form

    def _ask(self, **answers):
        vals = {
            "name": "A new workplace",
            "offering_id": self.offering.id,
            "partner_id": self.employee.partner_id.id,
            "channel": "portal",
        }
        return self.env["service_desk.ticket"]._intake(vals, answers=answers)

    def test_above_an_amount(self):
        self._step(who="manager", sequence=1)
        question = self.form.question_ids.filtered(lambda q: q.key == "amount")
        self._step(
            who="service_owner",
            sequence=2,
            amount_by="answer",
            amount_question_id=question.id,
            amount_from=50_000,
        )
        for amount, states in (
            (49_999, ["pending", "skipped"]),
            (50_000, ["pending", "waiting"]),
            (None, ["pending", "skipped"]),
        ):
            with self.subTest(amount=amount):
                ticket = self._ask(**({"amount": amount} if amount else {}))
                self.assertEqual(ticket.approval_ids.step_ids.mapped("state"), states)
                self.assertEqual(self._asked(ticket).price, amount or 0, "what it costs is told")

    def test_a_condition_on_answers(self):
        condition = {"all": [{"key": "abroad", "op": "=", "value": True}]}
        self._step(who="manager", condition=condition)
        self.assertEqual(self._ask(abroad=True).approval_state, "pending")
        self.assertEqual(self._ask(abroad=False).approval_state, "none")

    def test_whom_the_requester_chooses(self):
        self._step(who="answer", answer_key="who")
        chosen = self._asked(self._ask(who=self.buyer.partner_id.id))
        self.assertEqual(chosen.partner_id, self.buyer.partner_id)
        nobody = self._asked(self._ask())
        self.assertEqual(nobody.partner_id, self.owner.partner_id)

    def test_who_chooses_himself(self):
        self._step(who="answer", answer_key="who")
        asked = self._asked(self._ask(who=self.employee.partner_id.id))
        self.assertEqual(asked.partner_id, self.boss.partner_id)

    def test_a_corrected_amount_asks_again_and_says_so(self):
        self._step(who="manager")
        ticket = self._ask(amount=100)
        self._asked(ticket)._decide(self.boss, "approve")
        ticket.correct_answers({"amount": 900})
        self.assertEqual(ticket.approval_state, "pending")
        request = self._asked(ticket)
        self.assertEqual(request.approval_id.changes[0]["label"], "Amount")
        self.assertIn("900", request.changes_html)
        self.assertIn("900", request.answers_html)
        self.assertEqual(dict(request._answer_rows())["Amount"].count("900"), 1)

    def test_another_offering_is_one_new_round(self):
        self._step(who="manager")
        ticket = self._ask(amount=100)
        other_form = self.form.copy({"name": "Other"})
        other_form.action_publish()
        ticket.offering_id = self.offering.copy(
            {"name": "Other", "state": "published", "form_id": other_form.id}
        )
        self.assertEqual(sorted(ticket.approval_ids.mapped("number")), [1, 2])

    def test_an_approver_reads_the_answers_without_the_ticket(self):
        self._step(who="manager")
        request = self._asked(self._ask(amount=1234)).with_user(self.boss)
        self.assertIn("1,234", request.answers_html.replace("\u00a0", ","))
