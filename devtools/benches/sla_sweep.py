"""What it costs to find and to tell ten due deadlines among ever more running clocks."""

from datetime import timedelta

from devtools.bench_meter import Case

TITLE = "Ten due deadlines among running clocks"
SIZES = [10_000, 100_000, 1_000_000]
DUE = 10
#: So many clocks hang on one ticket of the filling: what is swept are the tickets of their own.
CLOCKS_OF_A_FILLER = 1000
INDEX = "service_desk_clock_next_event_index"


def prepare(env, size):
    """Bring the number of running clocks to ``size``, all due later, and make tickets with clocks of their own."""
    team = env["service_desk.team"].search([("name", "=", "Bench")])
    if not team:
        team = _configure(env)
    env.cr.execute("SELECT count(*) FROM service_desk_clock WHERE slot = 'beside:0'")
    have = env.cr.fetchone()[0]
    fillers = [
        {"name": f"Filler {number}", "team_id": team.id}
        for number in range(have, size, CLOCKS_OF_A_FILLER)
    ]
    tickets = env["service_desk.ticket"].create(fillers)
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO service_desk_clock (ticket_id, slot, metric_id, cycle, agreement_id, version_id, kind, state,
            spans, targets, excuses, started_at, target_seconds, due_at, next_event_at, warn_at)
        SELECT filler.id, 'beside:0', c.metric_id, number, c.agreement_id, c.version_id, c.kind, 'running',
               c.spans, c.targets, c.excuses, c.started_at, c.target_seconds,
               c.due_at + number * INTERVAL '1 minute', c.next_event_at + number * INTERVAL '1 minute', c.warn_at
          FROM unnest(%s) AS filler (id)
         CROSS JOIN generate_series(1, %s) AS number
          JOIN LATERAL (SELECT * FROM service_desk_clock WHERE slot = 'sla' AND ticket_id = filler.id LIMIT 1) c
            ON TRUE
        """,
        (tickets.ids, CLOCKS_OF_A_FILLER),
    )
    env.cr.commit()
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE service_desk_clock")
    env.cr._cnx.autocommit = False
    env.invalidate_all()


def _configure(env):
    env["service_desk.agreement"].search([]).active = False
    agent = env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench_sla",
            "group_ids": [(4, env.ref("service_desk.service_desk_group_agent").id)],
        }
    )
    team = env["service_desk.team"].create(
        {"name": "Bench", "acknowledge": False, "member_ids": [(6, 0, agent.ids)]}
    )
    target = {
        "metric_id": env.ref("service_desk_sla.metric_resolution").id,
        "amount": 600,
        "unit": "minutes",
    }
    agreement = env["service_desk.agreement"].create(
        {
            "name": "Bench",
            "line_ids": [(0, 0, {"target_ids": [(0, 0, target)]})],
            "alert_ids": [(0, 0, {"percent": 75, "notify_assignee": True})],
        }
    )
    agreement.action_publish()
    vals = {"name": "Due", "team_id": team.id, "user_id": agent.id}
    env["service_desk.ticket"].create([vals] * DUE)
    return team


def cases(env, size):
    """Finding them; noting ten breaches; telling ten warnings."""
    return [
        Case("find and lock what is due", _finding),
        Case("note ten breaches, whole step", _sweeping(hours=11, warned=False)),
        Case("tell ten warnings, whole step", _sweeping(hours=8)),
    ]


def _finding(env):
    from odoo import fields

    _let_pass(env, hours=11)
    clocks, domain = env["service_desk.clock"], [("next_event_at", "<=", fields.Datetime.now())]
    _check_plan(env, clocks._search(domain, order="next_event_at, id", limit=50))

    def call():
        due = clocks.search(domain, order="next_event_at, id", limit=50).try_lock_for_update()
        if len(due) != DUE:
            raise ValueError(f"{len(due)} are due")

    return call


def _sweeping(hours, warned=True):
    def side(env):
        from odoo import fields

        env.registry.clear_cache()
        if not warned:
            env.cr.execute(
                "UPDATE service_desk_agreement_version SET definition = jsonb_set(definition, '{alerts}', '[]')"
            )
        _let_pass(env, hours)
        # what is kept in memory is there, as in a process that runs
        _people_and_rules(env)
        now = fields.Datetime.now()
        clocks, domain = env["service_desk.clock"], [("next_event_at", "<=", now)]

        def call():
            due = clocks.search(domain, order="next_event_at, id", limit=50).try_lock_for_update()
            due._sweep(now)
            env.cr.flush()

        return call

    return side


def _people_and_rules(env):
    ticket = env["service_desk.ticket"].search([("name", "=", "Due")], limit=1)
    ticket.user_id._service_desk_stand_ins()
    ticket.with_user(ticket.user_id).has_access("read")
    env.invalidate_all()


def _let_pass(env, hours):
    """Let so many hours have passed for the ten tickets; of what was said before their breach nothing is told."""
    tickets = env["service_desk.ticket"].search(
        [("name", "=", "Due"), ("team_id.name", "=", "Bench")]
    )
    env.cr.execute(
        "UPDATE service_desk_ticket_event SET at = at - %s WHERE ticket_id IN %s",
        (timedelta(hours=hours), tuple(tickets.ids)),
    )
    env.invalidate_all()
    env["service_desk.clock"]._settle(tickets)
    env.flush_all()
    env.invalidate_all()


def _check_plan(env, query):
    env.cr.execute("EXPLAIN " + env.cr.mogrify(query.select().code, query.select().params).decode())
    plan = "\n".join(row[0] for row in env.cr.fetchall())
    if INDEX not in plan:
        raise ValueError(f"The index is not used:\n{plan}")
