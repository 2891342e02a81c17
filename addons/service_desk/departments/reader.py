"""The files of departments: one JSON file each, every text in all languages side by side."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "packs"
#: Language families that every text is written in, and the language of Odoo that is filled from each.
LANGUAGES = {"en": "en_US", "ru": "ru_RU"}


@cache
def packs():
    """Return ``{code: content}`` of all departments, in their order. What is returned is shared: do not change it."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    return {data["code"]: data for data in sorted(found, key=lambda data: data["sequence"])}


def pack(code):
    """Return the content of one department, or None where there is no such department any more."""
    return packs().get(code)


def text_in(texts, language):
    """Return the text for a reader of a language of Odoo (``ru_RU``): his own, else English."""
    return texts.get((language or "").split("_")[0]) or texts["en"]
