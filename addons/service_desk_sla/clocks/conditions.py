"""Conditions on facts as functions: each is asked many times while a timeline is walked."""

from odoo.addons.service_desk.forms.conditions import TESTS, holds


def compiled(condition):
    """Return ``condition`` as a function of facts that answers as :func:`holds` does; ``None`` when it asks nothing."""
    if condition and not isinstance(condition, dict):
        return lambda facts: False
    lines = condition and next(iter(condition.values()), None)
    if not lines:
        return None
    if not _is_plain(condition, lines):
        return lambda facts: holds(condition, facts)
    tests = [_line(line["key"], line.get("op"), line.get("value")) for line in lines]
    if len(tests) == 1:
        return tests[0]
    if "all" in condition:
        return lambda facts: all(test(facts) for test in tests)
    return lambda facts: any(test(facts) for test in tests)


def _is_plain(condition, lines):
    return (
        len(condition) == 1
        and ("all" in condition or "any" in condition)
        and isinstance(lines, list)
        and all(isinstance(line, dict) and isinstance(line.get("key"), str) for line in lines)
        and all(isinstance(line.get("op"), str) and line["op"] in TESTS for line in lines)
    )


def _line(key, operator, value):
    """Return the test of one line; texts, the usual case, are compared without more ado."""
    if operator == "=" and isinstance(value, str):
        return lambda facts: facts.get(key) == value
    if operator == "in" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        slow = TESTS[operator]

        def is_in(facts):
            answer = facts.get(key)
            return slow(answer, value) if isinstance(answer, list) else answer in value

        return is_in
    test = TESTS[operator]
    return lambda facts: test(facts.get(key), value)
