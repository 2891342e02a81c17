"""What is wrong with a department's content, in sentences that name the place."""

import re

from .nodes import keys_of, nodes
from .reader import LANGUAGES

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
LATIN = re.compile(r"[a-z]{2,}", re.IGNORECASE)
#: What Russian texts write in Latin letters: names, and signs that are read off a device or a document.
LATIN_IN_RUSSIAN = frozenset(
    {
        "wi",
        "fi",
        "vpn",
        "sim",
        "erp",
        "qr",
        "tid",
        "code",
        "data",
        "xl",
        "xxl",
        "id",
        "ii",
        "iii",
        "iv",
    }
)
TYPES = ("incident", "request", "question")
WHO = ("manager", "service_owner", "site_manager")
#: How much a department holds: less is of no use, more is better kept in two.
SERVICES = range(2, 6)
OFFERINGS = range(6, 16)


def problems(data):
    """Return what is wrong with the content of a department, as a list of sentences; empty when it can be installed."""
    found = []
    _texts(data, data.get("code", "?"), found)
    for place, entry in _entries(data):
        _keys(place, entry, found)
    if found:
        return found
    return [*_size(data), *_offerings(data)] or list(_references(data))


def _entries(data):
    """Return ``(place, list of entries whose keys differ)`` of all lists in the content."""
    for name in ("teams", "waiting_reasons", "approvals", "services", "macros", "rules"):
        yield name, data.get(name, [])
    offerings = [
        offering for service in data.get("services", ()) for offering in service["offerings"]
    ]
    yield "offerings", offerings
    for offering in offerings:
        yield f"{offering.get('key')}: tasks", offering.get("tasks", [])
        yield from _question_entries(str(offering.get("key")), offering.get("questions", []))


def _question_entries(place, questions):
    yield f"{place}: questions", questions
    for question in questions:
        inner = f"{place}.{question.get('key')}"
        yield f"{inner}: options", question.get("options", [])
        if "columns" in question:
            yield from _question_entries(inner, question["columns"])


def _keys(place, entries, found):
    seen = set()
    for entry in entries:
        key = entry.get("key")
        if not isinstance(key, str) or not KEY.fullmatch(key):
            found.append(f"{place}: “{key}” cannot be a key.")
        elif key in seen:
            found.append(f"{place}: the key “{key}” stands there twice.")
        seen.add(key)


# ------------------------------------------------------------------------ texts
def _texts(value, place, found):
    """Walk through the content: whatever has a text in one language has it in all, each in its own letters."""
    if isinstance(value, list):
        for number, entry in enumerate(value):
            name = entry.get("key", number) if isinstance(entry, dict) else number
            _texts(entry, f"{place}.{name}", found)
    elif isinstance(value, dict):
        if LANGUAGES.keys() & value.keys():
            _text(value, place, found)
            return
        for name, entry in value.items():
            _texts(entry, f"{place}.{name}", found)


def _text(texts, place, found):
    for lang in LANGUAGES:
        if not texts.get(lang):
            found.append(f"{place}: there is no text in “{lang}”.")
    for lang in texts.keys() - LANGUAGES.keys():
        found.append(f"{place}: “{lang}” is no language of the files.")
    if place.endswith((".words", ".search_words")):
        return  # people look for things in whatever letters they like
    if CYRILLIC.search(str(texts.get("en", ""))):
        found.append(f"{place}: the English text has Russian letters: {texts['en']}")
    left = set(LATIN.findall(str(texts.get("ru", ""))))
    if left := sorted(word for word in left if word.lower() not in LATIN_IN_RUSSIAN):
        found.append(f"{place}: the Russian text has Latin words: {', '.join(left)}")


# ------------------------------------------------------------------- the whole
def _size(data):
    count = sum(len(service["offerings"]) for service in data["services"])
    if len(data["services"]) not in SERVICES:
        yield f"{data['code']}: {len(data['services'])} services; 2 to 5 are wanted."
    if count not in OFFERINGS:
        yield f"{data['code']}: {count} offerings; 6 to 15 are wanted."
    if not data["teams"]:
        yield f"{data['code']}: there is no team."


def _references(data):
    """Whatever a record refers to is made before it."""
    known = set()
    for node in nodes(data):
        for key in keys_of(node):
            own = key.rpartition("|")[2]
            if not own.startswith("xmlid:") and own not in known:
                yield f"{data['code']}: {node.key} refers to “{own}”, which is not made before it."
        known.add(node.key)


def _offerings(data):
    for service in data["services"]:
        for offering in service["offerings"]:
            place = f"{data['code']}: {offering['key']}"
            if offering["type"] not in TYPES:
                yield f"{place}: “{offering['type']}” is no type of ticket."
            if offering["impact"] not in "123" or offering["urgency"] not in "123":
                yield f"{place}: impact and urgency are 1, 2 or 3."
            asked = {question["key"] for question in offering.get("questions", ())}
            for condition in _conditions(data, offering):
                for line in (line for lines in condition.values() for line in lines):
                    if line["key"] not in asked:
                        yield f"{place}: a condition asks for “{line['key']}”, which is no question."
    for policy in data.get("approvals", ()):
        for step in policy["steps"]:
            if step["who"] not in WHO:
                yield f"{data['code']}: {policy['key']}: “{step['who']}” approves nothing."


def _conditions(data, offering):
    for question in offering.get("questions", ()):
        if "shown_if" in question:
            yield question["shown_if"]
    for entry in (*offering.get("tasks", ()), *offering.get("routes", ())):
        if "when" in entry:
            yield entry["when"]
    for policy in data.get("approvals", ()):
        if policy["key"] == offering.get("approval"):
            yield from (step["when"] for step in policy["steps"] if "when" in step)
