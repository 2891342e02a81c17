"""Attachments: clean names, types, embedded messages, calendars."""

import mimetypes
import re

from . import tnef
from .charsets import decode
from .clean import clean_text, file_name, one_line
from .fields import read_headers
from .model import Attachment
from .rtf import rtf_text
from .transfer import decode_body
from .words import decode_words

SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature",
              "application/x-pkcs7-signature"}  # fmt: skip
META_CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def html_charset(data):
    """Return the charset that html names in its head, or an empty string."""
    head = data[:4096]
    meta = head.lower().find(b"<meta")
    match = META_CHARSET.search(head, meta) if meta >= 0 else None
    return match.group(1).decode("ascii") if match else ""


def add_file(part, content, budget):
    """Add a part that is not text to be shown."""
    if part.ctype == "message/rfc822" or part.ctype == "message/global":
        return _add_message(part, content, budget)
    if part.ctype in (
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "text/rfc822-headers",
        "message/global-delivery-status",
        "message/rfc822-headers",
    ):
        content.reports.append(part)
        return None
    data = decode_body(part, budget)
    name = part_name(part)
    if _is_winmail(part.ctype, name) and tnef.is_tnef(data):
        return _add_tnef(data, content, budget)
    if part.ctype in SIGNATURES:
        budget.note("signed")
    elif part.ctype in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        kind = part.params.get("smime-type", "")
        budget.note("signed" if kind.startswith("signed") else "encrypted")
    elif part.ctype == "application/pgp-encrypted":
        budget.note("encrypted")
    elif part.ctype == "text/calendar":
        content.calendars.append((part.params.get("method", "").upper(), data))
    cid = one_line(part.first("content-id").decode("latin-1")).strip("<> ")[:200]
    return add_bytes(content, budget, name, data, part.ctype, cid, part.disposition == "inline")


def _is_winmail(ctype, name):
    return ctype in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() in (
        "winmail.dat",
        "win.dat",
    )


def _add_tnef(data, content, budget):
    """Put what is inside winmail.dat in its place."""
    inner = tnef.unpack(data, budget)
    budget.note("tnef_unpacked")
    text = inner.text or rtf_text(inner.rtf)
    html = decode(inner.html, html_charset(inner.html) or inner.codepage).text if inner.html else ""
    content.tnef_blocks.append((clean_text(text), clean_text(html)))
    for name, body, mimetype, cid in inner.files:
        add_bytes(content, budget, name, body, mimetype, cid.strip("<> ")[:200], bool(cid))


def add_bytes(content, budget, name, data, mimetype, cid="", inline=False):
    """Add one file, within the limits of number and size."""
    limits = budget.limits
    budget.attachments += 1
    if budget.attachments > limits.max_attachments:
        budget.note("attachments_cut")
        return
    name = file_name(name, limits.max_name)
    mimetype = mimetype or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if not name:
        extension = mimetypes.guess_extension(mimetype) or ".bin"
        name = f"attachment-{budget.attachments}{extension}"
    content.attachments.append(Attachment(name, bytes(data), mimetype, cid, inline))


def part_name(part):
    """Return the decoded file name that a part gives, possibly empty."""
    name = part.dparams.get("filename") or part.params.get("name") or ""
    if not name and part.first("content-description") and part.disposition == "attachment":
        name = decode_words(part.first("content-description"))
    if not name and part.first("content-location") and part.maintype != "text":
        name = decode_words(part.first("content-location")).rpartition("/")[2]
    return name


def _add_message(part, content, budget):
    """Add an embedded message, named by its subject."""
    data = decode_body(part, budget)
    content.messages.append(data)
    name = part_name(part)
    if not name or name.lower() in ("message.eml", "forwarded message.eml", "noname", "noname.eml"):
        budget.parts += 1
        head = parse_head(data, budget)
        name = decode_words(head.get("subject", b""))[:150].replace("/", "_").replace("\\", "_")
        name = (name or "message") + ".eml"
    elif not name.lower().endswith(".eml"):
        name += ".eml"
    add_bytes(content, budget, name, data, "message/rfc822")


def parse_head(data, budget):
    """Return {lower-case name: first raw value} of a message's own headers."""
    data = data.lstrip(b"\r\n")
    headers, _body = read_headers(data, 0, len(data), budget)
    result = {}
    for name, value in headers:
        result.setdefault(name, value)
    return result
