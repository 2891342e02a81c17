"""One answer each: read strictly into the one form in which it is kept, or refused with a code.

Kept are the types of JSON: text, whole number or float, true/false, ISO texts for days and moments (moments
naive UTC as ``YYYY-MM-DD HH:MM:SS``), lists of keys or ids. What is kept reads as itself again.
"""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from ..regexp import Automaton, OverBudgetError
from ..regexp.syntax import folded
from . import definition as shape
from .problems import whole

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
MAX_ID = 2**31 - 1


class Refused(Exception):
    """An answer is refused: ``code`` and the facts for its sentence."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts


def is_empty(kind, value):
    """Tell whether a value means no answer; Odoo's clients send false for it."""
    if value is None:
        return True
    if isinstance(value, bool):
        return not value and kind != "boolean"
    return (isinstance(value, str) and not value.strip()) or value == [] or value == {}


# ------------------------------------------------------------------------- text
def read_text(question, value, asked):
    if not isinstance(value, str):
        raise Refused("not_text")
    longest = min(
        question.rule("max_length", shape.MAX_LENGTH[question.kind]),
        shape.MAX_LENGTH[question.kind],
    )
    if len(value) > 2 * shape.MAX_LENGTH["long_text"]:
        raise Refused("too_long", most=longest)
    value = value.replace("\r\n", "\n").strip()
    breaks = "\n\t" if question.kind == "long_text" else ""
    if any(not _writable(char) and char not in breaks for char in value):
        raise Refused("not_line" if question.kind == "text" else "unwritable")
    if len(value) > longest:
        raise Refused("too_long", most=longest)
    if len(value) < question.rule("min_length", 0):
        raise Refused("too_short", least=question.rule("min_length"))
    if question.rule("pattern") and not _fits_pattern(question.rule("pattern"), value):
        raise Refused("pattern")
    return value


def _writable(char):
    """Neither control characters, nor halves of letters, nor what breaks or turns a line."""
    code = ord(char)
    return (
        code >= 32
        and not 127 <= code < 160
        and not 0xD800 <= code < 0xE000
        and char not in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


@lru_cache(maxsize=500)
def _automaton(pattern):
    return Automaton(whole(pattern))


def _fits_pattern(pattern, value):
    try:
        return _automaton(pattern).search("".join(map(folded, value)))
    except OverBudgetError:
        return False


# ---------------------------------------------------------------------- numbers
def read_number(question, value, asked):
    decimals = question.rule("decimals", 2 if question.kind == "money" else 0)
    number = _decimal(value)
    if abs(number) > shape.MAX_NUMBER:
        raise Refused("too_large", most=shape.MAX_NUMBER)
    exponent = -number.as_tuple().exponent
    if exponent > decimals:
        raise Refused("decimals", most=decimals)
    if len(number.as_tuple().digits) > shape.MAX_DIGITS:
        raise Refused("too_many_digits", most=shape.MAX_DIGITS)
    least, most = question.rule("min"), question.rule("max")
    if least is not None and number < Decimal(repr(least)):
        raise Refused("too_small", least=least)
    if most is not None and number > Decimal(repr(most)):
        raise Refused("too_large", most=most)
    return float(number) + 0.0 if decimals else int(number)


def _decimal(value):
    """Return a number exactly as it was given; 0.1 is a tenth."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise Refused("not_number")
    if isinstance(value, str) and not NUMBER.fullmatch(value.strip()):
        raise Refused("not_number")
    if isinstance(value, int) and abs(value) > shape.MAX_NUMBER:
        raise Refused("too_large", most=shape.MAX_NUMBER)
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation:
        raise Refused("not_number") from None
    if not number.is_finite():
        raise Refused("not_number")
    if abs(number) > shape.MAX_NUMBER:
        raise Refused("too_large", most=shape.MAX_NUMBER)
    number = number.normalize() if number else Decimal(0)
    return number if number.as_tuple().exponent <= 0 else number.quantize(Decimal(1))


# ------------------------------------------------------------------------ dates
def read_date(question, value, asked):
    if not isinstance(value, str) or not DATE.fullmatch(value.strip()):
        raise Refused("not_date")
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        raise Refused("not_date") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refused("not_date")
    _check_moment(question, day, asked)
    return day.isoformat()


def read_datetime(question, value, asked):
    """A moment with ``T`` is of the asker's own clock, with an offset of that one, with a space it is UTC."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value.strip()):
        raise Refused("not_datetime")
    value = value.strip()
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise Refused("not_datetime") from None
    if not FIRST_DAY < moment.date() < LAST_DAY:
        raise Refused("not_datetime")
    if moment.tzinfo is None:
        zone = UTC if " " in value else asked.zone
        local, moment = moment, moment.replace(tzinfo=zone)
        back = moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        if back != local:  # an hour that the clocks leave out
            raise Refused("no_such_hour")
    moment = moment.astimezone(UTC)
    _check_moment(question, moment.astimezone(asked.zone).date(), asked)
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def local_day(value, zone):
    """Return the day of a kept date or moment on the asker's calendar."""
    if len(value) == 10:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value).replace(tzinfo=UTC).astimezone(zone).date()


