"""Agreements, metrics and timelines as plain data, for tests of clocks without a database."""

from odoo.addons.service_desk_sla import clocks

from .clock_hours import hours_of

HOUR, MINUTE = 3600, 60


def when(*kinds):
    """Return the condition that one of these events happens."""
    return {"all": [{"key": "event", "op": "in", "value": list(kinds)}]}


def fact(key, *values):
    """Return the condition that a fact has one of these values."""
    return {"all": [{"key": key, "op": "in", "value": list(values)}]}


#: The metrics that come with the add-on, and some that people make.
METRICS = {
    "first_response": {
        "start": when("opened"),
        "stop": {
            "any": [
                {"key": "event", "op": "=", "value": "agent_message"},
                {"key": "state", "op": "in", "value": ["solved", "closed"]},
            ]
        },
        "pauses_while_waiting": False,
        "on_reopen": "ended",
    },
    "next_response": {
        "start": when("requester_message"),
        "stop": {
            "any": [
                {"key": "event", "op": "=", "value": "agent_message"},
                {"key": "state", "op": "in", "value": ["solved", "closed"]},
            ]
        },
        "pauses_while_waiting": False,
        "is_repeated": True,
        "on_reopen": "ended",
    },
    "update": {
        "start": when("opened", "agent_message"),
        "stop": {
            "any": [
                {"key": "event", "op": "=", "value": "agent_message"},
                {"key": "state", "op": "in", "value": ["solved", "closed"]},
            ]
        },
        "is_repeated": True,
        "on_reopen": "restart",
    },
    "assignment": {
        "start": when("opened"),
        "stop": {"all": [{"key": "user_id", "op": "set"}]},
        "on_reopen": "ended",
    },
    "resolution": {
        "start": when("opened"),
        "stop": fact("state", "solved", "closed"),
        "on_reopen": "resume",
    },
    "arrival": {"start": when("opened"), "stop": when("arrived"), "on_reopen": "ended"},
    "approval": {
        "start": fact("approval_state", "pending"),
        "stop": fact("approval_state", "approved", "refused", "none"),
        "pauses_for_approval": False,
        "is_repeated": True,
        "on_reopen": "ended",
    },
}


class World:
    """Agreements by name, and the calendars that they go by."""

    def __init__(self, calendars=None):
        self.calendars = calendars or {}
        self.definitions = {}
        self.entries = {None: None}
        self._hours = {}

    def agree(self, name, targets, calendar=None, **more):
        """Add an agreement.

        :param dict targets: ``{metric code: (amount, unit)}``
        :param calendar: name of a calendar; ``None`` is day and night
        :param more: ``metrics`` (what is different from :data:`METRICS`), ``waiting``, ``approval``, ``counts_from``
        """
        version = len(self.definitions) + 1
        own = more.get("metrics", {})
        known = {**METRICS, **own}
        self.definitions[version] = {
            "metrics": {
                code: {**METRICS.get(code, {}), **known[code], "code": code} for code in targets
            },
            "pauses": {
                "waiting": more.get("waiting", "reason"),
                "approval": more.get("approval", True),
            },
            "from": more.get("counts_from", "opening"),
            "lines": [
                {
                    "id": version,
                    "targets": {
                        code: {"amount": amount, "unit": unit}
                        for code, (amount, unit) in targets.items()
                    },
                }
            ],
        }
        self.entries[name] = [version, version, calendar, None]
        return version

    def hours(self, calendar_id, company_id=None):
        """Return the hours of a calendar by its name."""
        if calendar_id not in self._hours:
            self._hours[calendar_id] = hours_of(calendar_id and self.calendars[calendar_id])
        return self._hours[calendar_id]

    def agreed(self, at, **slots):
        """Return the event that agreements apply; ``sla="Standard", ola_7="Second line", sla=None``."""
        facts = {slot.replace("_", ":"): self.entries[name] for slot, name in slots.items()}
        return clocks.Event(at, "agreed", {"agreed": facts})

    def fold(self, events, corrections=()):
        """Return the cycles of a timeline."""
        return clocks.fold(events, self.definitions, corrections)

    def reading(self, events, now=None, corrections=(), slot="sla", metric="resolution"):
        """Return the reading of the last cycle of a metric, ``None`` when there is none."""
        cycles = [
            cycle
            for cycle in self.fold(events, corrections)
            if (cycle.slot, cycle.metric) == (slot, metric)
        ]
        return clocks.read(cycles[-1], self.hours, now) if cycles else None
