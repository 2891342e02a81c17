from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestAutomation(ServiceDeskCommon):
    """Odoo's no-code rules find our fields by their names; each kind must really fire."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "base.automation" not in cls.env:
            cls.skipTest(cls, "base_automation is not installed")
        cls.tickets = cls.env["service_desk.ticket"]
        cls.model_id = cls.env["ir.model"]._get_id("service_desk.ticket")

    def _rule(self, trigger, **vals):
        """Make a rule that marks each ticket it fires for by a line in the chatter."""
        action = self.env["ir.actions.server"].create(
            {
                "name": f"mark {trigger}",
                "model_id": self.model_id,
                "state": "code",
                "code": f"for record in records:\n    record.message_post(body='fired {trigger}')",
                "usage": "base_automation",
            }
        )
        return self.env["base.automation"].create(
            {
                "name": trigger,
                "model_id": self.model_id,
                "trigger": trigger,
                "action_server_ids": [Command.set(action.ids)],
                **vals,
            }
        )

    def _times(self, ticket, trigger):
        return sum(f"fired {trigger}" in (body or "") for body in ticket.message_ids.mapped("body"))

    def _field(self, name):
        return self.env["ir.model.fields"]._get("service_desk.ticket", name)

    def test_on_create(self):
        self._rule("on_create_or_write")
        ticket = self._create_ticket()
        self.assertEqual(self._times(ticket, "on_create_or_write"), 1)

    def test_on_stage_set(self):
        stage = self.env["service_desk.stage"]._find_for_state("waiting", self.type_question)
        self._rule("on_stage_set", trg_field_ref=stage.id)
        ticket = self._create_ticket()
        ticket.with_user(self.agent).write({"state": "open"})
        self.assertEqual(self._times(ticket, "on_stage_set"), 0)
        ticket.with_user(self.agent).write({"state": "waiting"})
        self.assertEqual(self._times(ticket, "on_stage_set"), 1)

    def test_on_user_set(self):
        self._rule("on_user_set")
        ticket = self._create_ticket()
        self.assertEqual(self._times(ticket, "on_user_set"), 0)
        ticket.with_user(self.agent).action_assign_to_me()
        self.assertEqual(self._times(ticket, "on_user_set"), 1)

    def test_on_tag_set(self):
        tag, other = self.env["service_desk.tag"].create([{"name": "vip"}, {"name": "other"}])
        self._rule("on_tag_set", trg_field_ref=tag.id)
        ticket = self._create_ticket(tag_ids=[Command.link(other.id)])
        self.assertEqual(self._times(ticket, "on_tag_set"), 0)
        ticket.with_user(self.agent).write({"tag_ids": [Command.link(tag.id)]})
        self.assertEqual(self._times(ticket, "on_tag_set"), 1)

    def test_on_priority_set(self):
        choice = self._field("priority").selection_ids.filtered(lambda value: value.value == "3")
        self._rule("on_priority_set", trg_selection_field_id=choice.id)
        ticket = self._create_ticket()
        ticket.with_user(self.agent).write({"priority": "2"})
        self.assertEqual(self._times(ticket, "on_priority_set"), 0)
        ticket.with_user(self.agent).write({"priority": "3"})
        self.assertEqual(self._times(ticket, "on_priority_set"), 1)

    def test_on_priority_of_the_matrix(self):
        choice = self._field("priority").selection_ids.filtered(lambda value: value.value == "3")
        self._rule("on_priority_set", trg_selection_field_id=choice.id)
        ticket = self._create_ticket()
        ticket.with_user(self.agent).write({"impact": "3", "urgency": "3"})
        self.assertEqual(self._times(ticket, "on_priority_set"), 1)

    def test_on_state_set(self):
        choice = self._field("state").selection_ids.filtered(
            lambda value: value.value == "cancelled"
        )
        self._rule("on_state_set", trg_selection_field_id=choice.id)
        ticket = self._create_ticket()
        ticket.with_user(self.agent).action_cancel()
        self.assertEqual(self._times(ticket, "on_state_set"), 1)

    def test_on_state_set_by_a_plain_write(self):
        """However the state is written, a rule on it or on the stage fires once."""
        choice = self._field("state").selection_ids.filtered(
            lambda value: value.value == "cancelled"
        )
        self._rule("on_state_set", trg_selection_field_id=choice.id)
        self._rule("on_stage_set", trg_field_ref=self.env.ref("service_desk.stage_cancelled").id)
        ticket = self._create_ticket()
        ticket.with_user(self.agent).write({"state": "cancelled"})
        self.assertEqual(
            (self._times(ticket, "on_state_set"), self._times(ticket, "on_stage_set")), (1, 1)
        )

    def test_rule_is_bound_by_the_workflow(self):
        """A rule that moves a ticket where no way leads is refused with a word, nothing half-written."""
        rule = self._rule("on_user_set")
        stage = self.env.ref("service_desk.stage_new")
        rule.action_server_ids.write({"code": f"records.write({{'stage_id': {stage.id}}})"})
        ticket = self._create_ticket()
        ticket.write({"state": "waiting"})
        with self.assertRefused(UserError, "its workflow has no such move"):
            ticket.with_user(self.agent).write({"user_id": self.agent.id})
        ticket.invalidate_recordset()
        self.assertRecordValues(ticket, [{"state": "waiting", "user_id": False}])

    def test_on_archive_and_unarchive(self):
        self._rule("on_archive")
        self._rule("on_unarchive")
        ticket = self._create_ticket()
        ticket.action_archive()
        self.assertEqual(
            (self._times(ticket, "on_archive"), self._times(ticket, "on_unarchive")), (1, 0)
        )
        ticket.action_unarchive()
        self.assertEqual(
            (self._times(ticket, "on_archive"), self._times(ticket, "on_unarchive")), (1, 1)
        )

    def test_on_message_sent_and_received(self):
        # The marking action posts itself: a note, so that it does not wake the rule again.
        self._rule("on_message_sent")
        self._rule("on_message_received")
        ticket = self._create_ticket(user_id=self.agent.id)
        sent, received = "on_message_sent", "on_message_received"
        ticket.with_user(self.agent).message_post(
            body="We look", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual((self._times(ticket, sent), self._times(ticket, received)), (1, 0))
        ticket.message_post(
            body="Thanks",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer_a.id,
            email_from="alla@firm-a.example.org",
        )
        self.assertEqual((self._times(ticket, sent), self._times(ticket, received)), (1, 1))

    def test_rule_changes_a_ticket_without_a_loop(self):
        rule = self._rule("on_user_set")
        rule.action_server_ids.write(
            {"code": "records.write({'next_step': 'Greet the requester'})"}
        )
        ticket = self._create_ticket()
        ticket.with_user(self.agent).write({"user_id": self.agent.id})
        self.assertEqual(ticket.next_step, "Greet the requester")