def _check_moment(question, day, asked):
    for name, wrong in (("not_before", "too_early"), ("not_after", "too_late")):
        limit = question.rule(name)
        edge = limit and _edge(limit, asked)
        if edge and (day < edge if name == "not_before" else day > edge):
            raise Refused(wrong, day=edge)


def _edge(limit, asked):
    """Return the day that a limit names; None while the other question has no answer."""
    if limit.get("today"):
        start = asked.today
    else:
        other = asked.row.get(limit["key"]) or asked.answers.get(limit["key"])
        start = local_day(other, asked.zone) if isinstance(other, str) and other else None
    return start and start + timedelta(days=limit.get("days", 0))


# ---------------------------------------------------------- choices and records
def read_boolean(question, value, asked):
    if not isinstance(value, bool):
        raise Refused("not_boolean")
    return value


def read_choice(question, value, asked):
    if not isinstance(value, str) or value not in question.options:
        raise Refused("not_option")
    return value


def read_choices(question, value, asked):
    """Chosen options, in the order of the form."""
    if not isinstance(value, list) or len(value) > shape.MAX_OPTIONS:
        raise Refused("not_options")
    if any(not isinstance(one, str) or one not in question.options for one in value):
        raise Refused("not_option")
    if len(set(value)) != len(value):
        raise Refused("twice")
    check_count(question, len(value))
    return [option for option in question.options if option in value]


def check_count(question, count, most=None):
    """Refuse too few or too many of what a question takes several of."""
    least, most = question.rule("min_count"), question.rule("max_count", most)
    if least is not None and count < least:
        raise Refused("too_few", least=least)
    if most is not None and count > most:
        raise Refused("too_many", most=most)


def record_id(value, code="not_record"):
    """Return an id that may be one, of what a client sent; ``code`` says what it is refused as."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MAX_ID:
        raise Refused(code)
    return value


def read_record(question, value, asked):
    found = record_id(value)
    if found not in asked.records(question.kind, [found]):
        raise Refused("not_record")
    return found


def read_files(question, value, asked):
    if not isinstance(value, list):
        raise Refused("not_files")
    check_count(question, len(value), shape.MAX_FILES)
    if len(value) > shape.MAX_FILES:
        raise Refused("too_many", most=shape.MAX_FILES)
    ids = [record_id(one, "not_files") for one in value]
    if len(set(ids)) != len(ids):
        raise Refused("twice")
    files = asked.files(ids)
    if len(files) != len(ids):
        raise Refused("not_files")
    for name, size in files.values():
        _check_file(question, name, size)
    return sorted(ids)


def _check_file(question, name, size):
    types = question.rule("types")
    if types and (name or "").rpartition(".")[2].lower() not in types:
        raise Refused("file_type", name=name, types=", ".join(types))
    largest = question.rule("max_mb", shape.MAX_FILE_MB)
    if size > largest * 1024 * 1024:
        raise Refused("file_size", name=name, most=largest)


READERS = {
    **dict.fromkeys(shape.TEXT_KINDS, read_text),
    **dict.fromkeys(shape.NUMBER_KINDS, read_number),
    **dict.fromkeys(shape.RECORD_KINDS, read_record),
    "date": read_date,
    "datetime": read_datetime,
    "boolean": read_boolean,
    "choice": read_choice,
    "choices": read_choices,
    "files": read_files,
}
