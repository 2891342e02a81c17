"""What giving out a ticket costs in teams of 5, 50 and 500 people, with a thousand tickets waiting."""

from odoo.addons.service_desk.models.assignment.service_desk_assignment_run import QUEUE_ORDER

from devtools.bench_meter import Case

TITLE = (
    "Giving out 100 tickets of a thousand that wait, each ticket; the size is the number of agents"
)
SIZES = [5, 50, 500]
#: Tickets that wait, and those of one step of the runner.
WAITING = 1000
STEP = 100
#: Open tickets that each agent has already.
LOAD = 10
METHODS = ("round_robin", "balanced", "skill")


def prepare(env, size):
    """Make the team as large as ``size``, with its people's own work and the waiting tickets."""
    env = env(context=dict(env.context, tracking_disable=True, no_reset_password=True))
    team = env["service_desk.team"].search([("name", "=", "Bench")])
    if not team:
        team = env["service_desk.team"].create({"name": "Bench", "acknowledge": False})
        _demand(env)
    people = _people(env, size - len(team.member_ids))
    team.member_ids |= people
    _teach(env, people)
    env["service_desk.ticket"].create(
        [_values(team, number, user_id=user.id) for user in people for number in range(LOAD)]
    )
    team.assign_method = "balanced"
    waiting = env["service_desk.ticket"].search_count([("assign_code", "!=", False)])
    env["service_desk.ticket"].create([_values(team, n) for n in range(WAITING - waiting)])


def _people(env, count):
    group = env.ref("service_desk.service_desk_group_agent")
    have = env["res.users"].search_count([("login", "like", "bench_agent_")])
    return env["res.users"].create(
        [
            {
                "name": f"Agent {number}",
                "login": f"bench_agent_{number}",
                "group_ids": [(4, group.id)],
                "tz": "Europe/Moscow",
            }
            for number in range(have, have + count)
        ]
    )


def _demand(env):
    skill = env["service_desk.skill"].create({"name": "Bench"})
    incident = env.ref("service_desk.ticket_type_incident")
    env["service_desk.skill.demand"].create(
        {"skill_id": skill.id, "type_id": incident.id, "level": "2"}
    )


def _teach(env, people):
    skill = env["service_desk.skill"].search([("name", "=", "Bench")])
    env["service_desk.agent.skill"].create(
        [
            {"agent_id": agent.id, "skill_id": skill.id, "level": str(2 + agent.id % 4)}
            for agent in env["service_desk.agent"]._of_users(people)
        ]
    )


def _values(team, number, **extra):
    return {
        "name": f"Bench {number}",
        "team_id": team.id,
        "type_id": team.env.ref("service_desk.ticket_type_incident").id,
        "priority": str(number % 4),
        **extra,
    }


def cases(env, size):
    """One step of the runner by each method; taking the next ticket; looking who is there."""
    team_id = env["service_desk.team"].search([("name", "=", "Bench")]).id
    found = [Case(f"give out: {method}", _giving(team_id, method), per=STEP) for method in METHODS]
    found.append(Case("next ticket", _pulling(team_id)))
    found.append(Case("load and presence of the team", _looking(team_id)))
    return found


def _giving(team_id, method):
    def side(env):
        team = env["service_desk.team"].browse(team_id)
        team.assign_method = method
        ids = env["service_desk.ticket"].search(
            [("assign_code", "!=", False)], order=QUEUE_ORDER, limit=STEP
        )
        env.flush_all()
        env.invalidate_all()
        return lambda: (env["service_desk.assignment"]._give_out(team, ids), env.cr.flush())

    return side


def _pulling(team_id):
    def side(env):
        member = env["service_desk.team"].browse(team_id).member_ids[:1]
        tickets = env(user=member.id)["service_desk.ticket"]
        return lambda: (tickets.action_pull_next(), env.cr.flush())

    return side


def _looking(team_id):
    def side(env):
        team = env["service_desk.team"].browse(team_id)
        env.invalidate_all()
        return lambda: env["service_desk.assignment"]._candidates(team)

    return side
