"""Tickets with service levels: ours beside OCA's helpdesk_mgmt_sla, in one process on one database.

The peer promises one thing for each policy, "reach a stage within hours of the team's calendar". So two policies of it
stand beside two metrics of one agreement of ours: the same number of deadlines on each ticket, in the same calendar.
"""

from devtools.bench_meter import Case

from . import calls
from .people import Firm

TITLE = "Tickets with service levels: ours beside OCA's helpdesk_mgmt_sla 19.0.1.0.0"
SIZES = (1_000,)
PACKAGES = (
    "odoo-addon-helpdesk-mgmt==19.0.1.3.2",
    "odoo-addon-helpdesk-mgmt-sla==19.0.1.0.0.4",
)
MODULES = ("service_desk_sla", "helpdesk_mgmt_sla")
PEER = "helpdesk_mgmt_sla"
HOURS = (1, 8)


def prepare(env, size):
    """Make an agreement here and two policies there, and 200 tickets on both sides."""
    firm = Firm(env, with_peer=True)
    if env["helpdesk.sla"].search([("name", "=like", "Bench %")], limit=1):
        return
    calendar = env.company.resource_calendar_id
    metrics = env["service_desk.metric"]
    targets = [
        {"metric_id": metrics._by_code(code).id, "amount": hours, "unit": "hours"}
        for code, hours in zip(("first_response", "resolution"), HOURS, strict=True)
    ]
    agreement = env["service_desk.agreement"].create(
        {
            "name": "Bench",
            "calendar_id": calendar.id,
            "line_ids": [(0, 0, {"target_ids": [(0, 0, vals) for vals in targets]})],
        }
    )
    agreement.action_publish()
    firm.peer_teams.write({"use_sla": True, "resource_calendar_id": calendar.id})
    stages = env["helpdesk.ticket.stage"].search([], order="sequence")
    env["helpdesk.sla"].create(
        [
            {"name": f"Bench {hours} h", "hours": hours, "stage_id": stage.id}
            for hours, stage in zip(HOURS, stages[1:3], strict=True)
        ]
    )
    for make in (_ours(firm), _theirs(firm)):
        make(env, 200)
    env.cr.commit()


def _ours(firm):
    def make(env, count):
        team = firm.teams[0].id
        vals = [{"name": f"Ticket {number}", "team_id": team} for number in range(count)]
        return env["service_desk.ticket"].create(vals)

    return make


def _theirs(firm):
    def make(env, count):
        team = firm.peer_teams[0].id
        vals = [
            {"name": f"Ticket {number}", "team_id": team, "description": "<p>It</p>"}
            for number in range(count)
        ]
        return env["helpdesk.ticket"].create(vals)

    return make


def cases(env, size):
    """Return what is measured: by an agent; deadlines by the superuser."""
    firm = Firm(env, with_peer=True)
    agent = firm.agent.id
    ours, theirs = _ours(firm), _theirs(firm)
    return [
        Case("create one", calls.by(agent, _create(ours, 1)), calls.by(agent, _create(theirs, 1))),
        Case(
            f"create {size:,} with deadlines, each",
            calls.by(agent, _create(ours, size)),
            calls.by(agent, _create(theirs, size)),
            per=size,
        ),
        Case(
            f"create {size:,} without, each",
            calls.by(agent, _create(ours, size, _no_agreements)),
            calls.by(agent, _create(theirs, size, _no_policies)),
            per=size,
        ),
        Case("change stage", calls.by(agent, _move_ours), calls.by(agent, _move_theirs)),
        Case(
            "deadlines of 200 tickets anew, each",
            calls.by(1, _settle),
            calls.by(1, _compute),
            per=200,
        ),
    ]


def _create(make, count, before=None):
    def call(env):
        if before:
            before(env)
        yield
        make(env, count)

    return call


def _no_agreements(env):
    env["service_desk.agreement"].sudo().search([]).active = False
    env.flush_all()


def _no_policies(env):
    env["helpdesk.ticket.team"].sudo().search([]).use_sla = False
    env.flush_all()


def _move_ours(env):
    ticket = env["service_desk.ticket"].search([("clock_ids", "!=", False)], limit=1)
    stage = env["service_desk.stage"].search([("state", "=", "open")], limit=1)
    yield
    ticket.write({"stage_id": stage.id})


def _move_theirs(env):
    ticket = env["helpdesk.ticket"].search([("ticket_sla_ids", "!=", False)], limit=1)
    stage = env["helpdesk.ticket.stage"].search([("id", "!=", ticket.stage_id.id)], limit=1)
    yield
    ticket.write({"stage_id": stage.id})


def _settle(env):
    """All from the timelines: what ran, what stood still, what is due, missed and in whose hands."""
    tickets = env["service_desk.ticket"].search([("clock_ids", "!=", False)], limit=200)
    yield
    env["service_desk.clock"]._settle(tickets, stopped=True)


def _compute(env):
    """The deadline alone, from what is stored."""
    rows = env["helpdesk.ticket"].search([("ticket_sla_ids", "!=", False)], limit=200)
    rows = rows.ticket_sla_ids
    yield
    env.add_to_compute(rows._fields["deadline"], rows)
    env.flush_all()
