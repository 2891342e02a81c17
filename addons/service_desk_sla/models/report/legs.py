"""Who used how much working time of a clock: the spans of a cycle added up, as ``clock.legs`` keeps them."""


def legs_data(cycle, hours_of, now=None):
    """Return ``[{kind, reason, reason_id, hand, hand_id, seconds}]`` of a cycle, without legs of no working time.

    :param cycle: ``clocks.Cycle``
    :param hours_of: ``(calendar_id, company_id)`` → working hours
    :param now: up to when a span goes on that has no end; the last event by default
    """
    seconds = {}
    until = now or cycle.seen_at
    for span in cycle.spans:
        end = span.end or max(until, span.start)
        key = (span.kind, span.reason, span.reason_id, span.hand, span.hand_id)
        for start, stop, target in _pieces(
            cycle.targets, span.start, min(end, max(until, span.start))
        ):
            hours = hours_of(target.calendar_id, target.company_id)
            seconds[key] = seconds.get(key, 0) + hours.seconds_between(start, stop)
    names = ("kind", "reason", "reason_id", "hand", "hand_id")
    return [
        {**dict(zip(names, key, strict=True)), "seconds": used}
        for key, used in seconds.items()
        if used
    ]


def _pieces(targets, start, end):
    """Yield the pieces of a span, each with the target (and so the working hours) that applied to it."""
    for number, target in enumerate(targets):
        following = targets[number + 1].at if number + 1 < len(targets) else end
        begin = start if number == 0 else max(start, target.at)
        stop = min(end, max(following, begin))
        if begin < stop:
            yield begin, stop, target
