"""Real mails of other projects' test suites, with what each must yield; the files lie outside the repository."""

import hashlib
import html
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from devtools.paths import ROOT

from .letters import letter
from .world import DESK

#: Some projects keep the text of the message as a file beside it, or say so with words of their own.
BODIES = {"messagehtml", "bodyrtf", "bodyhtml"}
NO_TEXT = "novisiblecontent"
FOLDER = Path(os.environ.get("SERVICE_DESK_CASES") or ROOT.parent / "shared" / "cases") / "mails"


@dataclass
class Case:
    """One mail: its bytes, what is expected of it, and later what the desk has made of it."""

    name: str
    raw: bytes
    expected: dict
    tags: list
    row: dict = field(default_factory=dict)

    @property
    def text(self):
        """Everything readable that the desk shows of the message."""
        shown = [self.row.get(name) or "" for name in ("body", "preview", "description")]
        return "\n".join(shown)


def load():
    """Return all cases; raises a clear error where the files are missing."""
    index = FOLDER / "index.json"
    if not index.exists():
        raise AssertionError(
            f"There are no mails in {FOLDER}. Set SERVICE_DESK_CASES to the folder that has mails/."
        )
    return [_case(entry) for entry in json.loads(index.read_text(encoding="utf-8"))["mails"]]


def _case(entry):
    raw = (FOLDER / entry["file"]).read_bytes()
    if entry["file"].endswith(".txt"):
        # A bare body of a reply: somebody must have sent it.
        mark = hashlib.sha256(entry["file"].encode()).hexdigest()[:12]
        text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
        raw = letter(f"r{mark}@reply.test", DESK, f"Reply {mark}", text)
    return Case(entry["file"], raw, entry.get("expected", {}), entry.get("tags", []))


def key(raw):
    """Return what tells a message however line ends and NULs were changed on its way."""
    return hashlib.sha256(re.sub(rb"[\r\n]+", b"", raw).replace(b"\0", b"\x80")).hexdigest()


def letters_of(text):
    """Return the letters and digits of a text or of HTML, to compare texts whatever their dress."""
    text = re.sub(r"(?is)<(script|style|title|head)\b.*?</\1>|<!--.*?-->", " ", text)
    # An expected text may have been cut in the middle of a tag.
    text = html.unescape(re.sub(r"<[a-zA-Z/!][^<>]*(>|$)", " ", text))
    return "".join(char for char in text.casefold() if char.isalnum())


def subject_of(text):
    """Return a subject as one line without what cannot be shown."""
    return " ".join("".join(char if char.isprintable() else " " for char in text or "").split())


def files_of(names):
    """Return file names to compare: without folders, in any order, whatever was put in for strange letters."""
    found = {re.sub(r"[\W_]+", "", re.split(r"[/\\]", name)[-1]).casefold() for name in names}
    return sorted(found - BODIES)


def has_files(names, got):
    """Tell whether every file is there; a number may stand before its name, and … stands for its rest."""
    beginnings = files_of(name for name in names if name.endswith("…"))
    whole = files_of(name for name in names if not name.endswith("…"))
    return all(any(name.startswith(one) for name in got) for one in beginnings) and all(
        any(name.endswith(one) for name in got) for one in whole
    )
