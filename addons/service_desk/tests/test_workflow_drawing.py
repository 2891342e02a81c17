from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged, users

from .test_workflow_gate import WorkflowCommon


@tagged("post_install", "-at_install")
class TestWorkflowDrawing(WorkflowCommon):
    def _texts(self):
        self.workflow.invalidate_recordset(["diagram"])
        return " ".join(problem["text"] for problem in self.workflow.diagram["problems"])

    def test_a_sound_workflow_has_no_problems(self):
        for workflow in self.workflow | self.env["service_desk.workflow"].search([]):
            self.assertEqual(workflow.diagram["problems"], [], workflow.name)

    def test_dead_ends_and_lost_stages(self):
        self.to_order.unlink()
        self.assertIn("“Look at it” is a dead end", self._texts())
        self.assertIn("No way leads to the stage “Order”", self._texts())
        self.assertIn("No way leads to an end", self._texts())

    def test_no_start(self):
        self.workflow.transition_ids.filtered(lambda m: m.from_stage_id == self.new).unlink()
        self.workflow.stage_ids -= self.new
        self.assertIn("There is no start", self._texts())

    def test_two_buttons_alike(self):
        self._move("Order it", self.look, self.solved, hotkey="k")
        self.to_order.hotkey = "k"
        self.assertIn("are called “Order it”", self._texts())
        self.assertIn("have the key K", self._texts())

    def test_tickets_left_behind_are_named(self):
        self._repair(self.order)
        (self.to_order | self.to_solved).unlink()
        self.workflow.stage_ids -= self.order
        self.assertIn("Open tickets stand in “Order”", self._texts())

    def test_the_diagram_has_all(self):
        diagram = self.workflow.diagram
        self.assertEqual(
            [(stage["name"], stage["state"], stage["start"]) for stage in diagram["stages"]],
            [
                ("Arrived", "new", True),
                ("Look at it", "open", False),
                ("Order", "open", False),
                ("Repaired", "solved", False),
            ],
        )
        self.assertEqual(
            [(move["name"], move["source"], move["target"]) for move in diagram["moves"]][0],
            ("Look", self.new.id, self.look.id),
        )

    # --------------------------------------------------------------- the manager
    @users("sd_manager1")
    def test_a_manager_draws_a_workflow_by_the_forms(self):
        """He adds a stage and a move, and an agent sees it work at once."""
        with Form(self.env["service_desk.stage"]) as form:
            form.name = "At the workshop"
            form.state = "open"
        stage = form.record
        with Form(self.workflow.with_user(self.env.user)) as form:
            form.stage_ids.add(stage)
        with Form(
            self.env["service_desk.transition"].with_context(
                default_workflow_id=self.workflow.id, default_from_stage_id=self.look.id
            )
        ) as form:
            form.name = "To the workshop"
            form.to_stage_id = stage
            form.domain = "[('impact', '=', '1')]"
        ticket = self._repair(self.look).with_user(self.agent)
        offered = {move["name"]: move for move in ticket.available_moves}
        self.assertEqual(list(offered), ["Order it", "To the workshop"])
        ticket.action_move(offered["To the workshop"]["id"])
        self.assertEqual(ticket.stage_id, stage)

    def test_a_stage_of_another_workflow_is_refused(self):
        with self.assertRefused(ValidationError, "does not have it"):
            self.to_order.to_stage_id = self.env.ref("service_desk.stage_waiting")
        with self.assertRefused(ValidationError, "does not have it"):
            self.workflow.stage_ids -= self.order

    def test_a_workflow_in_use_is_not_archived(self):
        with self.assertRefused(ValidationError, "Repair"):
            self.workflow.active = False
        self.type.workflow_id = False
        self.workflow.active = False
        self.assertFalse(self.workflow.active)

    def test_a_copy_has_the_moves(self):
        copied = self.workflow.copy()
        self.assertEqual(
            copied.transition_ids.mapped("name"), self.workflow.transition_ids.mapped("name")
        )
        self.assertFalse(copied.type_ids)

    def test_types_choose_from_both_sides(self):
        other = self.env["service_desk.ticket.type"].create({"name": "Other", "code": "OTH"})
        self.workflow.type_ids = [Command.link(other.id)]
        self.assertEqual(other.workflow_id, self.workflow)
        self.workflow.type_ids = [Command.unlink(self.type.id)]
        self.assertFalse(self.type.workflow_id)

    # -------------------------------------------------------------- the buttons
    def test_the_form_offers_what_the_user_may(self):
        self.to_look.write({"who": "lead", "style": "danger", "hotkey": "k", "confirm": "Really?"})
        ticket = self._repair()
        self.assertFalse(ticket.available_moves)
        (offered,) = ticket.with_user(self.lead).available_moves
        self.assertEqual(
            {key: offered[key] for key in ("name", "target", "style", "hotkey", "confirm")},
            {
                "name": "Look",
                "target": self.look.id,
                "style": "danger",
                "hotkey": "k",
                "confirm": "Really?",
            },
        )
        self.assertFalse(ticket.with_user(self.auditor).available_moves)

    def test_a_type_without_a_workflow_is_free(self):
        self.type.workflow_id = False
        ticket = self._repair()
        names = [move["name"] for move in ticket.available_moves if move["button"]]
        self.assertEqual(names, ["Start", "Wait", "Solve", "Cancel Ticket"])
        ticket.stage_id = self.env.ref("service_desk.stage_closed")
        self.assertEqual(ticket.state, "closed")

    def test_a_button_of_a_ticket_that_has_moved_on(self):
        ticket = self._repair(self.order)
        with self.assertRefused(UserError, "has moved on"):
            ticket.action_move(self.to_look.id)
        for nonsense in (0, 2**30, True, "x", None):
            with self.assertRaises(UserError):
                ticket.action_move(nonsense)

    def test_solving_and_waiting_ask_as_ever(self):
        incident = self._create_ticket(type_id=self.type_incident.id).with_user(self.agent)
        moves = {move["state"]: move for move in incident.available_moves if move["button"]}
        self.assertEqual(
            incident.action_move(moves["waiting"]["id"])["res_model"], "service_desk.ticket.wait"
        )
        action = incident.action_move(moves["solved"]["id"])
        dialogs = self.env[action["res_model"]].with_user(self.agent)
        with Form(dialogs.with_context(**action["context"])) as form:
            form.resolution = "<p>New cable</p>"
            form.close_reason_id = self.env.ref("service_desk.close_reason_fixed")
        form.record.action_confirm()
        self.assertEqual(incident.state, "solved")

    # ------------------------------------------------------------------ columns
    def test_columns_of_the_types_in_the_list(self):
        tickets = self.env["service_desk.ticket"]

        def columns(domain):
            stages = tickets._read_group_stages(self.env["service_desk.stage"], domain)
            return set(stages.ids)

        own = set((self.new | self.look | self.order | self.solved).ids)
        self.assertEqual(columns([("type_id", "=", self.type.id)]), own)
        self.assertLessEqual(own, columns([]))
        self.assertFalse(own & columns([("type_id", "=", self.type_question.id)]))
