"""Clocks without Odoo: what happened folded into spans, and spans read against a target and working hours.

Three steps, all pure, all exact to the second, all instants naive UTC::

    cycles = clocks.fold(timeline, definitions, corrections)  # what ran and stood still, of all slots and metrics
    reading = clocks.read(cycle, hours_of, now)               # used, due, missed, late, left …
    rows = clocks.explain(cycle, hours_of, now)               # the same interval by interval, to be shown

:func:`fold` ``(timeline, definitions, corrections=())`` → list of :class:`Cycle`, ordered by slot, metric, number
    - ``timeline``: :class:`Event`\\ s of one ticket, ordered by (at, id). It may be unordered in time (imported old
      dates): it is sorted by ``at``, equal instants stay as given; what lies before the opening happens at it.
    - ``definitions``: ``{version id: agreement._definition()}`` of every version that an ``agreed`` fact names; one that
      is lacking (a deleted agreement) counts as "no agreement".
    - ``corrections``: :class:`Correction`\\ s of the ticket in the order in which they were made.
    A slot that never had a target for a metric has no cycle of it. Folding is a function of its input: the same
    timeline always gives the same cycles, and ``(slot, metric, number)`` names a cycle.

:func:`read` ``(cycle, hours_of, now=None)`` → :class:`Reading`
    - ``hours_of(calendar_id, company_id)``: the working hours (``add_seconds``, ``seconds_between``, ``next_working``,
      ``add_days``); ``calendar_id`` None is day and night. Called once for each calendar.
    - ``now``: as of when; by default the last event known to the fold (``cycle.seen_at``). ``due`` does not depend on it.

:class:`Cycle`: ``slot, metric, number, started_at, stopped_at, outcome, reason, spans, targets, excuses, seen_at``
    - ``outcome``: ``running``, ``paused``, ``stopped`` or ``cancelled``; ``reason`` says why it stands still or was
      cancelled (:data:`REASONS`); ``stopped_at``: when it stopped or was cancelled. A clock that stands still until a known moment (a planned start) has a span in the
      future: ``reading.state`` and ``reading.changes_at`` know.
    - ``spans``: :class:`Span`\\ s without gaps from ``started_at`` to ``stopped_at`` (the last ``end`` is None while the
      clock is running or paused); ``targets``: :class:`Target`\\ s in order.
    - ``cycle.spans_data()``, ``cycle.targets_data(reading)`` are the JSON of ``service_desk.clock``;
      ``Cycle.of_data(slot, metric, number, spans, targets, outcome, …)`` makes a cycle of a stored row again, so that
      :func:`read` and :func:`explain` need no timeline.

:class:`Span`: ``start, end, kind, reason, reason_id, hand, hand_id``; kind ``run`` or ``pause``; ``reason`` of a pause is one
    of :data:`REASONS`, ``reason_id`` the waiting reason; ``hand`` is ``team``, ``requester``, ``supplier``, ``approver`` or ``other``.

:class:`Target`: ``at, version_id, line_id, calendar_id, company_id, amount, unit``: what was promised since when. The first
    one of a cycle has ``at`` = its start; an ``amount`` None means no target from then on.

:class:`Correction`: ``kind, slot, metric, number, start, end, made_at``; slot, metric, number None: all of them.
    - ``start``: the cycle began at ``start``.
    - ``pause``: it stood still from ``start`` to ``end`` (None: until it stopped); ``run``: it did not stand still then.
    - ``excuse``: with ``start``/``end`` that time does not count; without, the whole breach is excused. A breach that
      had happened before ``made_at`` stays a breach, and is excused.

:class:`Reading` (seconds are whole working seconds)
    ``state`` (running, paused, stopped, cancelled as of now), ``target_seconds`` (None: no target), ``used``, ``paused``,
    ``left`` = target - used (negative: too late; None without a target), ``late``, ``due`` (None while it stands still
    without a known end, cancelled, or without a target), ``missed_at`` / ``is_missed``, ``is_excused``, ``legs``
    (``{(hand, hand_id): seconds used}``), ``spent_at`` (when the target was used up), ``changes_at`` (when it begins or ends to
    stand still by itself) and ``moment_of(percent)`` → the instant at which so many percent of the target are used (past
    or future; None when it stands still before); ``moment_of_used(seconds)`` is the same for seconds.

    A clock is missed when more than its target was used: a stop at the due instant itself, or in the closed hours after
    a due at closing time, is in time. ``missed_at`` is the working instant from which on it was too late; a clock that
    runs is missed from the second after it: ``reading.next_miss_at`` is that second while it lies ahead, for the sweep.

:func:`target_seconds` ``(amount, unit, start, hours)`` → working seconds; days are counted from the first instant at which
    the clock runs. :func:`first_due` ``(amount, unit, start, hours)`` → the due instant of a clock that never stands still:
    what a promise says before there is a ticket.
"""

from .cycles import REASONS, Correction, Cycle, Span, Target
from .explain import explain
from .facts import FACTS, Event
from .fold import fold
from .reading import Reading, read
from .targets import first_due, target_seconds

__all__ = [
    "FACTS",
    "REASONS",
    "Correction",
    "Cycle",
    "Event",
    "Reading",
    "Span",
    "Target",
    "explain",
    "first_due",
    "fold",
    "read",
    "target_seconds",
]
