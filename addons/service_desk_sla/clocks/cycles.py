"""What a fold gives, and how it is kept as JSON."""

from datetime import datetime
from typing import NamedTuple

#: Why a clock stands still, or was cancelled.
REASONS = (
    "waiting",  # the ticket waits
    "approval",  # an approval holds the ticket up
    "planned",  # the work is planned to begin later
    "condition",  # the metric's own condition
    "away",  # the ticket is with another team, or no more with the supplier
    "no_agreement",  # no agreement holds, or it has no target for this
    "solved",  # solved before what the clock waits for has happened
    "closed",
    "cancelled",
    "merged",
    "archived",
    "stopped",  # between a stop and the reopening
    "correction",  # a pause that was put in afterwards
    "excused",  # time that was excused afterwards
)


def stamp(moment):
    """Return an instant as JSON keeps it: ``YYYY-MM-DD HH:MM:SS``."""
    return moment.isoformat(" ", "seconds") if moment else None


def moment(text):
    """Return the instant that :func:`stamp` wrote."""
    return datetime.fromisoformat(text) if text else None


class Span(NamedTuple):
    """A stretch of time in which a clock ran or stood still. ``end`` None: it goes on."""

    start: datetime
    end: datetime | None
    kind: str
    reason: str | None = None
    reason_id: int | None = None
    hand: str = "team"
    hand_id: int | None = None

    @property
    def runs(self):
        """Tell whether time is used."""
        return self.kind == "run"


class Target(NamedTuple):
    """What was promised from ``at`` on. ``amount`` None: nothing."""

    at: datetime
    version_id: int | None
    line_id: int | None
    calendar_id: int | None
    company_id: int | None
    amount: int | None
    unit: str | None


class Correction(NamedTuple):
    """What somebody put right afterwards; see the package for the kinds."""

    kind: str
    slot: str | None = None
    metric: str | None = None
    number: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    made_at: datetime | None = None

    def concerns(self, slot, metric, number):
        """Tell whether it is about this cycle."""
        return (
            self.slot in (None, slot)
            and self.metric in (None, metric)
            and self.number in (None, number)
        )


class Cycle(NamedTuple):
    """One run of one metric of one slot, from its start to its stop."""

    slot: str
    metric: str
    number: int
    started_at: datetime
    stopped_at: datetime | None
    outcome: str
    reason: str | None
    spans: tuple
    targets: tuple
    excuses: tuple = ()  # (start or None, end or None, made_at or None)
    seen_at: datetime | None = None

    def spans_data(self):
        """Return the spans as JSON keeps them."""
        return [
            {
                "from": stamp(span.start),
                "to": stamp(span.end),
                "kind": span.kind,
                "reason": span.reason,
                "reason_id": span.reason_id,
                "hand": span.hand,
                "hand_id": span.hand_id,
            }
            for span in self.spans
        ]

    def targets_data(self, reading):
        """Return the targets as JSON keeps them, with the working seconds that ``reading`` found for each."""
        return [
            {**target._asdict(), "at": stamp(target.at), "seconds": seconds}
            for target, seconds in zip(self.targets, reading.seconds_of_targets, strict=True)
        ]

    def excuses_data(self):
        """Return the excuses as JSON keeps them."""
        return [[stamp(each) for each in excuse] for excuse in self.excuses]

    @classmethod
    def of_data(cls, slot, metric, number, spans, targets, outcome, excuses=(), seen_at=None):
        """Return a cycle of what is stored: the twin of the three methods above."""
        spans = tuple(
            Span(
                moment(span["from"]),
                moment(span["to"]),
                span["kind"],
                span["reason"],
                span["reason_id"],
                span["hand"],
                span["hand_id"],
            )
            for span in spans
        )
        targets = tuple(
            Target(
                moment(target["at"]),
                *(target[name] for name in Target._fields[1:]),
            )
            for target in targets
        )
        over = outcome in ("stopped", "cancelled")
        return cls(
            slot,
            metric,
            number,
            spans[0].start,
            spans[-1].end if outcome == "stopped" else None,
            outcome,
            None if outcome in ("running", "stopped") else spans[-1].reason,
            spans,
            targets,
            tuple(tuple(moment(each) for each in excuse) for excuse in excuses),
            seen_at or (spans[-1].end if over else None) or spans[-1].start,
        )
