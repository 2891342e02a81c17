"""The spans of one cycle: the track between its start and its stop, with what was put right afterwards."""

from .cycles import Span

#: Standing still that a correction can lift: the ticket was with us all the same.
LIFTABLE = frozenset(
    {"waiting", "approval", "planned", "condition", "solved", "closed", "correction", "excused"}
)


def cut(stretches, start, stop, gaps):
    """Return the spans from ``start`` to ``stop`` (None: open), with ``gaps`` between a stop and a reopening."""
    spans = []
    for index, (at, stand) in enumerate(stretches):
        end = stretches[index + 1].at if index + 1 < len(stretches) else None
        kind = "pause" if stand.reason else "run"
        spans.append(Span(at, end, kind, *stand))
    if spans and start < spans[0].start:
        # before the opening the clock can only have run, in the hands that had it first
        first = spans[0]
        spans.insert(0, Span(start, first.start, "run", None, None, first.hand, first.hand_id))
    spans = _within(spans, start, stop)
    for since, until in gaps:
        spans = overlay(spans, since, until, lambda span: True, _stopped)
    return joined(spans, start)


def overlay(spans, start, end, concerns, change):
    """Return ``spans`` in which each part between ``start`` and ``end`` (None: open) that concerns is changed."""
    made = []
    for span in spans:
        inside = _within([span], start, end)
        if not inside or not concerns(span):
            made.append(span)
            continue
        (part,) = inside
        if span.start < part.start:
            made.append(span._replace(end=part.start))
        made.append(change(part))
        if part.end is not None and (span.end is None or part.end < span.end):
            made.append(span._replace(start=part.end))
    return made


def corrected(spans, corrections):
    """Return the spans after the corrections in their order, and the excuses."""
    excuses = []
    for each in corrections:
        if each.kind == "pause":
            spans = overlay(spans, each.start, each.end, _runs, _paused)
        elif each.kind == "run":
            spans = overlay(spans, each.start, each.end, _liftable, _run)
        elif each.kind == "excuse":
            if each.start:
                excuse = _excused(len(excuses))
                spans = overlay(spans, each.start, each.end, _runs, excuse)
            excuses.append((each.start, each.end, each.made_at))
    return joined(spans, spans[0].start), tuple(excuses)


def joined(spans, start):
    """Return spans of which no two neighbours are alike; at least one, be it without length."""
    made = []
    for span in spans:
        if span.start == span.end:
            continue
        if made and made[-1][2:] == span[2:]:
            made[-1] = made[-1]._replace(end=span.end)
        else:
            made.append(span)
    if made:
        return made
    like = spans[-1] if spans else Span(start, start, "run")
    return [like._replace(start=start, end=start)]


def _within(spans, start, end):
    made = []
    for span in spans:
        since = max(span.start, start)
        until = span.end if end is None else end if span.end is None else min(span.end, end)
        if until is None or since < until:
            made.append(span._replace(start=since, end=until))
    return made


def _runs(span):
    return span.runs


def _liftable(span):
    return not span.runs and span.reason in LIFTABLE


def _stopped(span):
    return span._replace(kind="pause", reason="stopped", reason_id=None)


def _paused(span):
    return span._replace(kind="pause", reason="correction", reason_id=None)


def _run(span):
    return span._replace(kind="run", reason=None, reason_id=None)


def _excused(number):
    return lambda span: span._replace(kind="pause", reason="excused", reason_id=number)
