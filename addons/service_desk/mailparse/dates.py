"""The date a sender claims, in naive UTC."""

import datetime
import re
from email.utils import parsedate_tz

RU_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
EN_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
OLDEST, NEWEST_AHEAD = datetime.datetime(1990, 1, 1), datetime.timedelta(days=2)


def parse_date(text):
    """Return the naive UTC datetime of an RFC 5322 date, or ``None``."""
    try:
        parts = parsedate_tz(text[:200])
        if not parts:
            return None
        stamp = datetime.datetime(*parts[:6])
        return stamp - datetime.timedelta(seconds=parts[9] or 0)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def is_odd(stamp):
    """Tell whether a claimed date cannot be true: long ago, or later than two days from now."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    return stamp < OLDEST or stamp > now + NEWEST_AHEAD


def parse_written_date(text):
    """Return the datetime of a date as people's mail programs write it in quoted headers."""
    text = text.strip()[:120]
    stamp = parse_date(text)
    if stamp:
        return stamp
    day = re.search(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text)
    if day:
        numbers = (int(day.group(3)), int(day.group(2)), int(day.group(1)))
        if numbers[1] > 12:
            numbers = (numbers[0], numbers[2], numbers[1])
    else:
        numbers = _named_month(text.lower())
    if not numbers:
        return None
    clock = re.search(
        r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.?m)?", text, re.IGNORECASE
    )
    hour, minute, second = (int(value or 0) for value in clock.groups()[:3]) if clock else (0, 0, 0)
    if clock and clock.group(4):
        hour = hour % 12 + (12 if clock.group(4).lower() == "p" else 0)
    zone = re.search(r"(?:\s|GMT|UTC)([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)", text)
    offset = datetime.timedelta()
    if zone:
        offset = datetime.timedelta(hours=int(zone.group(2)), minutes=int(zone.group(3) or 0))
        offset = -offset if zone.group(1) == "-" else offset
    try:
        return datetime.datetime(*numbers, hour, minute, second) - offset
    except (ValueError, OverflowError):
        return None


def _named_month(text):
    for pattern, day, month, year in (
        (r"(\d{1,2})(?:-?(?:го|th|st|nd|rd))?[\s.]+([a-zа-я]{3,9})\.?,?\s+(\d{4})", 1, 2, 3),
        (r"([a-zа-я]{3,9})\.?\s+(\d{1,2})(?:th|st|nd|rd)?,?\s+(\d{4})", 2, 1, 3),
    ):
        for match in re.finditer(pattern, text):
            name = match.group(month)[:3]
            for months in (RU_MONTHS, EN_MONTHS):
                if name in months:
                    return int(match.group(year)), months.index(name) + 1, int(match.group(day))
            if name == "май":
                return int(match.group(year)), 5, int(match.group(day))
    return None
