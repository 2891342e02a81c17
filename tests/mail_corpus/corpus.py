"""The shared cases and what their index expects, compared without regard to layout."""

import json
import os
import re
import sys
from html import unescape
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "addons" / "service_desk"))

import mailparse  # noqa: E402,F401 - needs no Odoo, so it is read from its folder, which must be importable first
from mailparse import quotes  # noqa: E402 - the same
from mailparse.clean import file_name, one_line  # noqa: E402 - the same

CASES = Path(os.environ.get("SERVICE_DESK_CASES") or ROOT.parent / "shared" / "cases" / "mails")
SKIP = os.environ.get("SERVICE_DESK_CASES") == "skip"
REPLY_BODIES = "reply-bodies-discourse"


def load_index():
    """Return the entries of the shared index; none when the cases are not there."""
    index = CASES / "index.json"
    if SKIP or not index.exists():
        return []
    return json.loads(index.read_text(encoding="utf-8"))["mails"]


def letters(text):
    """Return only the letters and digits of ``text``, small: what layout cannot change."""
    return "".join(re.findall(r"\w+", unescape(text or ""))).lower()


def without_tags(html):
    return re.sub(r"<[^>]*>?", " ", html)


def same_start(expected, found):
    """Compare; an expectation that the index cut short ends in an ellipsis."""
    expected = one_line(expected)
    if "…" in expected:
        head = expected.partition("…")[0].strip()
        return found.startswith(head[:200])
    return expected[:200] == found[:200]


class Check:
    """Compares one read message with the expectations of its index entry."""

    def __init__(self, mail, expected):
        self.mail, self.expected = mail, expected

    def failures(self):
        """Return {key of the expectation: what was found} for all that differ."""
        found = {}
        for key, value in self.expected.items():
            method = getattr(self, "check_" + key.replace("-", "_"), None)
            if method:
                result = method(value)
                if result is not None:
                    found[key] = result
        return found

    def check_subject(self, value):
        mail = self.mail
        return None if same_start(value or "", mail.subject) else mail.subject

    check_ticket_title = None

    def check_from(self, value):
        address = re.search(r"[^\s<>\"(),]+@[^\s<>\"(),]+", value or "")
        if address and address.group().lower() != self.mail.from_email:
            return self.mail.from_email
        return None

    check_from_email = check_from
    check_from_ = check_from

    def check_from_display_name(self, value):
        return None if one_line(value) == self.mail.from_name else self.mail.from_name

    check_from_name = check_from_display_name

    def check_to(self, value):
        wanted = [
            item.lower() for item in re.findall(r"[^\s<>\"(),;:]+@[^\s<>\"(),;]+", value or "")
        ]
        emails = [address.email for address in self.mail.to]
        return None if all(item in emails for item in wanted) else str(emails)

    def check_message_id(self, value):
        return None if value.strip() == self.mail.message_id else self.mail.message_id

    def check_body(self, value):
        if not isinstance(value, str):
            return None
        pieces = [letters(without_tags(piece)) for piece in value.split("…")]
        text = letters(self.mail.text)
        return None if all(piece in text for piece in pieces) else self.mail.text[:200]

    check_body_text = check_body

    def check_body_starts(self, value):
        wanted = letters(without_tags(value.removesuffix("…").rpartition("<")[0] or value))[:40]
        return None if wanted in letters(self.mail.text) else self.mail.text[:200]

    def check_body_has(self, value):
        pieces = [letters(piece) for piece in str(value).split(" / ")]
        text = letters(self.mail.text)
        return None if all(piece in text for piece in pieces) else self.mail.text[:200]

    def check_body_ends(self, value):
        wanted = letters(without_tags(value))
        return None if letters(self.mail.text).endswith(wanted) else self.mail.text[-200:]

    def check_attachments(self, value):
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            return None
        names = [attachment.name for attachment in self.mail.attachments]
        missing = [
            name
            for name in value
            if name != "message.html" and not self._has_name(names, name.split(" (")[0])
        ]
        return str(names) if missing else None

    @staticmethod
    def _has_name(names, wanted):
        if "…" in wanted:
            parts = [letters(part) for part in wanted.split("…")]
            return any(all(part in letters(name) for part in parts) for name in names)
        wanted = letters(file_name(wanted))
        return any(letters(name) == wanted for name in names)

    def check_attachment_count(self, value):
        count = len(self.mail.attachments)
        return None if count == value else f"{count} files"

    def check_files_inside(self, value):
        names = [letters(attachment.name) for attachment in self.mail.attachments]
        missing = [
            name
            for name in value
            if name not in ("body.rtf", "body.html") and letters(name) not in names
        ]
        return str(missing) if missing else None

    def check_is_bounce(self, value):
        kind = self.mail.machine and self.mail.machine.kind
        return None if (kind in ("bounce", "feedback")) == bool(value) else str(kind)

    def check_reply_text(self, value):
        new = self.mail.new_text
        return None if letters(value) == letters(new) else new[:200]


def check_reply_body(raw, expected):
    """Return what differs when a bare reply body is folded."""
    lines = raw.decode("utf-8").replace("\r\n", "\n").split("\n")
    new = quotes.new_lines(lines, quotes.mark(lines))
    wanted = "\n".join(line for line in expected["trimmed"].split("\n") if not line.startswith(">"))
    return {} if letters(new) == letters(wanted) else {"trimmed": new[:200]}
