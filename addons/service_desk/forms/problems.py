"""Finds what is wrong with a definition before it is published, question by question."""

import math

from ..regexp import Automaton, PatternError
from . import conditions
from . import definition as shape
from .definition import Problem


def problems(data):
    """Return a list of :class:`Problem`; an empty one means that the definition can be published."""
    if not isinstance(data, dict) or data.get("format") != shape.FORMAT:
        return [Problem("", "unreadable")]
    lists = (data.get("sections", []), data.get("questions"))
    if not all(isinstance(entries, list) for entries in lists) or not all(
        isinstance(entry, dict) for entries in lists for entry in entries
    ):
        return [Problem("", "unreadable")]
    form = shape.read(data)
    if not form.questions:
        return [Problem("", "no_questions")]
    if len(form.questions) > shape.MAX_QUESTIONS:
        return [Problem("", "too_many_questions", {"most": shape.MAX_QUESTIONS})]
    found = list(_keys(form.questions))
    for section in form.sections:
        found += _section(section, form)
    for question in form.questions:
        found += _question(question, form)
    return found


def _keys(questions):
    seen = set()
    for question in questions:
        if not shape.KEY.fullmatch(question.key):
            yield Problem(question.key[:40], "key_unreadable")
        elif question.key in seen:
            yield Problem(question.key, "key_twice")
        else:
            seen.add(question.key)


def _section(section, form):
    key = section.get("key")
    if not isinstance(key, str) or not shape.KEY.fullmatch(key):
        return [Problem(str(key)[:40], "key_unreadable")]
    first = next((question.key for question in form.questions if question.section == key), None)
    return [
        Problem(key, code, facts)
        for code, facts in conditions.check(section.get("shown_if"), form, before=first)
    ]


def _question(question, form, is_column=False):
    """Yield what is wrong with one question; columns have neither conditions nor columns of their own."""
    key = question.key
    if question.kind not in shape.KINDS or (is_column and question.kind in shape.NO_COLUMN):
        yield Problem(key, "kind_unknown", {"kind": question.kind[:40]})
        return
    if not shape.text_in(question.data.get("label"), "").strip():
        yield Problem(key, "no_label")
    if question.kind in shape.CHOICE_KINDS:
        yield from _options(question, key)
    if question.kind == "table":
        yield from _columns(question, form, key)
    yield from _rules(question, form, key, is_column)
    for name in () if is_column else ("shown_if", "required_if"):
        for code, facts in conditions.check(question.data.get(name), form, before=question.key):
            yield Problem(key, code, facts)
    if not is_column and question.section and not form.section(question.section):
        yield Problem(key, "section_unknown")


def _options(question, key):
    if not question.options:
        yield Problem(key, "no_options")
    elif len(question.options) > shape.MAX_OPTIONS:
        yield Problem(key, "too_many_options", {"most": shape.MAX_OPTIONS})
    readable = [option for option in question.options if shape.KEY.fullmatch(option)]
    if len(readable) != len(question.options) or not _is_list(question.data.get("options")):
        yield Problem(key, "option_unreadable")
    elif len(set(readable)) != len(readable):
        yield Problem(key, "option_twice")
    labels = (entry.get("label") for entry in shape.entries_of(question.data.get("options")))
    if not all(shape.text_in(label, "").strip() for label in labels):
        yield Problem(key, "option_no_label")


def _is_list(value):
    """Tell whether a value is a list of dictionaries; none at all is told elsewhere."""
    return value is None or (
        isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
    )


def _columns(question, form, key):
    if not question.columns or not _is_list(question.data.get("columns")):
        yield Problem(key, "no_columns")
    elif len(question.columns) > shape.MAX_COLUMNS:
        yield Problem(key, "too_many_columns", {"most": shape.MAX_COLUMNS})
    for problem in _keys(question.columns):
        yield Problem(key, problem.code)
    for column in question.columns:
        yield from (
            Problem(key, found.code, found.facts)
            for found in _question(column, form, is_column=True)
        )


# ------------------------------------------------------------------------ rules
def _number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _count(most):
    return lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    )


def _types(value):
    return (
        isinstance(value, list)
        and 0 < len(value) <= 50
        and all(isinstance(one, str) and one.isalnum() and one == one.lower() for one in value)
    )


READABLE = {
    "min": lambda value: _number(value) and abs(value) <= shape.MAX_NUMBER,
    "max": lambda value: _number(value) and abs(value) <= shape.MAX_NUMBER,
    "decimals": _count(shape.MAX_DECIMALS),
    "min_length": _count(shape.MAX_LENGTH["long_text"]),
    "max_length": _count(shape.MAX_LENGTH["long_text"]),
    "min_count": _count(shape.MAX_OPTIONS),
    "max_count": _count(shape.MAX_OPTIONS),
    "max_mb": lambda value: _number(value) and 0 < value <= shape.MAX_FILE_MB,
    "types": _types,
}
RANGES = (("min", "max"), ("min_length", "max_length"), ("min_count", "max_count"))


def _rules(question, form, key, is_column):
    rules = question.rules
    wrong = [name for name in rules if name in READABLE and not READABLE[name](rules[name])]
    for name in wrong:
        yield Problem(key, "rule_unreadable", {"rule": name})
    if wrong:
        return
    for least, most in RANGES:
        if least in rules and most in rules and rules[least] > rules[most]:
            yield Problem(key, "range_impossible")
    if question.kind == "choices" and rules.get("min_count", 0) > len(question.options):
        yield Problem(key, "range_impossible")
    longest = shape.MAX_LENGTH.get(question.kind)
    if longest and rules.get("min_length", 0) > longest:
        yield Problem(key, "range_impossible")
    if "pattern" in rules:
        yield from _pattern(rules["pattern"], key)
    for name in ("not_before", "not_after"):
        if name in rules:
            yield from _moment(rules[name], question, form, key, is_column)


def _pattern(pattern, key):
    try:
        if not isinstance(pattern, str):
            raise PatternError("unreadable", 1)
        Automaton(whole(pattern))
    except PatternError as error:
        yield Problem(key, "pattern_unreadable", {"place": max(error.position - 2, 1)})


def whole(pattern):
    """Return the pattern that a text fits from end to end."""
    return f"^({pattern})$"


def _moment(limit, question, form, key, is_column):
    """``{"today": True, "days": n}`` or ``{"key": earlier question, "days": n}``."""
    known = {"today", "days"} if isinstance(limit, dict) and "today" in limit else {"key", "days"}
    if (
        not isinstance(limit, dict)
        or limit.keys() - known
        or not (limit.get("today") is True or isinstance(limit.get("key"), str))
        or not _days(limit.get("days", 0))
    ):
        yield Problem(key, "rule_unreadable", {"rule": "not_before"})
        return
    if "key" not in limit:
        return
    earlier = []
    for other in question_list(form, question, is_column):
        if other.key == question.key:
            break
        earlier.append(other)
    other = next((one for one in earlier if one.key == limit["key"]), None)
    if not other or other.kind not in shape.DATE_KINDS:
        yield Problem(key, "date_of_unknown", {"other": limit["key"][:40]})


def _days(value):
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 36_600


def question_list(form, question, is_column):
    """Return the questions among which an earlier one is looked for: a column looks in its own row."""
    if not is_column:
        return form.questions
    return next((one.columns for one in form.questions if question in one.columns), ())
