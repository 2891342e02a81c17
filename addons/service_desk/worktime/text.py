"""Hours of a day as people write them: "9-13, 14-17:30"."""

import re

from .moments import DAY
from .plan import through

_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"\s*{_TIME}\s*[-–—]\s*{_TIME}\s*")


class HoursError(ValueError):
    """Hours that mean nothing. ``kind``: form, time, order, overlap; ``part``: what was written there."""

    def __init__(self, kind, part):
        super().__init__(f"{kind}: {part}")
        self.kind, self.part = kind, part


def parse_hours(text):
    """Return the ``(from, to)`` seconds of the day of a text, ascending; ``24`` or ``24:00`` is the midnight that ends it.

    :raise HoursError: when a part is not "from-to", no time of day, ends before it begins or overlaps another one
    """
    pairs = sorted(_pair(part) for part in re.split(r"[,;]", text or ""))
    for (_start, end), (start, until) in zip(pairs, pairs[1:], strict=False):
        if start < end:
            raise HoursError("overlap", format_hours([(start, until)]))
    return tuple(pairs)


def format_hours(pairs):
    """Return pairs of seconds of the day as "09:00–13:00, 14:00–17:30"."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in pairs)


def _pair(part):
    match = _SPAN.fullmatch(part)
    if not match:
        raise HoursError("form", part.strip())
    numbers = [int(number or 0) for number in match.groups()]
    start, end = (hour * 3600 + minute * 60 for hour, minute in (numbers[:2], numbers[2:]))
    if max(numbers[1], numbers[3]) > 59 or max(start, end) > DAY:
        raise HoursError("time", part.strip())
    if start >= end:
        raise HoursError("order", part.strip())
    return start, through(end)


def _clock(second):
    return f"{second // 3600:02d}:{second // 60 % 60:02d}"
