"""What service levels add to the making of tickets: beside the same tickets without any agreement."""

from devtools.bench_meter import Case

TITLE = "New tickets with two clocks each, beside tickets without an agreement"
SIZES = [1_000]
PEER = "no agreement"


def prepare(env, size):
    """Make a team and an agreement with two metrics and the usual warnings."""
    if env["service_desk.team"].search([("name", "=", "Bench")]):
        return
    env["service_desk.agreement"].search([]).active = False
    env["service_desk.team"].create({"name": "Bench", "acknowledge": False})
    calendar = env["resource.calendar"].create({"name": "Bench", "tz": "Europe/Moscow"})
    targets = [
        (
            0,
            0,
            {
                "metric_id": env.ref(f"service_desk_sla.{name}").id,
                "amount": amount,
                "unit": "minutes",
            },
        )
        for name, amount in (("metric_first_response", 60), ("metric_resolution", 600))
    ]
    agreement = env["service_desk.agreement"].create(
        {
            "name": "Bench",
            "calendar_id": calendar.id,
            "line_ids": [(0, 0, {"target_ids": targets})],
        }
    )
    agreement.action_add_usual_alerts()
    agreement.action_publish()


def cases(env, size):
    """One ticket; many at once; a change of the stage."""
    return [
        Case("new ticket", _creating(1, True), _creating(1, False)),
        Case(
            f"{size} tickets at once, per ticket",
            _creating(size, True),
            _creating(size, False),
            size,
        ),
        Case("answer of an agent", _answering(True), _answering(False)),
        Case("change of the state", _moving(True), _moving(False)),
    ]


def _agree(env, agreed):
    agreements = env["service_desk.agreement"].with_context(active_test=False)
    agreements.search([("name", "=", "Bench")]).active = agreed
    env.flush_all()


def _vals(env, count):
    team = env["service_desk.team"].search([("name", "=", "Bench")])
    return [{"name": f"Bench {number}", "team_id": team.id} for number in range(count)]


def _creating(count, agreed):
    def side(env):
        _agree(env, agreed)
        vals_list = _vals(env, count)
        env["service_desk.ticket"].create(_vals(env, 1))  # what is kept in memory is there
        env.cr.flush()
        return lambda: (env["service_desk.ticket"].create(vals_list), env.cr.flush())

    return side


def _answering(agreed):
    def side(env):
        ticket = _ticket(env, agreed)
        words = {"body": "Yes", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        return lambda: (ticket.message_post(**words), env.cr.flush())

    return side


def _moving(agreed):
    def side(env):
        ticket = _ticket(env, agreed)
        return lambda: (ticket._write_state({"state": "open"}), env.cr.flush())

    return side


def _ticket(env, agreed):
    _agree(env, agreed)
    ticket = env["service_desk.ticket"].create(_vals(env, 1))
    env.cr.flush()
    env.invalidate_all()
    return ticket
