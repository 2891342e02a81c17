"""Definitions of forms and answers to them, as hypothesis makes them up."""

from hypothesis import strategies as st

from odoo.addons.service_desk.forms import conditions
from odoo.addons.service_desk.forms import definition as shape

TEXT = st.text(max_size=12)
JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=20),
        st.sampled_from(["2026-02-30", "2026-03-01", "2026-03-29T02:30", "1e5", "\x00", "\ud800"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
OPTIONS = ("a", "b", "c")
ENTRIES = [{"key": key, "label": {"en_US": key.upper()}} for key in OPTIONS]
SIMPLE = sorted(shape.KINDS - shape.NO_COLUMN - {"employee", "asset", "product", "location"})


@st.composite
def rules(draw, kind, earlier_dates):
    """Limits of a question, as a dictionary."""
    if kind in shape.NUMBER_KINDS:
        low = draw(st.integers(-1000, 1000))
        made = {"min": low, "max": low + draw(st.integers(0, 2000))}
        if kind == "number":
            made["decimals"] = draw(st.integers(0, shape.MAX_DECIMALS))
    elif kind in shape.TEXT_KINDS:
        made = {"max_length": draw(st.integers(1, 40))}
        if kind == "text":
            made["pattern"] = draw(st.sampled_from(["[a-z]*", r"\d{1,4}", ".*", "(a|b)+c?"]))
    elif kind in ("choices", "table"):
        made = {"max_count": draw(st.integers(1, 3))}
    elif kind in shape.DATE_KINDS and earlier_dates:
        made = {"not_before": {"key": draw(st.sampled_from(earlier_dates)), "days": 1}}
    else:
        made = {}
    return {name: value for name, value in made.items() if draw(st.booleans())}


def values(kind, contact):
    """What may well be an answer to a question of a kind."""
    made = {
        "text": st.from_regex(r"[a-c0-9 ]{0,8}", fullmatch=True),
        "long_text": st.text(max_size=40),
        "number": st.integers(-1200, 1200)
        | st.decimals(-1000, 1000, places=3).map(float)
        | st.integers(0, 999).map(str),
        "money": st.decimals(-1000, 3000, places=2).map(float) | st.floats(),
        "date": st.dates().map(str),
        "datetime": st.datetimes().map(lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S"))
        | st.datetimes().map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M")),
        "boolean": st.booleans(),
        "choice": st.sampled_from(OPTIONS),
        "choices": st.lists(st.sampled_from(OPTIONS), max_size=3, unique=True),
        "contact": st.just(contact),
    }
    return made.get(kind, st.none())


@st.composite
def lines(draw, earlier):
    """A condition on earlier questions that the check lets through."""
    if not earlier or draw(st.booleans()):
        return None
    question = draw(st.sampled_from(earlier))
    operator = draw(st.sampled_from(conditions.BY_KIND[question["kind"]]))
    value = {
        "boolean": True,
        "number": 5,
        "money": 5,
        "date": "2026-01-01",
        "datetime": "2026-01-01 00:00:00",
        "contact": 1,
    }.get(question["kind"], "a")
    line = {"key": question["key"], "op": operator}
    if operator not in conditions.FILLED:
        line["value"] = [value] if operator in conditions.LIST else value
    return {draw(st.sampled_from(["all", "any"])): [line]}


@st.composite
def forms(draw):
    """A definition without problems."""
    questions = []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from([*SIMPLE, "table"]))
        dates = [one["key"] for one in questions if one["kind"] in shape.DATE_KINDS]
        question = {
            "key": f"q{number}",
            "kind": kind,
            "label": {"en_US": f"Question {number}"},
            "required": draw(st.booleans()),
            "shown_if": draw(lines(questions)),
            "required_if": draw(lines(questions)),
            **draw(rules(kind, dates)),
        }
        if kind in shape.CHOICE_KINDS:
            question["options"] = ENTRIES
        if kind == "table":
            question["columns"] = [
                {"key": key, "kind": column, "label": {"en_US": key}, "options": ENTRIES}
                for key, column in zip(
                    "xyz",
                    draw(st.lists(st.sampled_from(SIMPLE), min_size=1, max_size=3)),
                    strict=False,
                )
            ]
        questions.append(question)
    return {"format": 1, "sections": [], "questions": questions}


@st.composite
def answers(draw, form, contact):
    """Answers to a form: most of them fitting, some of them anything."""
    made = {}
    for question in form["questions"]:
        how = draw(st.integers(0, 9))
        if how == 0:
            continue
        if how == 1:
            made[question["key"]] = draw(JUNK)
        elif question["kind"] == "table":
            row = st.fixed_dictionaries(
                {},
                optional={
                    column["key"]: values(column["kind"], contact) for column in question["columns"]
                },
            )
            made[question["key"]] = draw(st.lists(row, max_size=3))
        else:
            made[question["key"]] = draw(values(question["kind"], contact))
    if draw(st.integers(0, 19)) == 0:
        made[draw(TEXT)] = draw(JUNK)
    return made
