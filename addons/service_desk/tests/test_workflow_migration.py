"""What a database of 19.0.1.0.0 had set up about its stages stays possible."""

from pathlib import Path
from runpy import run_path

from odoo.tests import tagged

from .test_workflow_gate import WorkflowCommon

SCRIPT = Path(__file__).parents[1] / "migrations" / "19.0.2.0.0" / "post-migrate.py"


@tagged("post_install", "-at_install")
class TestWorkflowMigration(WorkflowCommon):
    def _migrate(self, owned):
        self.env.flush_all()
        self.env.cr.execute(
            "CREATE TABLE IF NOT EXISTS service_desk_stage_type_rel (stage_id integer, type_id integer)"
        )
        self.env.cr.execute("DELETE FROM service_desk_stage_type_rel")
        for stage, ticket_type in owned:
            self.env.cr.execute(
                "INSERT INTO service_desk_stage_type_rel (stage_id, type_id) VALUES (%s, %s)",
                [stage.id, ticket_type.id],
            )
        run_path(str(SCRIPT))["migrate"](self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def test_stages_of_types_become_stages_of_workflows(self):
        lawyer = self.env["service_desk.stage"].create({"name": "With the lawyer", "state": "open"})
        complaint = self.env["service_desk.ticket.type"].create(
            {"name": "Complaint", "code": "CMP"}
        )
        free = self.env["service_desk.ticket.type"].create({"name": "Free", "code": "FREE"})
        own = self.new | self.look | self.order | self.solved
        owned = [(lawyer, complaint), (lawyer, self.type_question)]
        owned += [(stage, self.type) for stage in own]
        self._migrate(owned)
        self.assertIn(lawyer, self.type_question.workflow_id.stage_ids)
        self.assertNotIn(lawyer, self.type_incident.workflow_id.stage_ids)
        self.assertFalse(own & self.type_question.workflow_id.stage_ids)
        self.assertIn(lawyer, complaint.workflow_id.stage_ids)
        self.assertEqual(free.workflow_id.stage_ids & lawyer, lawyer.browse())
        ticket = self._create_ticket().with_user(self.agent)
        ticket.stage_id = lawyer
        ticket.stage_id = self.env.ref("service_desk.stage_waiting")
        self.assertEqual(ticket.state, "waiting", "to and fro, as it was")
        ticket = self._create_ticket(type_id=complaint.id).with_user(self.agent)
        ticket.stage_id = lawyer
        ticket.stage_id = self.env.ref("service_desk.stage_closed")
        self.assertEqual(ticket.state, "closed")

    def test_without_own_stages_nothing_changes(self):
        ticket_type = self.env["service_desk.ticket.type"].create({"name": "Free", "code": "FREE"})
        before = self.type_question.workflow_id.transition_ids
        everything = self.env["service_desk.stage"].with_context(active_test=False).search([])
        self.type_question.workflow_id.stage_ids = everything
        self.type_incident.workflow_id.stage_ids = everything
        self._migrate([])
        self.assertFalse(ticket_type.workflow_id)
        self.assertEqual(self.type_question.workflow_id.transition_ids, before)
