"""After the worst comes a review: demanded, tracked, and the ticket is closed after it."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestIncidentReview(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type_incident.write({"review_from": "3", "review_masters": True})
        cls.reason = cls.env.ref("service_desk.close_reason_fixed")
        cls.reviews = cls.env["service_desk.review"]

    def _critical(self, **vals):
        return self._create_ticket(
            name="All tills are down",
            type_id=self.type_incident.id,
            impact="3",
            urgency="3",
            user_id=self.agent.id,
            **vals,
        )

    def _solve(self, ticket):
        ticket.with_user(self.agent)._write_state(
            {
                "state": "solved",
                "resolution": "<p>Restarted.</p>",
                "close_reason_id": self.reason.id,
            }
        )
        return self.reviews.search([("ticket_id", "in", ticket.ids)])

    def test_a_deleted_review_does_not_keep_its_ticket_from_being_closed(self):
        ticket = self._critical()
        self._solve(ticket).with_user(self.manager).unlink()
        self.assertFalse(ticket.review_state)
        ticket.with_user(self.agent).action_close()
        self.assertEqual(ticket.state, "closed")

    def _write_review(self, review):
        review.write(
            {
                "what_happened": "<p>x</p>",
                "impact": "<p>y</p>",
                "root_cause": "<p>z</p>",
            }
        )

    def test_a_critical_ticket_is_reviewed_before_it_is_closed(self):
        ticket = self._critical()
        review = self._solve(ticket)
        self.assertRecordValues(review, [{"state": "todo", "owner_id": self.lead.id}])
        self.assertEqual(review.date_deadline, fields.Date.today() + timedelta(days=5))
        self.assertEqual(review.activity_ids.user_id, self.lead)
        self.assertIn("The ticket was opened", review.timeline)
        self.assertIn("review", " ".join(ticket.decision_ids.mapped("text")))
        with self.assertRefused(ValidationError, "its post-incident review is not done"):
            ticket.with_user(self.agent).action_close()
        with self.assertRefused(UserError, "The review does not say yet"):
            review.with_user(self.lead).action_done()
        self._write_review(review.with_user(self.lead))
        review.with_user(self.lead).action_done()
        self.assertEqual((review.state, ticket.review_state), ("done", "done"))
        self.assertFalse(review.activity_ids)
        ticket.with_user(self.agent).action_close()
        self.assertEqual(ticket.state, "closed")

    def test_closing_past_the_solution_is_refused(self):
        ticket = self._critical(resolution="<p>x</p>", close_reason_id=self.reason.id)
        with self.assertRefused(ValidationError, "solve it first"):
            ticket.with_user(self.agent).action_close()
        ticket.with_user(self.agent).action_cancel()
        self.assertEqual(ticket.state, "cancelled")

    def test_others_need_none(self):
        low = self._create_ticket(type_id=self.type_incident.id)
        self.assertFalse(self._solve(low))
        question = self._create_ticket(impact="3", urgency="3")
        self.assertFalse(self._solve(question))

    def test_a_mass_incident_is_reviewed_once_for_all(self):
        master = self._create_ticket(type_id=self.type_incident.id)
        master.action_make_master()
        member = self._critical(master_id=master.id)
        self.assertFalse(self._solve(member))
        self.assertTrue(self._solve(master))

    def test_the_owner_of_the_service_writes_it(self):
        service = self.env["service_desk.service"].create(
            {"name": "Tills", "owner_id": self.agent2.id}
        )
        self.assertEqual(self._solve(self._critical(service_id=service.id)).owner_id, self.agent2)
        service.owner_id = self.employee
        review = self._solve(self._critical(service_id=service.id))
        self.assertEqual(review.owner_id, self.lead, "who may not see the ticket writes no review")

    def test_closing_by_itself_leaves_it_out(self):
        ticket, other = self._critical(), self._create_ticket()
        self._solve(ticket | other)
        past = fields.Datetime.now() - timedelta(days=30)
        (ticket | other)._set_marks(solved_at=past)
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_close_solved").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((ticket.state, other.state), ("solved", "closed"))

    def test_solved_twice_is_reviewed_once(self):
        ticket = self._critical()
        review = self._solve(ticket)
        ticket.action_reopen()
        self.assertEqual(self._solve(ticket), review)

    def test_managers_may_waive_for_a_reason(self):
        ticket = self._critical()
        review = self._solve(ticket)
        with self.assertRefused(UserError, "Only a manager"):
            review.with_user(self.lead).action_waive()
        mine = review.with_user(self.manager)
        with self.assertRefused(UserError, "Write down why"):
            mine.action_waive()
        mine.waive_reason = "An exercise"
        mine.action_waive()
        self.assertEqual(ticket.review_state, "waived")
        self.assertIn("An exercise", " ".join(ticket.decision_ids.mapped("text")))
        ticket.with_user(self.agent).action_close()

    def test_actions_are_activities(self):
        review = self._solve(self._critical()).with_user(self.lead)
        first, second = (
            self.env["service_desk.review.action"]
            .with_user(self.lead)
            .create(
                [
                    {
                        "review_id": review.id,
                        "name": "Buy a second router",
                        "user_id": self.agent.id,
                    },
                    {"review_id": review.id, "name": "Write it down", "user_id": self.agent2.id},
                ]
            )
        )
        self.assertEqual(first.activity_id.user_id, self.agent)
        self.assertEqual(first.activity_id.summary, "Buy a second router")
        first.user_id = self.agent2
        self.assertEqual(first.sudo().activity_id.user_id, self.agent2)
        first.action_done()
        self.assertTrue(first.done_at)
        second.sudo().activity_id.with_user(self.agent2).action_feedback()
        self.assertTrue(second.done_at)
        self.assertEqual(review.open_action_count, 0)

    def test_overdue_ones_are_listed(self):
        review = self._solve(self._critical())
        review.date_deadline = fields.Date.today() - timedelta(days=1)
        overdue = [("state", "=", "todo"), ("date_deadline", "<", "today")]
        self.assertIn(review, self.reviews.with_user(self.lead).search(overdue))

    def test_report_in_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        review = self._solve(self._critical())
        self._write_review(review)
        html, _kind = (
            self.env["ir.actions.report"]
            .with_context(lang="ru_RU")
            ._render_qweb_html("service_desk.report_review", review.ids)
        )
        self.assertIn(review.ticket_id.number, html.decode())
