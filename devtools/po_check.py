"""Translations: every term has a Russian one, none is doubtful, placeholders agree.

An empty translation says that the term stays as it is: a comment of the translator tells why.

Runs inside the lint environment: ``python -m devtools.po_check FILE.po …``.
"""

import re
import sys
from pathlib import Path

PLACEHOLDER = re.compile(r"%\(\w+\)[sdrf]|%[sd]|\{\{.*?\}\}|\$\{.*?\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
# How a translator's comment begins on a term that is the same in both languages.
STAYS = "stays:"
# Attributes that people read are translated with the tag.
WORDS = re.compile(r'\s(?:title|alt|placeholder|aria-label|data-tooltip)="[^"]*"')


def check(path):
    """Return a line for each fault of one PO file."""
    import polib

    catalog = polib.pofile(str(path))
    found = []
    for entry in catalog:
        if entry.obsolete:
            continue
        fault = entry_fault(entry.msgid, entry.msgstr, entry.fuzzy, entry.tcomment)
        if fault:
            found.append(f"{path}:{entry.linenum}: {fault}: {entry.msgid[:80]!r}")
    return found + _missing(path, catalog)


def entry_fault(msgid, msgstr, fuzzy=False, comment=""):
    """Return what is wrong with a translation, or an empty text."""
    if not msgid.strip():
        return ""
    if not msgstr.strip():
        stays = comment.startswith(STAYS) or not PLACEHOLDER.sub("", msgid).strip()
        return "" if stays else "no translation"
    if fuzzy:
        return "marked fuzzy"
    if sorted(PLACEHOLDER.findall(msgid)) != sorted(PLACEHOLDER.findall(msgstr)):
        return "placeholders differ"
    if tags(msgid) != tags(msgstr):
        return "tags differ"
    return ""


def tags(text):
    """Return the tags of a text, without the attributes that people read."""
    return sorted(WORDS.sub("", tag) for tag in TAG.findall(text))


def _missing(path, catalog):
    """Terms of the add-on's template that the translation does not know at all."""
    import polib

    templates = list(Path(path).parent.glob("*.pot"))
    if not templates:
        return [f"{path}: no .pot file beside it"]
    known = {(entry.msgctxt, entry.msgid) for entry in catalog}
    return [
        f"{path}: term missing: {entry.msgid[:80]!r}"
        for entry in polib.pofile(str(templates[0]))
        if (entry.msgctxt, entry.msgid) not in known and entry.msgid.strip()
    ]


if __name__ == "__main__":
    faults = [fault for name in sys.argv[1:] for fault in check(name)]
    print("\n".join(faults))
    sys.exit(1 if faults else 0)
