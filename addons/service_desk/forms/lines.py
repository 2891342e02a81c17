"""Reads answers from the lines of a mail: "Label: value", only where there is no doubt."""

from . import definition as shape

#: What can be written in a line by hand and means one thing.
READABLE = frozenset({"text", "long_text", "number", "money", "date", "choice", "boolean"})
MAX_LINES = 200
YES = frozenset({"yes", "да"})
NO = frozenset({"no", "нет"})


def read_lines(definition, text):
    """Return ``{key: value}`` of the questions whose label stands before a colon exactly once."""
    labels = _labels(shape.read(definition))
    found, twice = {}, set()
    for line in (text or "").splitlines()[:MAX_LINES]:
        label, colon, value = line.partition(":")
        question = labels.get(_folded(label))
        if not colon or not question or not value.strip():
            continue
        if question.key in found:
            twice.add(question.key)
        found[question.key] = _value(question, value.strip())
    return {key: value for key, value in found.items() if key not in twice and value is not None}


def _folded(text):
    return " ".join(text.lower().replace("*", " ").split())


def _labels(form):
    """Return ``{label: question}`` in all languages; labels of two questions mean none."""
    labels = {}
    for question in form.questions:
        texts = question.data.get("label")
        for text in set(map(_folded, texts.values())) if isinstance(texts, dict) else ():
            labels[text] = None if text in labels else question
    return labels


def _value(question, text):
    if question.kind not in READABLE:
        return None
    if question.kind == "boolean":
        word = text.lower().rstrip(".!")
        return True if word in YES else False if word in NO else None
    if question.kind == "choice":
        for option in question.data.get("options") or ():
            if _folded(text) in map(_folded, (option.get("label") or {}).values()):
                return option["key"]
        return None
    if question.kind in shape.NUMBER_KINDS:
        return text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    return text
