"""What happened, folded into cycles."""

from .cycles import Cycle
from .rules import Promises
from .snapshots import agreed_by_slot, ordered, snapshots
from .spans import corrected, cut
from .standing import CANCELLING, track
from .walk import Walk


def fold(timeline, definitions, corrections=()):
    """Return the cycles of all slots and metrics of a ticket; see the package for what is what."""
    events = ordered(timeline)
    if not events:
        return []
    shots = snapshots(events)
    found = []
    for slot, agreed in agreed_by_slot(events).items():
        for code in _codes(agreed, definitions):
            promises = Promises.of(agreed, definitions, code, events[0].at)
            if promises:
                found.extend(_cycles(slot, code, shots, promises, corrections, events[-1].at))
    return found


def _codes(agreed, definitions):
    """Return the metrics that the agreements of a slot know."""
    versions = {entry[0] for _at, entry in agreed if entry}
    return sorted(
        {code for each in versions for code in definitions.get(each, {}).get("metrics", ())}
    )


def _cycles(slot, code, shots, promises, corrections, seen_at):
    found, tracks = [], {}
    for run in Walk(slot, promises).over(shots):
        if run.on_done not in tracks:
            tracks[run.on_done] = track(slot, shots, promises, counts_done=run.on_done)
        number = len(found) + 1
        ours = [each for each in corrections if each.concerns(slot, code, number)]
        cycle = _cycle(slot, code, number, run, tracks[run.on_done], promises, ours, seen_at)
        if cycle:
            found.append(cycle)
    return found


def _cycle(slot, code, number, run, stretches, promises, corrections, seen_at):
    """Return a cycle, ``None`` when nothing was ever promised for it."""
    start, spans = _begun(run, stretches, promises, corrections)
    if not spans:
        return None
    spans, excuses = corrected(spans, corrections)
    outcome, reason = ("stopped", None) if run.stop else _outcome(spans, seen_at)
    if outcome == "cancelled":
        spans, stopped_at, reason = _until_cancelled(spans)
    else:
        stopped_at = run.stop and max(run.stop, start)
    targets = _targets(promises, start, stopped_at)
    if all(target.amount is None for target in targets):
        return None
    return Cycle(
        slot, code, number, start, stopped_at, outcome, reason,
        tuple(spans), tuple(targets), excuses, seen_at,
    )  # fmt: skip


def _begun(run, stretches, promises, corrections):
    """Return the start and the spans from it: where an agreement holds, or where a correction put it."""
    moved = [each.start for each in corrections if each.kind == "start" and each.start]
    if moved:
        start = moved[-1] if run.stop is None else min(moved[-1], run.stop)
        return start, _promised(cut(stretches, start, run.stop, run.gaps), promises)
    target = promises.at(run.start)
    if run.start == run.stop and (target is None or target.amount is None):
        return run.start, []
    spans = cut(stretches, run.start, run.stop, run.gaps)
    while spans and spans[0].reason == "no_agreement":
        spans.pop(0)
    return (spans[0].start if spans else None), spans


def _promised(spans, promises):
    """Return spans that run before the first agreement: whoever moves a start back means that it held from there."""
    first = promises.targets[0].at
    return [
        span._replace(kind="run", reason=None)
        if span.reason == "no_agreement" and span.start < first
        else span
        for span in spans
    ]


def _outcome(spans, seen_at):
    """Return how a clock without a stop stands, and why."""
    last = spans[-1]
    if last.reason in CANCELLING and last.end is None:
        return "cancelled", last.reason
    for span in spans:
        if span.end is None or span.end > seen_at:
            return ("running", None) if span.runs else ("paused", span.reason)
    return "running", None


def _until_cancelled(spans):
    """Return the spans before what cancelled the clock, that instant, and why."""
    left = list(spans)
    while left and left[-1].reason in CANCELLING:
        last = left.pop()
    return left or [last._replace(end=last.start)], last.start, last.reason


def _targets(promises, start, stop):
    """Return the targets of a cycle; the first one holds from its start."""
    found = []
    for target in promises.targets:
        if not found or target.at <= start:
            found = [target]
        elif stop is None or target.at < stop:
            found.append(target)
    return [found[0]._replace(at=start), *found[1:]] if found else []
