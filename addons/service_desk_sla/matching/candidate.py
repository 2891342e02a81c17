"""One agreement in force, held against one request."""

from dataclasses import dataclass
from datetime import UTC
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo.addons.service_desk.entitling import Level, Row

#: Of these the nearer one is the more specific: a shop before its region.
NESTED = ("site", "customer", "department", "customer_tag")
NOTHING = {}


class Verdict(NamedTuple):
    """How an agreement stands to a request: ``code`` is empty when it fits.

    Codes: ``not_yet``, ``expired``, ``never_for``, ``not_for``, ``other_service``, ``no_line``.
    """

    code: str
    rank: tuple = ()
    line: "Line" = None
    row_id: int = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an agreement's table; ``data`` is what the version's definition says of it."""

    data: dict
    number: int
    priority: str = None
    type_id: int = None
    service_id: int = None
    offering_id: int = None

    @classmethod
    def of(cls, data, number):
        """Read a row of a definition."""
        names = ("priority", "type_id", "service_id", "offering_id")
        return cls(data, number, **{name: data.get(name) or None for name in names})

    def fits(self, request, path):
        """Tell whether the row is for a ticket; ``path`` is its service with all that is above it."""
        return (
            (self.priority is None or self.priority == request["priority"])
            and (self.type_id is None or self.type_id == request["type_id"])
            and (self.service_id is None or self.service_id in path)
            and (self.offering_id is None or self.offering_id == request["offering_id"])
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One agreement in force, as its version says it."""

    id: int
    version_id: int
    number: int
    name: str
    kind: str
    company_id: int
    sequence: int
    parties: Level
    lines: tuple
    beside: bool = False
    services: frozenset = frozenset()
    offerings: frozenset = frozenset()
    teams: frozenset = frozenset()
    supplier_id: int = None
    below: frozenset = frozenset()
    valid_from: object = None
    valid_until: object = None
    ended_at: object = None
    tz: str = "UTC"

    def judge(self, request, facts, path, weights):
        """Return the :class:`Verdict` on a request.

        :param dict facts: ``{dimension: values}`` of the person and the place, and ``{"near": {dimension: {value:
            steps away}}}``
        :param tuple path: the service of the ticket and all that is above it, the nearest first
        :param dict weights: ``{dimension: bit}``; what names the heavier dimension is more specific
        """
        if code := self._out_of_time(request["at"]):
            return Verdict(code)
        row, told = self._party(facts, weights)
        if told:
            return Verdict(told, row_id=row and row.id)
        if not self._in_scope(request, path):
            return Verdict("other_service")
        line, rank = self._best_line(request, path)
        if line is None:
            return Verdict("no_line")
        return Verdict("", (*self._party_rank(row, facts, weights), *rank), line, row and row.id)

    def _out_of_time(self, at):
        if self.ended_at and at >= self.ended_at:
            return "expired"
        if not self.valid_from and not self.valid_until:
            return ""
        day = at.replace(tzinfo=UTC).astimezone(ZoneInfo(self.tz)).date()
        if self.valid_from and day < self.valid_from:
            return "not_yet"
        return "expired" if self.valid_until and day > self.valid_until else ""

    # ------------------------------------------------------------------ parties
    def _party(self, facts, weights):
        """Return the most specific row that fits (None: the agreement is for everybody), and why not."""
        if row := self.parties.refusal(facts):
            return row, "never_for"
        if not self.parties.allowing:
            return None, ""
        fitting = [row for row in self.parties.allowing if row.fits(facts)]
        if not fitting:
            return None, "not_for"
        return max(fitting, key=lambda row: self._party_rank(row, facts, weights)), ""

    def _party_rank(self, row, facts, weights):
        """Return how specific a row is: what it names, then how near that is."""
        if row is None:
            return (0, *(0 for _dimension in NESTED))
        near = facts.get("near", NOTHING)
        named = dict(row.conditions)
        steps = (
            -min(
                (
                    near.get(dimension, NOTHING).get(value, 0)
                    for value in named[dimension] & facts.get(dimension, frozenset())
                ),
                default=0,
            )
            if dimension in named
            else 0
            for dimension in NESTED
        )
        return (sum(weights.get(dimension, 1) for dimension in named), *steps)

    # -------------------------------------------------------------------- scope
    def _in_scope(self, request, path):
        if not self.services and not self.offerings:
            return True
        return request["offering_id"] in self.offerings or not self.services.isdisjoint(path)

    def _best_line(self, request, path):
        """Return the most specific row of the table for a request, and how specific it and the scope are."""
        best = None, ()
        for line in self.lines:
            if line.fits(request, path):
                rank = self._line_rank(line, request, path)
                if best[0] is None or rank > best[1]:
                    best = line, rank
        return best

    def _line_rank(self, line, request, path):
        """Return (offering named, nearness of the service named, type named, priority named)."""
        offering = line.offering_id is not None or request["offering_id"] in self.offerings
        named = {line.service_id} if line.service_id else self.services
        depth = max((len(path) - path.index(s) for s in named if s in path), default=0)
        return (offering, depth, line.type_id is not None, line.priority is not None)


def read(definition, **own):
    """Return the :class:`Candidate` of a version's definition; ``own`` is what the agreement itself knows."""
    scope = definition.get("scope") or {}
    rows = [
        (
            party["kind"],
            Row(
                party["id"],
                tuple((name, frozenset(values)) for name, values in party["conditions"].items()),
                party.get("broken", False),
            ),
        )
        for party in definition.get("parties") or ()
    ]
    return Candidate(
        kind=definition["kind"],
        parties=Level(
            tuple(row for kind, row in rows if kind == "allow"),
            tuple(row for kind, row in rows if kind == "refuse"),
        ),
        lines=tuple(
            Line.of(line, number)
            for number, line in enumerate(definition["lines"], 1)
            if line["targets"]
        ),
        beside=bool(definition.get("beside")),
        services=frozenset(scope.get("service_ids") or ()),
        offerings=frozenset(scope.get("offering_ids") or ()),
        teams=frozenset(scope.get("team_ids") or ()),
        supplier_id=scope.get("supplier_id") or None,
        below=frozenset(definition.get("below") or ()),
        **own,
    )
