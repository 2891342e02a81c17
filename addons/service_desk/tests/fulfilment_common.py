from odoo import Command
from odoo.tests import new_test_user

from .common import ServiceDeskCommon

#: Name, team and what comes before: twelve tasks in four departments.
HIRING = [
    ("Sign the contract", "hr", ()),
    ("Enter the employee", "hr", ("Sign the contract",)),
    ("Order the laptop", "it", ("Sign the contract",)),
    ("Set up the laptop", "it", ("Order the laptop", "Enter the employee")),
    ("Create the account", "it", ("Enter the employee",)),
    ("Give access to the tills", "it", ("Create the account",)),
    ("Prepare the desk", "facilities", ("Sign the contract",)),
    ("Order a chair", "facilities", ()),
    ("Issue the pass", "security", ("Enter the employee",)),
    ("Brief on safety", "security", ("Issue the pass",)),
    ("Tell the colleagues", "hr", ("Create the account",)),
    (
        "Welcome on the first day",
        "hr",
        ("Set up the laptop", "Prepare the desk", "Brief on safety"),
    ),
]


class FulfilmentCommon(ServiceDeskCommon):
    """A hiring: twelve tasks of four teams in order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.teams = {"it": cls.team_it}
        for key in ("hr", "facilities", "security"):
            cls.teams[key] = cls.env["service_desk.team"].create(
                {"name": key.title(), "member_ids": [Command.set(cls.agent.ids)]}
            )
        cls.owner = new_test_user(
            cls.env,
            login="sd_owner1",
            groups="service_desk.service_desk_group_owner",
            name="Olaf Owner",
        )
        cls.service = cls.env["service_desk.service"].create(
            {"name": "People", "owner_id": cls.owner.id, "company_id": cls.company.id}
        )
        cls.plan = cls._create_plan("Hiring", HIRING)
        cls.offering = cls._create_offering("Hire somebody", cls.plan)

    @classmethod
    def _create_plan(cls, name, rows, **vals):
        plan = cls.env["service_desk.fulfilment.plan"].create(
            {"name": name, "service_id": cls.service.id, **vals}
        )
        made = {}
        for sequence, (task, team, before) in enumerate(rows):
            made[task] = cls.env["service_desk.fulfilment.plan.task"].create(
                {
                    "plan_id": plan.id,
                    "name": task,
                    "sequence": sequence,
                    "team_id": cls.teams[team].id,
                    "depends_on_ids": [Command.set([made[name].id for name in before])],
                }
            )
        return plan

    @classmethod
    def _create_offering(cls, name, plan, **vals):
        return cls.env["service_desk.offering"].create(
            {
                "name": name,
                "service_id": cls.service.id,
                "type_id": cls.type_request.id,
                "team_id": cls.team_it.id,
                "state": "published",
                "plan_id": plan.id,
                **vals,
            }
        )

    @classmethod
    def _request(cls, offering=None, **vals):
        return cls._create_ticket(
            offering_id=(offering or cls.offering).id, type_id=cls.type_request.id, **vals
        )

    def _task(self, ticket, name):
        return ticket.task_ids.filtered(lambda task: task.name == name)

    def _states(self, ticket):
        return {task.name: task.state for task in ticket.task_ids}

    def _run_queue(self):
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_run_tasks").method_direct_trigger()

    def _make_permit(self, **vals):
        return self.env["service_desk.fulfilment.permit"].create({"name": "Permit", **vals})

    def _instant(self, kind, **vals):
        """Return an offering with one automatic task."""
        plan = self.env["service_desk.fulfilment.plan"].create(
            {
                "name": kind,
                "service_id": self.service.id,
                "task_ids": [Command.create({"name": f"Do {kind}", "kind": kind, **vals})],
            }
        )
        return self._create_offering(kind, plan)
