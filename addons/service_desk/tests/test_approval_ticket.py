import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalTicket(ApprovalCommon):
    """What waits, what a change means, and the log that nobody changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._step(who="manager", name="Manager agrees")

    # -------------------------------------------------------------------- hold
    def test_nobody_works_on_it_but_it_can_be_cancelled(self):
        ticket = self._order().with_user(self.agent)
        with self.assertRefused(UserError, "waits for approval: Boss Approver"):
            ticket.action_start()
        with self.assertRefused(UserError, "waits for approval"):
            ticket._write_state({"state": "solved", "resolution": "<p>Done</p>"})
        ticket.action_cancel()
        self.assertEqual(ticket.state, "cancelled")
        self.assertEqual(ticket.approval_state, "none")
        self.assertEqual(ticket.sudo().approval_ids.request_ids.state, "cancelled")

    def test_the_desk_itself_is_bound_too(self):
        ticket = self._order()
        ticket._write_state({"state": "solved", "resolution": "<p>Done</p>"})
        self.assertEqual(ticket.state, "waiting")

    def test_the_team_s_method_gives_it_to_nobody(self):
        self.team_it.assign_method = "round_robin"
        ticket = self._order()
        self.assertTrue(ticket.assign_code)
        domain = self.env["service_desk.assignment"]._queue_domain()
        self.assertFalse(ticket.filtered_domain(domain))
        self._asked(ticket)._decide(self.boss, "approve")
        self.assertTrue(ticket.filtered_domain(domain))

    def test_only_giving_it_to_somebody(self):
        self.policy.work_before = "assignment"
        ticket = self._order()
        self.assertEqual(ticket.state, "new")
        self.assertEqual(ticket._waits_for_approval(), ticket)
        ticket.with_user(self.agent).action_assign_to_me()
        self.assertEqual(ticket.user_id, self.agent)
        with self.assertRefused(UserError, "waits for approval"):
            ticket.with_user(self.agent)._write_state(
                {"state": "solved", "resolution": "<p>Done</p>"}
            )

    def test_everything_may_start(self):
        self.policy.work_before = "everything"
        ticket = self._order()
        self.assertEqual(ticket.approval_state, "pending")
        self.assertFalse(ticket._waits_for_approval())
        ticket.with_user(self.agent).action_start()
        ticket.with_user(self.agent)._write_state({"state": "solved", "resolution": "<p>Done</p>"})
        self.assertEqual(ticket.approval_state, "none")
        self.assertFalse(self._asked(ticket))

    def test_clocks(self):
        self.policy.pauses_clocks = False
        self.assertFalse(self._order().waiting_reason_id.pauses_clocks)

    def test_opened_again_it_is_asked_again(self):
        ticket = self._order()
        self._asked(ticket)._decide(self.boss, "refuse", "No")
        ticket.action_reopen()
        self.assertEqual(ticket.approval_state, "pending")
        self.assertEqual(ticket.state, "waiting")
        self.assertEqual(sorted(ticket.approval_ids.mapped("number")), [1, 2])

    def test_merged_and_split(self):
        ticket = self._order()
        other = self._create_ticket(partner_id=ticket.partner_id.id)
        request = self._asked(ticket)
        ticket._merge_into(other)
        self.assertEqual(request.state, "cancelled")
        self.assertFalse(ticket.approval_hold)

    def test_deleted(self):
        ticket = self._order()
        rounds, log = ticket.approval_ids, ticket.approval_log_ids
        self.assertTrue(log)
        ticket.unlink()
        self.env.flush_all()
        self.assertFalse(rounds.exists() | rounds.browse())
        self.assertFalse(log.exists())

    # ----------------------------------------------------------------- changes
    def test_another_offering_is_asked_anew(self):
        other = self.offering.copy({"name": "A larger workplace", "state": "published"})
        ticket = self._order()
        first = ticket.approval_ids
        self._asked(ticket)._decide(self.boss, "approve")
        ticket.offering_id = other
        self.assertEqual(ticket.approval_state, "pending")
        self.assertEqual(ticket.state, "waiting")
        self.assertEqual(first.state, "approved", "what was decided stays")
        newest = ticket.approval_ids.sorted("number")[-1]
        self.assertEqual(newest.changes[0]["new"], "A larger workplace")
        self.assertIn("A larger workplace", self._asked(ticket).changes_html)

    def test_a_change_while_it_waits(self):
        ticket = self._order()
        old = self._asked(ticket)
        ticket._begin_new_round([{"label": "Amount", "old": "1", "new": "2"}])
        self.assertEqual(old.state, "cancelled")
        self.assertEqual(old.approval_id.state, "cancelled")
        with self.assertRefused(UserError, "changed or withdrawn"):
            old._decide(self.boss, "approve")
        self._asked(ticket)._decide(self.boss, "approve")
        self.assertEqual(ticket.state, "new", "it goes on where it stood before the first round")

    def test_an_offering_without_approvals(self):
        other = self.offering.copy(
            {"name": "A pencil", "state": "published", "approval_policy_id": False}
        )
        ticket = self._order()
        ticket.offering_id = other
        self.assertEqual(ticket.approval_state, "none")
        self.assertEqual(ticket.state, "new")
        self.assertFalse(self._asked(ticket))

    def test_no_way_round_by_taking_the_offering_out(self):
        ticket = self._order().with_user(self.agent)
        with self.assertRefused(UserError, "waits for its approval: choose another offering"):
            ticket.offering_id = False
        self.assertEqual(ticket.approval_state, "pending")
        ticket.action_cancel()
        plain = self._create_ticket().with_user(self.agent)
        plain._write_state({"state": "closed"})
        with self.assertRefused(UserError, "is finished"):
            plain.offering_id = self.offering
        self.assertFalse(plain.offering_id)

    def test_no_offering_is_no_way_round(self):
        ticket = self._order()
        ticket.offering_id = False
        self.assertEqual(ticket.approval_state, "pending")

    def test_for_somebody_else(self):
        ticket = self._order()
        self._asked(ticket)._decide(self.boss, "approve")
        ticket.partner_id = self.buyer.partner_id
        self.assertEqual(ticket.approval_state, "pending")

    def test_the_policy_may_change_meanwhile(self):
        ticket = self._order()
        self.policy.step_ids.unlink()
        self.policy.name = "Nobody"
        self.assertEqual(ticket.approval_ids.step_ids.name, "Manager agrees")
        self._asked(ticket)._decide(self.boss, "approve")
        self.assertEqual(ticket.approval_state, "approved")

    # --------------------------------------------------------------------- log
    def test_nobody_changes_the_log(self):
        line = self._order().approval_log_ids[:1]
        for method in (line.unlink, lambda: line.write({"event": "approved"})):
            with self.assertRefused(AccessError, "cannot be changed"):
                method()
        vals = {"ticket_id": line.ticket_id.id, "event": "asked", "payload": {"x": 1}}
        with self.assertRaises(AccessError):
            line.with_user(self.manager).create({**vals, "happened_at": "2026-01-01"})

    def test_nor_past_the_orm(self):
        line = self._order().approval_log_ids[:1]
        self.env.flush_all()
        for query in (
            SQL("UPDATE service_desk_approval_log SET event = 'approved' WHERE id = %s", line.id),
            SQL("DELETE FROM service_desk_approval_log WHERE id = %s", line.id),
            SQL("TRUNCATE service_desk_approval_log CASCADE"),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def test_the_log_tells_it(self):
        ticket = self._order()
        self._asked(ticket)._decide(self.boss, "approve", "Fine")
        text = " ".join(ticket.approval_log_ids.mapped("text"))
        self.assertIn("Boss Approver is asked: Manager agrees.", text)
        self.assertIn("Boss Approver approved (In the service desk): Manager agrees. Fine", text)
        self.assertEqual(ticket.approval_log_ids[:1].event, "finished")

    # --------------------------------------------------------------- marks, rights
    def test_marks_are_nobody_s_to_set(self):
        ticket = self._order()
        for vals in ({"approval_state": "approved"}, {"approval_hold": False}):
            with self.assertRefused(AccessError, "Nobody can set it"):
                ticket.with_user(self.manager).write(vals)
        with self.assertRaises(AccessError):
            self._create_ticket_as(self.agent, approval_state="approved")

    def _create_ticket_as(self, user, **vals):
        return self.env["service_desk.ticket"].with_user(user).create({"name": "x", **vals})

    def test_an_approver_sees_what_he_needs_and_no_ticket(self):
        ticket = self._order(is_confidential=True, description="<p>For the new shop</p>")
        request = self._asked(ticket).with_user(self.boss)
        self.assertEqual(request.subject, "A new workplace")
        self.assertEqual(request.requester_name, self.employee.name)
        self.assertIn("new shop", request.description)
        self.assertTrue(request.chain)
        with self.assertRaises(AccessError):
            ticket.with_user(self.boss).read(["name"])
        for user in (self.employee, self.buyer, self.portal_a):
            self.assertFalse(self._asked(ticket).with_user(user).has_access("read"))

    def test_the_to_do_is_there_and_goes(self):
        ticket = self._order()
        request = self._asked(ticket)
        self.assertEqual(request.activity_ids.user_id, self.boss)
        request._decide(self.boss, "approve")
        self.assertFalse(request.activity_ids)

    def test_the_dialog(self):
        ticket = self._order()
        dialog = self.env["service_desk.approval.dialog"].with_user(self.boss)
        dialog = dialog.create(
            {"request_id": self._asked(ticket).id, "verdict": "refuse", "reason": "No"}
        )
        dialog.action_confirm()
        self.assertEqual(ticket.approval_state, "refused")
        with self.assertRaises(AccessError):
            self.env["service_desk.approval.dialog"].with_user(self.buyer).create(
                {"request_id": self._asked(self._order()).id, "verdict": "refuse", "reason": "No"}
            ).action_confirm()

    def test_another_requester_by_two_writes_is_asked_again(self):
        ticket = self._order()
        self._asked(ticket)._decide(self.boss, "approve")
        self.assertEqual(ticket.approval_state, "approved")
        ticket.partner_id = False
        ticket.partner_id = self.customer_a
        self.assertEqual(ticket.approval_state, "pending")

    def test_the_dialog_tells_nothing_of_others(self):
        request = self._asked(self._order())
        dialogs = self.env["service_desk.approval.dialog"].with_user(self.buyer)
        with self.assertRaises(AccessError):
            dialogs.create({"request_id": request.id, "verdict": "refuse"})
        spec = {"request_id": {"fields": {"display_name": {}}}}
        begun = dialogs.with_context(default_request_id=request.id).onchange({}, [], spec)
        self.assertFalse(begun["value"]["request_id"])

    def test_a_step_that_names_nobody_cannot_be_saved(self):
        for who in ("persons", "group", "res_group", "answer"):
            with self.assertRefused(ValidationError, "does not say who approves"):
                self._step(who=who)
        with self.assertRefused(ValidationError, "No amount is both"):
            self._step(who="manager", amount_by="price", amount_from=5, amount_below=5)

    def test_a_thousand_without_offering_cost_nothing(self):
        tickets = self.env["service_desk.ticket"].union(*(self._create_ticket() for _i in range(3)))
        self.env.flush_all()
        with self.assertQueryCount(0):
            tickets._waits_for_approval()
            tickets._cancel_approvals("done")
            tickets._start_approvals()
