"""Conditions on answers: ``{"all": [{"key": "amount", "op": ">=", "value": 1000}]}`` or ``{"any": […]}``.

The same semantics stand in JavaScript; ``static/tests/unit/form_condition_cases.js`` is run by both.
"""

import math
import re

from . import definition as shape

MAX_LINES = 20
MAX_VALUES = 100
MAX_VALUE_LENGTH = 255
EMPTY = (None, "", [], {})

EQUAL = ("=", "!=")
ORDER = (">", ">=", "<", "<=")
LIST = ("in", "not in")
FILLED = ("set", "not set")
OPERATORS = frozenset({*EQUAL, *ORDER, *LIST, *FILLED, "contains"})
#: Which comparisons make sense for which kind of question.
BY_KIND = {
    "text": (*EQUAL, *LIST, "contains", *FILLED),
    "long_text": (*EQUAL, "contains", *FILLED),
    "number": (*EQUAL, *ORDER, *LIST, *FILLED),
    "money": (*EQUAL, *ORDER, *LIST, *FILLED),
    "date": (*EQUAL, *ORDER, *FILLED),
    "datetime": (*EQUAL, *ORDER, *FILLED),
    "boolean": (*EQUAL, *FILLED),
    "choice": (*EQUAL, *LIST, *FILLED),
    "choices": ("contains", *LIST, *FILLED),
    "files": FILLED,
    "table": FILLED,
    **dict.fromkeys(shape.RECORD_KINDS, (*EQUAL, *LIST, *FILLED)),
}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DATETIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")


# ------------------------------------------------------------------------- hold
def holds(condition, answers):
    """Tell whether a condition is true of normalised answers; an empty one always is.

    A question without an answer equals nothing and is in no list. What cannot be read holds never.
    """
    if condition in EMPTY or condition is False:
        return True
    if not isinstance(condition, dict) or len(condition) != 1:
        return False
    ((how, lines),) = condition.items()
    if how not in ("all", "any") or not isinstance(lines, list):
        return False
    if not lines:
        return True
    return (all if how == "all" else any)(_line_holds(line, answers) for line in lines)


def keys_of(condition):
    """Return the keys of the questions that a condition asks about."""
    if not isinstance(condition, dict):
        return set()
    lines = [line for lines in condition.values() if isinstance(lines, list) for line in lines]
    return {
        line["key"] for line in lines if isinstance(line, dict) and isinstance(line.get("key"), str)
    }


def _line_holds(line, answers):
    if not isinstance(line, dict):
        return False
    operator, value = line.get("op"), line.get("value")
    key = line.get("key")
    answer = answers.get(key) if isinstance(key, str) else None
    test = TESTS.get(operator) if isinstance(operator, str) else None
    return test(answer, value) if test else False


def _is_set(answer):
    return not any(answer is empty or answer == empty for empty in EMPTY)


def _sort(value):
    """Return what a value may be compared with: JSON's own kinds, of which True is not 1."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else None


def _same(answer, value):
    return _sort(answer) is not None and _sort(answer) == _sort(value) and answer == value


def _in(answer, values):
    if not isinstance(values, list):
        return False
    many = answer if isinstance(answer, list) else [answer]
    return any(_same(one, value) for one in many for value in values)


def _contains(answer, value):
    if isinstance(answer, list):
        return any(_same(one, value) for one in answer)
    both = isinstance(answer, str) and isinstance(value, str)
    return both and bool(answer) and value.lower() in answer.lower()


def _ordered(compare):
    def test(answer, value):
        alike = _sort(answer) in ("number", "text") and _sort(answer) == _sort(value)
        return alike and answer != "" and compare(answer, value)

    return test


TESTS = {
    "=": _same,
    "!=": lambda answer, value: not _same(answer, value),
    ">": _ordered(lambda answer, value: answer > value),
    ">=": _ordered(lambda answer, value: answer >= value),
    "<": _ordered(lambda answer, value: answer < value),
    "<=": _ordered(lambda answer, value: answer <= value),
    "in": _in,
    "not in": lambda answer, values: not _in(answer, values),
    "contains": _contains,
    "set": lambda answer, value: _is_set(answer),
    "not set": lambda answer, value: not _is_set(answer),
}


# ------------------------------------------------------------------------ check
def check(condition, definition, before=None):
    """Return what is wrong with a condition, as a list of ``(code, facts)``; empty when it can be used.

    :param definition: the form it asks about, as plain data or :class:`~.definition.Definition`
    :param before: key of the question it belongs to: only earlier ones have answers then
    """
    if condition in EMPTY or condition is False:
        return []
    if not isinstance(condition, dict) or len(condition) != 1:
        return [("condition_unreadable", {})]
    ((how, lines),) = condition.items()
    if how not in ("all", "any") or not isinstance(lines, list) or len(lines) > MAX_LINES:
        return [("condition_unreadable", {})]
    form = shape.read(definition)
    known, later = {}, set()
    for question in form.questions:
        if before is not None and (later or question.key == before):
            later.add(question.key)
        else:
            known[question.key] = question
    return [found for line in lines for found in _check_line(line, known, later, before)]


def _check_line(line, known, later, before):
    if not isinstance(line, dict) or not isinstance(line.get("key"), str):
        return [("condition_unreadable", {})]
    key, operator = line["key"], line.get("op")
    if key == before:
        return [("condition_itself", {"other": key})]
    if key in later:
        return [("condition_later", {"other": key})]
    if key not in known:
        return [("condition_unknown", {"other": key[:40]})]
    question = known[key]
    if not isinstance(operator, str) or operator not in BY_KIND.get(question.kind, ()):
        return [("condition_operator", {"other": key, "operator": str(operator)[:20]})]
    if operator in FILLED:
        return []
    values = line.get("value")
    if operator in LIST:
        if not isinstance(values, list) or not 0 < len(values) <= MAX_VALUES:
            return [("condition_value", {"other": key})]
    else:
        values = [values]
    wrong = any(not _fits(question, value) for value in values)
    return [("condition_value", {"other": key})] if wrong else []


def _fits(question, value):
    """Tell whether a value can be what the question's answer is compared with."""
    kind, sort = question.kind, _sort(value)
    if kind in shape.NUMBER_KINDS:
        return sort == "number" and math.isfinite(value)
    if kind in shape.RECORD_KINDS:
        return sort == "number" and isinstance(value, int) and value > 0
    if kind == "boolean":
        return sort == "boolean"
    if sort != "text" or not 0 < len(value) <= MAX_VALUE_LENGTH:
        return False
    if kind in shape.CHOICE_KINDS:
        return value in question.options
    if kind in shape.DATE_KINDS:
        return bool((DATE if kind == "date" else DATETIME).fullmatch(value))
    return True
