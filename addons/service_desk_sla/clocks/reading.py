"""Spans read against a target and working hours."""

from datetime import timedelta
from typing import NamedTuple

from .targets import after, target_seconds

SECOND = timedelta(seconds=1)


class Piece(NamedTuple):
    """A part of a span with one target: the grain of all reckoning. ``work`` is None while the end is open."""

    start: object
    end: object
    span: object
    index: int  # of the target
    runs: bool
    hours: object
    work: int | None
    before: int  # used until its start


def read(cycle, hours_of, now=None):
    """Return the :class:`Reading` of a cycle as of ``now``; see the package."""
    return Reading(cycle, hours_of, now or cycle.seen_at)


class Reading:
    """What a clock shows at one moment."""

    def __init__(self, cycle, hours_of, now):
        self.cycle = cycle
        self.now = now
        self._hours_of = _Hours(hours_of)
        self._lay()
        self.target_seconds = self.seconds_of_targets[self._index_at(now)]
        self.state, self.changes_at = self._state()
        self._count()
        self._forecast()
        self._excuse()

    # ------------------------------------------------------------------ pieces
    def _lay(self, excuses=None):
        """Cut the spans at the targets, and reckon the work of each piece.

        :param int excuses: how many of the excuses count; the time of the others was used
        """
        cycle = self.cycle
        self._hours = [
            self._hours_of(target.calendar_id, target.company_id) for target in cycle.targets
        ]
        _fill_gaps(self._hours, cycle.targets)
        parts = list(_parts(cycle, excuses))
        first = next((start for start, _end, _span, _index, runs in parts if runs), None)
        self.seconds_of_targets = [
            target_seconds(target.amount, target.unit, first or cycle.started_at, hours)
            for target, hours in zip(cycle.targets, self._hours, strict=True)
        ]
        self.pieces, used = [], 0
        for start, end, span, index, runs in parts:
            hours = self._hours[index]
            work = None if end is None else hours.seconds_between(start, end)
            self.pieces.append(Piece(start, end, span, index, runs, hours, work, used))
            used += work if runs and work else 0

    def _index_at(self, moment):
        """Return which target holds at ``moment``."""
        targets = self.cycle.targets
        return max((i for i, target in enumerate(targets) if target.at <= moment), default=0)

    def _state(self):
        """Return the state as of now, and when it changes by itself."""
        if self.cycle.outcome in ("stopped", "cancelled"):
            return self.cycle.outcome, None
        *passed, last = self.cycle.spans
        ahead = [span for span in passed if span.end > self.now] + [last]
        runs = ahead[0].runs
        change = next((span.start for span in ahead if span.runs != runs), None)
        return "running" if runs else "paused", change

    # -------------------------------------------------------------------- past
    def _count(self):
        """Reckon what has been used until now, by whom, and when the target was missed."""
        self.used, self.paused, self.legs = 0, 0, {}
        self.late, self.missed_at = 0, None
        index = None
        for piece in self.pieces:
            if piece.start > self.now:
                break
            limit = self.seconds_of_targets[piece.index]
            if piece.index != index and index is not None:
                self._miss_at_once(piece, limit)
            index = piece.index
            work = self.work_until_now(piece)
            if not piece.runs:
                self.paused += work if piece.span.reason != "stopped" else 0
                continue
            self._miss_in(piece, limit, work)
            self.used += work
            hand = (piece.span.hand, piece.span.hand_id)
            self.legs[hand] = self.legs.get(hand, 0) + work
        self.is_missed = self.missed_at is not None
        self.left = None if self.target_seconds is None else self.target_seconds - self.used

    def work_until_now(self, piece):
        """Return the working seconds of a piece that have passed."""
        if piece.end is not None and piece.end <= self.now:
            return piece.work
        return piece.hours.seconds_between(piece.start, self.now) if self.now > piece.start else 0

    def _miss_at_once(self, piece, limit):
        """A new target that is used up already is missed as it begins to hold."""
        if limit is None or self.used <= limit or piece.span.reason == "stopped":
            return
        self.late = max(self.late, self.used - limit)
        self.missed_at = self.missed_at or self.cycle.targets[piece.index].at

    def _miss_in(self, piece, limit, work):
        over = 0 if limit is None else self.used + work - limit
        if over <= 0:
            return
        self.late = max(self.late, over)
        if self.missed_at is None:
            self.missed_at = _first_over(piece, limit - self.used)

    # ------------------------------------------------------------------ future
    def _forecast(self):
        """Reckon when the target is or was used up, and the next second of a breach."""
        limit = self.target_seconds
        self.due = self.spent_at = self.next_miss_at = None
        if limit is None:
            return
        reached = self._reach(limit)
        if reached is not None and self.used >= limit and reached <= self.now:
            self.spent_at = reached
        if self.state == "stopped" and reached is None:
            self.due = self._as_if_going_on(limit)
        elif self.state in ("stopped", "running") or (self.state == "paused" and not self.spent_at):
            self.due = reached
        if self.state in ("running", "paused") and self.missed_at is None:
            self.next_miss_at = self._next_miss(limit)

    def _reach(self, seconds):
        """Return when ``seconds`` are used, past or to come; ``None`` when the clock stops or stands still before."""
        for piece in self.pieces:
            if not piece.runs or piece.work == 0:
                continue
            if piece.work is None or piece.before + piece.work >= seconds:
                return after(piece.hours, piece.start, max(0, seconds - piece.before))
        return None

    def _next_miss(self, limit):
        for piece in self.pieces:
            if piece.runs and (piece.work is None or piece.before + piece.work > limit):
                begun = _first_over(piece, max(0, limit - piece.before))
                return begun and begun + SECOND
        return None

    def _as_if_going_on(self, limit):
        """Return when a clock that stopped in time would have been due."""
        return after(self._hours[-1], self.cycle.stopped_at, limit - self.used)

    def moment_of(self, percent):
        """Return when ``percent`` of the target are used, past or to come; ``None`` when that is not known."""
        if self.target_seconds is None:
            return None
        return self.moment_of_used(-(-self.target_seconds * percent // 100))

    def moment_of_used(self, seconds):
        """Return when ``seconds`` of working time are used, past or to come; ``None`` when that is not known."""
        return None if self.state == "cancelled" else self._reach(seconds)

    # ----------------------------------------------------------------- excuses
    def _excuse(self):
        """Tell whether the breach is excused: as a whole, or because it was one only with time that was excused."""
        excuses = self.cycle.excuses
        whole = any(start is None for start, _end, _made in excuses)
        if not self.is_missed and any(start for start, _end, _made in excuses):
            self.missed_at = self._missed_before_excuses()
            self.is_missed = self.missed_at is not None
            self.is_excused = self.is_missed
        else:
            self.is_excused = self.is_missed and whole

    def _missed_before_excuses(self):
        """Return when it was missed in the eyes of those who had not yet excused it."""
        for number, (start, _end, made_at) in enumerate(self.cycle.excuses):
            if start is None:
                continue
            then = Reading.__new__(Reading)
            then.cycle, then._hours_of = self.cycle, self._hours_of
            then.now = min(made_at or self.now, self.now)
            then._lay(excuses=number)
            then.target_seconds = then.seconds_of_targets[then._index_at(then.now)]
            then._count()
            if then.is_missed:
                return then.missed_at
        return None


class _Hours:
    """Asks for each calendar once."""

    def __init__(self, hours_of):
        self._hours_of = hours_of
        self._known = {}

    def __call__(self, calendar_id, company_id):
        key = (calendar_id, company_id)
        if key not in self._known:
            self._known[key] = self._hours_of(*key)
        return self._known[key]


def _parts(cycle, excuses):
    """Yield ``(start, end, span, index of the target, runs)``: the spans cut where a target begins."""
    targets = cycle.targets
    index, last = 0, len(targets) - 1
    for span in cycle.spans:
        excused = span.reason == "excused" and (excuses is None or span.reason_id < excuses)
        runs = span.runs or (span.reason == "excused" and not excused)
        start = span.start
        while True:
            while index < last and targets[index + 1].at <= start:
                index += 1
            end = span.end
            if index < last and (end is None or targets[index + 1].at < end):
                end = targets[index + 1].at
            yield start, end, span, index, runs
            if end == span.end:
                break
            start = end


def _fill_gaps(hours, targets):
    """Let times without a target go by the hours of the one before them."""
    for index, target in enumerate(targets):
        if target.amount is None and index:
            hours[index] = hours[index - 1]


def _first_over(piece, seconds):
    """Return the working instant at which ``seconds`` of a piece are used and more begins to be."""
    reached = piece.start if seconds <= 0 else piece.hours.add_seconds(piece.start, seconds)
    return reached and piece.hours.next_working(reached)
