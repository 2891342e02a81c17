"""Answers to a form: all of them kept as they are, or refused with each question named; nothing in between."""

from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo

from . import conditions
from . import definition as shape
from .values import READERS, Refused, check_count, is_empty


class Nothing:
    """Knows no record and no file; what a form without such questions needs."""

    def knows(self, kind):
        return True

    def records(self, kind, ids):
        return frozenset()

    def files(self, ids):
        return {}


@dataclass
class Asked:
    """Who is asked, and when; ``resolver`` tells what exists for him.

    ``resolver.knows(kind)``: whether such records exist here at all; ``resolver.records(kind, ids)``: those of the
    ids that he may name; ``resolver.files(ids)``: ``{id: (name, bytes)}`` of those he may hand in.
    """

    today: date
    zone: tzinfo = UTC
    resolver: object = field(default_factory=Nothing)
    answers: dict = field(default_factory=dict)
    row: dict = field(default_factory=dict)

    def records(self, kind, ids):
        return self.resolver.records(kind, ids)

    def files(self, ids):
        return self.resolver.files(ids)


def normalise(definition, answers, asked, partial=False, hidden="refuse"):
    """Return ``(kept, errors)``: answers by key as they are kept, and ``{key: (code, facts)}``.

    A cell of a table is named ``<table>.<row from 0>.<column>``. Without errors, what was not empty is all kept.

    :param bool partial: demand nothing; for what is read from a mail or carried over
    :param str hidden: ``refuse`` answers to questions that are not shown, or ``drop`` them
    """
    form = shape.read(definition)
    if not isinstance(answers, dict):
        return {}, {"": ("not_answers", {})}
    errors = {
        str(key)[:80]: ("unknown", {})
        for key in answers
        if not isinstance(key, str) or not form.get(key)
    }
    asked.answers = kept = {}
    for question in form.questions:
        value = answers.get(question.key)
        if not asked.resolver.knows(question.kind):
            value = None if hidden == "drop" else value
            if is_empty(question.kind, value):
                continue
        elif _depends_on(form, question) & errors.keys():
            continue  # one mistake is told once
        elif not is_shown(form, question, kept):
            if hidden == "refuse" and not is_empty(question.kind, value):
                errors[question.key] = ("hidden", {})
            continue
        try:
            if is_empty(question.kind, value):
                if not partial and is_required(question, kept):
                    raise Refused("required")
                continue
            kept[question.key] = _read(question, value, asked, errors)
        except Refused as refused:
            errors[question.key] = (refused.code, refused.facts)
    return kept, errors


def is_shown(form, question, answers):
    """Tell whether a question is asked, by what was answered before it."""
    section = form.section(question.section) or {}
    return conditions.holds(section.get("shown_if"), answers) and conditions.holds(
        question.data.get("shown_if"), answers
    )


def is_required(question, answers):
    """Tell whether a question that is shown must be answered."""
    needed = question.data.get("required_if")
    return question.required or bool(needed and conditions.holds(needed, answers))


def _depends_on(form, question):
    section = form.section(question.section) or {}
    return conditions.keys_of(section.get("shown_if")) | conditions.keys_of(
        question.data.get("shown_if")
    )


def _read(question, value, asked, errors):
    if question.kind == "table":
        return _read_table(question, value, asked, errors)
    return READERS[question.kind](question, value, asked)


def _read_table(question, value, asked, errors):
    """Read a list of rows; errors of cells go to ``errors``."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise Refused("not_table")
    check_count(question, len(value), shape.MAX_ROWS)
    if len(value) > shape.MAX_ROWS:
        raise Refused("too_many", most=shape.MAX_ROWS)
    try:
        return [
            _read_row(question, row, f"{question.key}.{number}", asked, errors)
            for number, row in enumerate(value)
        ]
    finally:
        asked.row = {}


def _read_row(question, row, place, asked, errors):
    known = {column.key for column in question.columns}
    for key in row:
        if key not in known:
            errors[f"{place}.{str(key)[:40]}"] = ("unknown", {})
    asked.row = kept = {}
    for column in question.columns:
        cell = row.get(column.key)
        try:
            if is_empty(column.kind, cell):
                if column.required:
                    raise Refused("required")
                continue
            kept[column.key] = READERS[column.kind](column, cell, asked)
        except Refused as refused:
            errors[f"{place}.{column.key}"] = (refused.code, refused.facts)
    if not kept and not any(key.startswith(f"{place}.") for key in errors):
        errors[place] = ("empty_row", {})
    return kept
