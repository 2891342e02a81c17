from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged, users, warmup

from .common import ServiceDeskCommon


class WorkflowCommon(ServiceDeskCommon):
    """A small workflow of one's own: New → Look at it → Order → Solved; a reply re-opens to Look at it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Stage = cls.env["service_desk.stage"]
        cls.new, cls.look, cls.order, cls.solved = Stage.create(
            [
                {"name": "Arrived", "state": "new", "sequence": 100},
                {"name": "Look at it", "state": "open", "sequence": 110},
                {"name": "Order", "state": "open", "sequence": 120},
                {"name": "Repaired", "state": "solved", "sequence": 130},
            ]
        )
        cls.workflow = cls.env["service_desk.workflow"].create(
            {
                "name": "Repairs",
                "stage_ids": [
                    Command.set((cls.new | cls.look | cls.order | cls.solved).ids),
                ],
            }
        )
        cls.to_look = cls._move("Look", cls.new, cls.look)
        cls.to_order = cls._move("Order it", cls.look, cls.order)
        cls.to_solved = cls._move("Repaired", cls.order, cls.solved)
        cls.again = cls._move("Again", cls.solved, cls.look, requester_may=True)
        cls.type = cls.env["service_desk.ticket.type"].create(
            {"name": "Repair", "code": "REP", "workflow_id": cls.workflow.id}
        )

    @classmethod
    def _move(cls, name, source, target, **vals):
        return cls.env["service_desk.transition"].create(
            {
                "name": name,
                "workflow_id": cls.workflow.id,
                "from_stage_id": source.id,
                "to_stage_id": target.id,
                **vals,
            }
        )

    def _repair(self, stage=None, user=None, **vals):
        vals = {"type_id": self.type.id, "stage_id": (stage or self.new).id, **vals}
        return self._create_ticket(**vals).with_user(user or self.agent)

    def _requester_writes(self, ticket):
        return ticket.sudo().message_post(
            body="It is broken again",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer_a.id,
        )


@tagged("post_install", "-at_install")
class TestWorkflowGate(WorkflowCommon):
    def test_new_tickets_stand_at_the_start(self):
        ticket = self._create_ticket(type_id=self.type.id)
        self.assertEqual(ticket.stage_id, self.new)
        self.workflow.start_stage_id = self.look
        self.assertEqual(self._create_ticket(type_id=self.type.id).stage_id, self.look)

    def test_a_way_that_is_not_drawn_is_refused_on_every_route(self):
        ticket = self._repair()
        routes = {
            "write": [ticket.ids, {"stage_id": self.order.id}],
            "web_save": [ticket.ids, {"stage_id": self.order.id}, {}],
        }
        for method, args in routes.items():
            with self.assertRefused(UserError, "“Arrived” to “Order”"):
                call_kw(ticket.browse(), method, args, {})
        result = ticket.load([".id", "stage_id"], [[str(ticket.id), "Order"]])
        self.assertIn("“Arrived” to “Order”", result["messages"][0]["message"])
        with self.assertRefused(UserError, "Look at it"):
            ticket.write({"state": "solved"})
        with self.assertRefused(UserError, "“Arrived” to “Order”"):
            ticket.sudo().stage_id = self.order
        self.assertEqual(ticket.stage_id, self.new)
        ticket.stage_id = self.look
        ticket.stage_id = self.order
        self.assertEqual(ticket.stage_id, self.order)

    def test_a_change_of_the_drawing_works_at_once(self):
        ticket = self._repair()
        with self.assertRefused(UserError, "no such move"):
            ticket.stage_id = self.order
        self._move("At once", self.new, self.order)
        ticket.stage_id = self.order
        self.assertEqual(ticket.stage_id, self.order)

    def test_from_any_stage(self):
        anywhere = self.env["service_desk.transition"].create(
            {"name": "Done", "workflow_id": self.workflow.id, "to_stage_id": self.solved.id}
        )
        for stage in (self.new, self.look, self.order):
            ticket = self._repair(stage)
            ticket.action_move(anywhere.id) if stage == self.order else None
            ticket.write({"stage_id": self.solved.id})
            self.assertEqual(ticket.state, "solved")

    def test_the_desk_leaves_a_ticket_where_no_way_leads(self):
        ticket = self._repair()
        ticket.sudo()._write_state({"state": "closed", "next_step": "Kept"})
        self.assertRecordValues(ticket, [{"stage_id": self.new.id, "next_step": "Kept"}])
        self.assertFalse(ticket._can_reach("closed"))
        self.assertTrue(ticket._can_reach("open"))
        self.assertFalse(ticket._can_reach("solved"))

    def test_a_state_takes_the_stage_that_can_be_reached(self):
        ticket = self._repair(self.look)
        self._move("Wait for it", self.new, self.order)
        fresh = self._repair()
        self.to_look.unlink()
        fresh.write({"state": "open"})
        self.assertEqual(fresh.stage_id, self.order, "the first stage is not the reachable one")
        ticket.write({"state": "open"})
        self.assertEqual(ticket.stage_id, self.look)

    # ------------------------------------------------------------ who and when
    def test_who_may(self):
        ticket = self._repair(user_id=self.agent2.id)
        self.to_look.who = "assignee"
        with self.assertRefused(UserError, "The person it is assigned to"):
            ticket.stage_id = self.look
        self.to_look.who = "lead"
        with self.assertRefused(UserError, "Leads of the ticket's team"):
            ticket.stage_id = self.look
        with self.env.cr.savepoint() as savepoint:
            ticket.with_user(self.lead).stage_id = self.look
            savepoint.close(rollback=True)
        ticket.invalidate_recordset()
        self.to_look.who = "member"
        ticket.stage_id = self.look
        self.assertEqual(ticket.stage_id, self.look)

    def test_groups(self):
        self.to_look.group_ids = self.env.ref("service_desk.service_desk_group_manager")
        ticket = self._repair()
        with self.assertRefused(UserError, "Manager"):
            ticket.stage_id = self.look
        ticket.with_user(self.manager).stage_id = self.look
        self.assertEqual(ticket.stage_id, self.look)

    def test_condition_and_its_sentence(self):
        self.to_order.write(
            {"domain": "[('impact', '=', '3')]", "refusal": "Order for the whole firm only."}
        )
        ticket = self._repair(self.look, impact="1")
        with self.assertRefused(UserError, "Order for the whole firm only."):
            ticket.stage_id = self.order
        ticket.impact = "3"
        ticket.stage_id = self.order
        self.assertEqual(ticket.stage_id, self.order)

    def test_a_condition_is_a_literal_that_works(self):
        for nonsense in ("[('no_field', '=', 1)]", "[(1,]", "__import__('os')", "7"):
            with self.assertRefused(ValidationError, "condition"):
                self.to_order.domain = nonsense

    def test_what_must_be_filled(self):
        self.to_order.required_ids = self.env.ref("service_desk.ticket_field_next_step")
        ticket = self._repair(self.look)
        with self.assertRefused(UserError, "Fill in first: Next Step"):
            ticket.stage_id = self.order
        action = ticket.action_move(self.to_order.id)
        self.assertEqual(action["res_model"], "service_desk.ticket.move")
        dialogs = self.env[action["res_model"]].with_user(self.agent)
        with Form(dialogs.with_context(**action["context"])) as form:
            self.assertEqual(form.asked, ",next_step,")
            form.next_step = "The part comes on Friday"
        form.record.action_confirm()
        self.assertRecordValues(
            ticket, [{"stage_id": self.order.id, "next_step": "The part comes on Friday"}]
        )

    def test_a_value_of_the_same_write_counts_as_filled(self):
        self.to_order.required_ids = self.env.ref("service_desk.ticket_field_next_step")
        ticket = self._repair(self.look)
        ticket.write({"stage_id": self.order.id, "next_step": "Soon"})
        self.assertEqual(ticket.stage_id, self.order)

    # ----------------------------------------------------------------- effects
    def test_values_and_placeholders(self):
        tag = self.env["service_desk.tag"].create({"name": "ordered"})
        self.to_order.write(
            {
                "assign": "me",
                "tag_ids": [Command.link(tag.id)],
                "next_step": "We order for {{requester.name}}",
                "required_ids": [
                    Command.link(self.env.ref("service_desk.ticket_field_next_step").id)
                ],
            }
        )
        ticket = self._repair(self.look)
        ticket.action_move(self.to_order.id)
        self.assertRecordValues(
            ticket,
            [
                {
                    "stage_id": self.order.id,
                    "user_id": self.agent.id,
                    "tag_ids": tag.ids,
                    "next_step": "We order for Alla Customer",
                }
            ],
        )

    def test_notices(self):
        self.to_order.write({"tell_requester": True, "tell_team": True})
        ticket = self._repair(self.look)
        ticket.stage_id = self.order
        self.env.cr.precommit.run()
        lines = self.env["service_desk.notice"].search([("ticket_id", "=", ticket.id)])
        self.assertEqual(
            sorted(lines.filtered(lambda n: n.event in ("stage", "moved")).mapped("event")),
            ["moved", "stage"],
        )

    def test_an_administrators_action_runs_once_for_the_batch(self):
        self.to_order.server_action_id = self.env["ir.actions.server"].create(
            {
                "name": "mark",
                "model_id": self.env["ir.model"]._get_id("service_desk.ticket"),
                "state": "code",
                "code": "records.write({'next_step': 'Marked %s' % len(records)})",
            }
        )
        tickets = self._repair(self.look) | self._repair(self.look)
        tickets.write({"stage_id": self.order.id})
        self.assertEqual(tickets.mapped("next_step"), ["Marked 2", "Marked 2"])

    def test_moves_that_cause_each_other_end_with_a_word(self):
        actions = self.env["ir.actions.server"].create(
            [
                {
                    "name": stage.name,
                    "model_id": self.env["ir.model"]._get_id("service_desk.ticket"),
                    "state": "code",
                    "code": f"records.write({{'stage_id': {stage.id}}})",
                }
                for stage in (self.look, self.order)
            ]
        )
        self.to_order.server_action_id = actions[0]
        back = self._move("Back", self.order, self.look)
        back.server_action_id = actions[1]
        ticket = self._repair(self.look)
        with self.assertRefused(UserError, "round in circles"):
            ticket.stage_id = self.order

    def test_a_manager_sets_no_server_action(self):
        with self.assertRaises(AccessError):
            self.to_order.with_user(self.manager).server_action_id = False

    # --------------------------------------------------------------- requester
    def test_a_reply_makes_the_move_it_may(self):
        ticket = self._repair(self.solved)
        self._requester_writes(ticket)
        self.assertEqual(ticket.stage_id, self.look)
        self.again.requester_may = False
        ticket = self._repair(self.solved)
        self._requester_writes(ticket)
        self.assertRecordValues(
            ticket, [{"stage_id": self.solved.id, "needs_reply": False, "reopen_count": 0}]
        )
        self.assertTrue(ticket.last_requester_message_at, "what he wrote is filed")

    def test_taking_a_ticket_never_fails_for_its_workflow(self):
        self.to_look.who = "lead"
        ticket = self._repair()
        ticket.action_assign_to_me()
        self.assertRecordValues(ticket, [{"stage_id": self.new.id, "user_id": self.agent.id}])

    # ------------------------------------------------------------ create, types
    def test_only_managers_bring_in_tickets_that_are_done(self):
        vals = {"name": "Old", "team_id": self.team_it.id, "type_id": self.type.id}
        tickets = self.env["service_desk.ticket"]
        with self.assertRefused(AccessError, "Repaired"):
            tickets.with_user(self.agent).create({**vals, "stage_id": self.solved.id})
        self.assertEqual(
            tickets.with_user(self.manager).create({**vals, "stage_id": self.solved.id}).state,
            "solved",
        )
        self.assertEqual(
            tickets.with_user(self.agent).create({**vals, "stage_id": self.order.id}).state, "open"
        )

    def test_a_change_of_type_keeps_the_state_and_opens_no_back_door(self):
        question = self._create_ticket(user_id=self.agent.id).with_user(self.agent)
        question.type_id = self.type
        self.assertEqual(question.stage_id, self.new)
        question = self._create_ticket(user_id=self.agent.id).with_user(self.agent)
        with self.assertRefused(UserError, "no such move"):
            question.write({"type_id": self.type.id, "stage_id": self.solved.id})

    def test_a_ticket_in_a_stage_that_was_taken_away_may_go_to_any(self):
        ticket = self._repair(self.order)
        (self.to_order | self.to_solved).unlink()
        self.workflow.stage_ids -= self.order
        ticket.stage_id = self.solved
        self.assertEqual(ticket.stage_id, self.solved)

    def test_form_of_a_new_ticket_follows_its_type(self):
        with Form(self.env["service_desk.ticket"].with_user(self.agent)) as form:
            form.name = "Broken chair"
            form.team_id = self.team_it
            form.type_id = self.type
        self.assertEqual(form.record.stage_id, self.new)

    # ------------------------------------------------------------------- speed
    @users("sd_agent1")
    @warmup
    def test_a_thousand_tickets_pass_in_few_queries(self):
        self.to_look.write({"who": "member", "domain": "[('impact', '=', '1')]"})
        tickets = self.env["service_desk.ticket"].create(
            [
                {"name": f"T{n}", "team_id": self.team_it.id, "type_id": self.type.id}
                for n in range(300)
            ]
        )
        self.env.flush_all()
        self.env["service_desk.workflow"]._plan(self.type.id)
        tickets.mapped("stage_id.name")
        with self.assertQueryCount(2):
            moves = tickets._pass_gate({"stage_id": self.look.id})
        self.assertEqual(len(moves), 300)
