"""Lives of tickets, agreements and calendars, as hypothesis makes them up; all on whole minutes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from odoo.addons.service_desk_sla import clocks

from .clock_world import METRICS, fact, when

#: Zones, and a day on which their clocks are changed; one has no such day, one moves by half an hour.
ZONES = {
    "Europe/Berlin": ["2026-03-29", "2026-10-25"],
    "America/New_York": ["2026-03-08", "2026-11-01"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
    "Asia/Kolkata": ["2026-06-03"],
}
#: No hours begin or end where clocks are changed: what is meant then is a matter of the calendar, not of clocks.
EDGES = [0, 4, 6, 8, 9.5, 12, 13, 17, 18.5, 20, 24]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KINDS = ["changed", "requester_message", "agent_message", "arrived"]
SLOTS = ["sla", "ola:1", "ola:2", "uc:9", "beside:4"]
OWN = {
    "handling": {"start": fact("state", "open"), "stop": fact("user_id", 5), "is_repeated": True},
    "silence": {
        "start": when("requester_message"),
        "stop": when("agent_message"),
        "pause": fact("priority", "low"),
        "on_reopen": "restart",
    },
    "aftermath": {"start": fact("state", "solved"), "stop": fact("state", "closed")},
}
MOSTLY = st.sampled_from([True, True, True, True, False])
FACTS = {
    "state": ["new", "open", "open", "waiting", "waiting", "solved", "closed", "cancelled"],
    "waiting_pauses": [True, True, False],
    "waiting_hand": ["requester", "supplier", "approver", None],
    "waiting_reason_id": [1, 2],
    "approval_hold": [None, "work"],
    "approval_state": ["none", "pending", "approved", "refused"],
    "priority": ["low", "high"],
    "team_id": [1, 2],
    "user_id": [None, 5],
    "partner_id": [7],
    "supplier_id": [None, None, 9],
    "gone": [None, None, None, "merged"],
}


@st.composite
def calendars(draw, zone):
    """A calendar of the tables, or ``None``: day and night."""
    if draw(st.integers(0, 4)) == 0:
        return None
    hours = {}
    for day in DAYS:
        edges = sorted(draw(st.lists(st.sampled_from(EDGES), max_size=4, unique=True)))
        hours[day] = [
            [_clock(start), _clock(end)]
            for start, end in zip(edges[::2], edges[1::2], strict=False)
        ]
    # somebody works on some day
    hours[draw(st.sampled_from(DAYS))] = [["08:00", "20:00"]]
    base = datetime.fromisoformat(ZONES[zone][0])
    off = draw(st.lists(st.integers(-3, 5), max_size=2))
    days = [(base + timedelta(days=day)).date().isoformat() for day in off]
    return {"tz": zone, "hours": hours, "holidays": days}


@st.composite
def targets(draw, codes):
    """Targets for some metrics."""
    found = {}
    for code in codes:
        if draw(MOSTLY):
            unit = draw(st.sampled_from(["minutes", "minutes", "hours", "days", "days_end"]))
            most = {"minutes": 600, "hours": 12}.get(unit, 2)
            found[code] = (draw(st.integers(1, most)), unit)
    return found


@st.composite
def worlds(draw, world_of):
    """A world with two to three agreements in one zone, and the day around which all happens."""
    zone = draw(st.sampled_from(sorted(ZONES)))
    made = {name: draw(calendars(zone)) for name in ("a", "b")}
    world = world_of({name: calendar for name, calendar in made.items() if calendar})
    codes = draw(
        st.lists(st.sampled_from(sorted({**METRICS, **OWN})), min_size=1, max_size=3, unique=True)
    )
    changes = {"pauses_while_waiting": st.booleans(), "pauses_for_approval": st.booleans()}
    changes["on_reopen"] = st.sampled_from(["resume", "restart", "ended"])
    metrics = {}
    for code in codes:
        plain = {"is_repeated": False, "pause": {}, **METRICS.get(code, {}), **OWN.get(code, {})}
        metrics[code] = {**plain, **draw(st.fixed_dictionaries(changes))}
    for name in ("first", "second", "third"):
        calendar = draw(st.sampled_from(["a", "b"]))
        world.agree(
            name,
            draw(targets(codes)),
            calendar if made[calendar] else None,
            metrics=metrics,
            waiting=draw(st.sampled_from(["reason", "always", "never"])),
            approval=draw(st.booleans()),
            counts_from=draw(st.sampled_from(["opening", "agreed"])),
        )
    return world, ZoneInfo(zone), datetime.fromisoformat(draw(st.sampled_from(ZONES[zone])))


@st.composite
def lives(draw, world, day):
    """A timeline in order, corrections, and a moment after it."""
    minutes = st.integers(-1440, 1440)
    moments = sorted(draw(st.lists(minutes, min_size=6, max_size=14, unique=True)))
    at = day + timedelta(minutes=moments[0])
    opening = {name: values[0] for name, values in FACTS.items()}
    opening.update(draw(_changes()), gone=None)
    events = [clocks.Event(at, "opened", opening)]
    slots = draw(st.lists(st.sampled_from(SLOTS), min_size=1, max_size=2, unique=True))
    names = [None, "first", "second", "third"]
    for position, moment in enumerate([moments[0], *moments]):
        # some things happen in the same minute
        at = day + timedelta(minutes=moment) if draw(MOSTLY) else events[-1].at
        happens = draw(st.sampled_from(["agreed", "planned", *["else"] * 5]))
        if happens == "agreed" or not position:
            agreed = {
                slot: world.entries[draw(st.sampled_from([*names, *names[1:]]))]
                for slot in slots
                if draw(MOSTLY)
            }
            events.append(clocks.Event(at, "agreed", {"agreed": agreed}))
        elif happens == "planned":
            planned = at + timedelta(minutes=draw(st.integers(-300, 900)))
            events.append(clocks.Event(at, "changed", {"planned_start_at": str(planned)}))
        else:
            events.append(clocks.Event(at, draw(st.sampled_from(KINDS)), draw(_changes())))
    now = events[-1].at + timedelta(minutes=draw(st.integers(0, 600)))
    return events, draw(_corrections(day, now, slots)), now


@st.composite
def _changes(draw):
    names = draw(st.lists(st.sampled_from(["state", "state", "state", *sorted(FACTS)]), max_size=3))
    return {name: draw(st.sampled_from(FACTS[name])) for name in names}


@st.composite
def _corrections(draw, day, now, slots):
    found = []
    for _ in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(["start", "pause", "run", "excuse"]))
        start = day + timedelta(minutes=draw(st.integers(-2 * 1440, 1440)))
        start = min(start, now)
        end = draw(st.none() | st.integers(1, 1500))
        end = None if end is None else min(now, start + timedelta(minutes=end))
        slot = draw(st.none() | st.sampled_from(slots))
        number = draw(st.sampled_from([None, 1, 2]))
        found.append(clocks.Correction(kind, slot, None, number, start, end, now))
    return found


def _clock(hour):
    return f"{int(hour):02}:{round(hour % 1 * 60):02}"
