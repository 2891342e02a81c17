"""How long a target is, in working seconds."""

SECONDS = {"minutes": 60, "hours": 3600}


def target_seconds(amount, unit, start, hours):
    """Return a target as working seconds; ``None`` when there is none, or the calendar never has so many days.

    Days are counted from ``start`` to the instant that so many working days later has the same time of day, or
    ends the day; standing still then moves the deadline by the working time that it took.

    :param unit: ``minutes``, ``hours``, ``days`` or ``days_end``
    :param start: naive UTC: the first instant at which the clock runs
    """
    if not amount:
        return None
    if unit in SECONDS:
        return amount * SECONDS[unit]
    end = hours.add_days(start, amount, end_of_day=unit == "days_end")
    return None if end is None else hours.seconds_between(start, end)


def first_due(amount, unit, start, hours):
    """Return when a clock that begins at ``start`` and never stands still is due; ``None`` without a target."""
    seconds = target_seconds(amount, unit, start, hours)
    return None if seconds is None else after(hours, start, seconds)


def after(hours, start, seconds):
    """Return the instant at which ``seconds`` of work since ``start`` are done: at a closing rather than an opening."""
    return hours.add_seconds(start, seconds) if seconds else hours.next_working(start)
