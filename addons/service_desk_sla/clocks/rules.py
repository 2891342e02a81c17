"""What a version of an agreement says about one metric."""

from typing import NamedTuple

from .conditions import compiled
from .cycles import Target


class Rules(NamedTuple):
    """When a clock starts, stops and stands still."""

    start: object  # functions of facts; None asks nothing
    stop: object
    pause: object
    waiting: str  # reason, always, never
    approval: bool
    is_repeated: bool
    on_reopen: str  # resume, restart, ended
    counts_from: str  # opening, agreed

    @classmethod
    def of(cls, definition, code):
        """Return the rules for metric ``code`` in an agreement's definition; ``None`` when it has no such metric."""
        metric = definition["metrics"].get(code)
        if metric is None:
            return None
        pauses = definition.get("pauses") or {}
        waits = metric.get("pauses_while_waiting", True)
        return cls(
            compiled(metric.get("start")),
            compiled(metric.get("stop")),
            compiled(metric.get("pause")),
            pauses.get("waiting", "reason") if waits else "never",
            bool(metric.get("pauses_for_approval", True) and pauses.get("approval", True)),
            bool(metric.get("is_repeated")),
            metric.get("on_reopen") or "resume",
            definition.get("from") or "opening",
        )

    def starts(self, facts):
        """Tell whether the start condition holds; one that asks nothing always does."""
        return self.start is None or self.start(facts)

    def stops(self, facts):
        """Tell whether the stop condition holds; one that asks nothing never does."""
        return self.stop is not None and self.stop(facts)

    def pauses(self, facts):
        """Tell whether the metric's own pause condition holds; one that asks nothing never does."""
        return self.pause is not None and self.pause(facts)

    def waits(self, facts):
        """Tell whether the clock stands still because the ticket waits."""
        if facts.get("state") != "waiting" or self.waiting == "never":
            return False
        return self.waiting == "always" or bool(facts.get("waiting_pauses"))


class Promises:
    """What was promised in one slot for one metric, and since when."""

    def __init__(self, targets, rules):
        """Keep the targets, in order, and the :class:`Rules` by version."""
        self.targets = targets
        self._rules = rules

    @classmethod
    def of(cls, agreed, definitions, code, opening):
        """Return the promises that ``agreed`` facts make, ``None`` when there never was a target.

        Where an agreement counts from the opening, the time without one before it goes by it too.

        :param agreed: ``[(instant, [version, line, calendar, company] or None)]`` in order
        """
        rules, targets = {}, []
        for at, entry in agreed:
            target = _target(at, entry, definitions, code)
            if target.amount is not None:
                version = target.version_id
                if version not in rules:
                    rules[version] = Rules.of(definitions[version], code)
                backwards = rules[version].counts_from == "opening"
                if backwards and not targets:
                    target = target._replace(at=min(at, opening))
                elif backwards and targets[-1].amount is None:
                    target = target._replace(at=targets[-1].at)
            _append(targets, target)
        return cls(targets, rules) if targets else None

    def at(self, moment):
        """Return the target that holds at ``moment``, ``None`` when there is none yet."""
        found = None
        for target in self.targets:
            if target.at > moment:
                break
            found = target
        return found

    def rules_at(self, moment):
        """Return the rules at ``moment``: between agreements those of the last one, before the first one its own."""
        found = None
        for target in self.targets:
            if target.amount is None:
                continue
            if found is not None and target.at > moment:
                break
            found = target
        return self._rules[found.version_id]


def _append(targets, target):
    """Add a target; of two at one instant the later one counts, and what changes nothing is not told."""
    while targets and targets[-1].at >= target.at:
        targets.pop()
    if not targets and target.amount is None:
        return
    if not targets or targets[-1][1:] != target[1:]:
        targets.append(target)


def _target(at, entry, definitions, code):
    nothing = Target(at, None, None, None, None, None, None)
    if not entry:
        return nothing
    version, line_id, calendar_id, company_id = entry
    definition = definitions.get(version)
    if not definition or code not in definition["metrics"]:
        return nothing
    line = next((line for line in definition["lines"] if line["id"] == line_id), None)
    target = line and line["targets"].get(code)
    if not target or not target.get("amount"):
        return nothing
    return Target(at, version, line_id, calendar_id, company_id, target["amount"], target["unit"])
