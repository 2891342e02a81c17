"""What people wait for, as the number of tickets grows."""

from devtools.bench_meter import Case

from . import calls
from .fill import FREQUENT, RARE, Fill
from .people import Firm

TITLE = "What people wait for, as the number of tickets grows"
SIZES = (10_000, 100_000, 1_000_000)


def prepare(env, size):
    """Bring the desk to ``size`` tickets with their conversations."""
    firm = Firm(env, with_peer=False)
    env.cr.commit()
    Fill(firm).reach(size, 0)


def cases(env, size):
    """Return what is measured, as an agent; wake-ups as the scheduler."""
    firm = Firm(env, with_peer=False)
    side = calls.ours(firm)
    agent = firm.agent.id
    found = [*_lists(side, agent), *_searches(firm, side), *_rest(side)]
    return [
        *(Case(name, calls.by(agent, call)) for name, call in found),
        Case("due wake-ups", calls.by(1, _due)),
    ]


def _lists(side, agent):
    is_open = side.is_open
    return [
        ("list of open, 80", side.list(is_open)),
        ("list of all, 80", side.list([])),
        ("list of open, by subject", side.list(is_open, "name")),
        ("my open", side.list([*is_open, ("user_id", "=", agent)])),
        ("team's open", side.list([*is_open, ("team_id", "=", side.team_ids[0])])),
        ("unassigned", side.list([*is_open, ("user_id", "=", False)])),
        ("needs reply", side.list([*is_open, ("needs_reply", "=", True)])),
        ("closed this week", side.list([("closed_at", ">=", "today -7d")])),
        ("solved this week", side.list([("solved_at", ">=", "today -7d")])),
        ("one customer's tickets", side.list([("partner_id", "=", side.partner_ids[0])])),
        ("kanban of open", side.kanban(is_open)),
        ("kanban of all", side.kanban([])),
    ]


def _searches(firm, side):
    number = firm.env[side.model].browse(side.ticket_ids[0]).number
    return [
        ("search, frequent word", side.search(FREQUENT)),
        ("search, frequent word, open", side.list([*side.is_open, *side.search_domain(FREQUENT)])),
        ("search, rare word", side.search(RARE)),
        ("search, no match", side.search("qqqxqqq")),
        ("search, exact number", side.search(number)),
    ]


def _rest(side):
    return [
        ("form with conversation", side.form),
        ("counters of the overview", _counters),
        ("create one", side.create),
        ("change stage", side.change_stage),
        ("comment to the customer", side.comment),
    ]


def _counters(env):
    teams = env["service_desk.team"].search([])
    names = ("open", "unassigned", "needs_reply", "waiting", "urgent", "mine")
    yield
    teams.read([f"{name}_count" for name in names])


def _due(env):
    yield
    env["service_desk.ticket"].search(
        [("state", "=", "waiting"), ("waiting_until", "<=", "now")], limit=500
    )
