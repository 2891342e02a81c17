"""Delivery reports: which message, which recipients, for good or for now."""

import re

from . import machine_patterns as patterns
from .addresses import EMAIL, normalise_email
from .body import part_text
from .clean import clean_text
from .files import parse_head
from .model import Machine

MESSAGE_ID = re.compile(r"<[^<>\s]{3,500}@?[^<>\s]{0,500}>")
ID_LINE = re.compile(r"(?im)^[ \t>|]{0,10}message-id\s?:\s{0,5}(<[^<>\s]{1,990}>)")
FIELD_LINE = re.compile(r"(?m)^([A-Za-z-]{3,40})[ \t]*:[ \t]*(.{0,500})$")
SAMPLE = 60_000
MAX_RECIPIENTS = 20


def about(reading):
    """Return the message ids of the message that a report is about, best first."""
    found = []
    for data in reading.content.messages[:5]:
        head = parse_head(data, reading.budget)
        found += MESSAGE_ID.findall(head.get("message-id", b"").decode("utf-8", "replace"))
        found += ID_LINE.findall(data[:SAMPLE].decode("utf-8", "replace"))
    for part in list(reading.root.walk())[1:20]:
        # Some systems put the returned headers where those of the part belong.
        found += MESSAGE_ID.findall(part.first("message-id").decode("utf-8", "replace"))
    for part in reading.content.reports[:10]:
        text = part_text(part, reading.budget)[0][:SAMPLE]
        for name, value in FIELD_LINE.findall(text):
            if name.lower() in ("original-message-id", "message-id"):
                found += MESSAGE_ID.findall(value)
    found += ID_LINE.findall(reading.mail.text[:SAMPLE])
    found += own_references(reading.mail)
    own = reading.mail.message_id
    return list(dict.fromkeys(item for item in found if item != own))[:20]


def own_references(mail):
    """Return what the message itself says it answers."""
    return list(dict.fromkeys([*mail.in_reply_to, *reversed(mail.references)]))[:20]


def read(reading, reason):
    """Return the :class:`Machine` of a delivery report."""
    fields = _status_fields(reading)
    actions = [value.lower().split()[0] for name, value in fields if name == "action" and value]
    if actions and all(action in ("delivered", "relayed", "expanded") for action in actions):
        return Machine("generated", "dsn_delivered", about(reading))
    return Machine(
        "bounce",
        _diagnostic(fields) or reason,
        about(reading),
        _recipients(reading, fields),
        _is_permanent(reading, fields, actions),
    )


def _status_fields(reading):
    fields = []
    for part in reading.content.reports[:10]:
        if part.ctype.endswith("delivery-status"):
            text = clean_text(part_text(part, reading.budget)[0][:SAMPLE])
            fields += [(name.lower(), value.strip()) for name, value in FIELD_LINE.findall(text)]
    return fields[:500]


def _diagnostic(fields):
    for wanted in ("diagnostic-code", "status"):
        for name, value in fields:
            if name == wanted and value:
                return value[:200]
    return ""


def _recipients(reading, fields):
    mail = reading.mail
    found = [value.rpartition(";")[2] for name, value in fields
             if name in ("final-recipient", "original-recipient", "x-actual-recipient")]  # fmt: skip
    found = [normalise_email(value) for value in found if "@" in value]
    failed = mail.header("x-failed-recipients")
    found += [email.lower() for email in EMAIL.findall(failed[:2000])]
    if not any(found):
        found = _recipients_in_text(mail)
    return list(dict.fromkeys(email for email in found if email))[:MAX_RECIPIENTS]


def _recipients_in_text(mail):
    own = {address.email for address in mail.to} | {mail.from_email}
    found = []
    for line in mail.text[:SAMPLE].split("\n")[:400]:
        if patterns.COPY_BELOW.search(line[:300]):
            break
        for email in EMAIL.findall(line[:500]):
            email = email.lower().strip(".'")
            if email not in own and not patterns.DAEMON.match(email.partition("@")[0]):
                found.append(email)
    if not found:
        match = re.search(r"(?im)^[ \t>]{0,10}to:\s.{0,100}", mail.text[:SAMPLE])
        found = [email.lower() for email in EMAIL.findall(match.group())] if match else []
    return found


def _is_permanent(reading, fields, actions):
    status = [value for name, value in fields if name == "status"]
    if any(value.startswith("5") for value in status) or "failed" in actions:
        return True
    if "delayed" in actions or any(value.startswith("4") for value in status):
        return False
    head = reading.mail.subject + "\n" + reading.mail.text[:6_000]
    if patterns.TEMPORARY.search(reading.mail.subject):
        return False
    return bool(patterns.PERMANENT.search(head)) or not patterns.TEMPORARY.search(head)
