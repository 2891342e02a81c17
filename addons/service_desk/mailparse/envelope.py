"""The headers of a message: who, to whom, about what, when, and its identity."""

import hashlib
import re

from .addresses import normalise_email, parse_addresses
from .clean import cut, one_line
from .dates import is_odd, parse_date
from .words import decode_words

MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")
REPLY = re.compile(
    r"(?i)(?:re|aw|sv|vs|antw|antwort|rv|отв|ответ|ha|на)(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]\s*"
)
FORWARD = re.compile(
    r"(?i)(?:fwd?|fw|wg|tr|пересл|переслано|пер|fyi)(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]\s*"
)
LIST_TAG = re.compile(r"\[[^\[\]]{1,60}\]\s*")
DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to",
             "x-rcpt-to", "x-delivered-to")  # fmt: skip
RECEIVED_FOR = re.compile(r"\bfor\s+<([^<>\s]{3,320})>")
KEPT_VALUES = 60
LONGEST_KEPT = 4_000


def fill(reading):
    """Fill everything that comes from the headers of the message."""
    mail, root, limits = reading.mail, reading.root, reading.limits
    hint = reading.content.charset if reading.content else ""
    _fill_headers(reading, hint)
    _fill_senders(reading, hint)
    mail.reply_to = parse_addresses(root.all("reply-to"), 20, hint)
    mail.to = parse_addresses(root.all("to"), limits.max_to, hint)
    mail.cc = _bounded_cc(reading, hint)
    mail.delivered_to = _delivered_to(root)
    mail.message_id = (_ids(root.first("message-id"), 1) or [""])[0]
    mail.in_reply_to = _ids(root.first("in-reply-to"), 10)
    mail.references = _ids(b" ".join(root.all("references")), limits.max_references)
    _fill_subject(mail, root, limits, hint)
    _fill_date(reading)


def _fill_headers(reading, hint):
    kept = {}
    for name, value in reading.root.headers:
        values = kept.setdefault(name, [])
        if len(values) < KEPT_VALUES:
            values.append(decode_words(value[:LONGEST_KEPT], hint))
    reading.mail.headers = kept
    reading.mail.auth_headers = [
        one_line(value.decode("utf-8", "replace"))
        for value in reading.root.all("authentication-results")[:20]
    ]


def _fill_senders(reading, hint):
    mail, root = reading.mail, reading.root
    senders = parse_addresses(root.all("from"), 20, hint)
    real = [sender for sender in senders if sender.email]
    mail.from_count = len(real)
    if len(real) > 1 or len(root.all("from")) > 1:
        reading.budget.note("several_from")
    if senders:
        first = real[0] if real else senders[0]
        mail.from_name, mail.from_email = first.name, first.email
    if not mail.from_email:
        reading.budget.note("no_from")
    sender = parse_addresses(root.all("sender"), 1, hint)
    mail.sender_email = sender[0].email if sender else ""
    path = root.all("return-path")
    if path:
        mail.return_path = _return_path(path[0].decode("latin-1"))


def _return_path(value):
    """Return the envelope sender: empty for the null path, ``None`` when it is unreadable."""
    if not value.strip().strip("<>").strip():
        return ""
    return normalise_email(value) or None


def _bounded_cc(reading, hint):
    limits = reading.limits
    found = parse_addresses(reading.root.all("cc"), limits.max_cc + 1, hint)
    if len(found) > limits.max_cc:
        reading.budget.note("cc_cut")
    return found[: limits.max_cc]


def _delivered_to(root):
    found = []
    for name in DELIVERED:
        for value in root.all(name)[:10]:
            found.extend(address.email for address in parse_addresses([value], 10))
    received = root.first("received").decode("latin-1")[:4000]
    match = RECEIVED_FOR.search(received)
    if match:
        found.append(normalise_email(match.group(1)))
    return list(dict.fromkeys(email for email in found if email))


def _ids(value, limit):
    """Return the newest ``limit`` distinct message ids of a raw header, newest last."""
    text = value.decode("utf-8", "replace").replace("\0", "")
    if "=?" in text:
        # Some programs fold a long identifier into encoded words.
        text = decode_words(value).replace("\0", "")
    found = MESSAGE_ID.findall(text)
    if not found:
        # Some programs leave the angle brackets out.
        found = [
            "<{}>".format(word.strip("<>;,")) for word in text.split()[:50] if "@" in word[1:-1]
        ]
    return list(dict.fromkeys(reversed(found)))[:limit][::-1]


def _fill_subject(mail, root, limits, hint):
    subject = decode_words(root.first("subject")[: 40 * limits.max_subject + 4000], hint)
    mail.subject = cut(subject, limits.max_subject)
    rest = LIST_TAG.sub("", mail.subject, count=1).strip()
    mail.subject_is_reply = bool(REPLY.match(mail.subject) or REPLY.match(rest))
    mail.subject_is_forward = bool(FORWARD.match(mail.subject) or FORWARD.match(rest))


def bare_subject(subject):
    """Return ``subject`` without reply and forward marks and list tags."""
    while True:
        shorter = subject.strip()
        for pattern in (REPLY, FORWARD, LIST_TAG):
            match = pattern.match(shorter)
            if match and match.end() < len(shorter):
                shorter = shorter[match.end() :]
        if shorter == subject:
            return subject
        subject = shorter


def _fill_date(reading):
    mail = reading.mail
    value = mail.header("date")
    if value:
        mail.date_claimed = parse_date(value)
        if mail.date_claimed is None or is_odd(mail.date_claimed):
            reading.budget.note("date_odd")


def fill_content_hash(reading):
    """Fill the digest that is equal for the same message delivered in two ways."""
    mail = reading.mail
    digest = hashlib.sha256()
    words = " ".join((mail.text or "").split()).lower()
    for piece in (mail.from_email, bare_subject(mail.subject).lower(), words):
        digest.update(piece.encode("utf-8", "replace") + b"\0")
    for attachment in mail.attachments:
        digest.update(hashlib.sha256(attachment.content).digest())
    mail.content_hash = digest.hexdigest()
