"""winmail.dat: the files and the body inside Microsoft's TNEF, bounded by the message's limits."""

import struct

from .charsets import decode
from .mapi import read_properties
from .rtf import rtf_text

SIGNATURE = 0x223E9F78
ATTACH_START, ATTACH_TITLE, ATTACH_DATA = 0x00069002, 0x00018010, 0x0006800F
MAPI_PROPERTIES, ATTACH_PROPERTIES = 0x00069003, 0x00069005
BODY, OEM_CODEPAGE, SUBJECT = 0x0002800C, 0x00069007, 0x00018004
MAX_DEPTH = 5
MAX_ATTRIBUTES = 20_000
METHOD_EMBEDDED = 5

P_BODY, P_HTML, P_RTF, P_SUBJECT = 0x1000, 0x1013, 0x1009, 0x0037
P_DATA, P_LONG_NAME, P_NAME, P_DISPLAY = 0x3701, 0x3707, 0x3704, 0x3001
P_MIME, P_CID, P_METHOD, P_CODEPAGE = 0x370E, 0x3712, 0x3705, 0x3FDE


class Tnef:
    """What one TNEF stream holds: body forms, subject and files [(name, bytes, type, cid)]."""

    def __init__(self):
        self.text, self.html, self.rtf, self.subject = "", b"", b"", ""
        self.codepage = ""
        self.files = []


def is_tnef(data):
    """Tell whether ``data`` starts like a TNEF stream."""
    return len(data) > 8 and struct.unpack_from("<I", data)[0] == SIGNATURE


def unpack(data, budget, depth=0):
    """Return the :class:`Tnef` of ``data``; a broken end yields what came before it."""
    result = Tnef()
    current = None
    for name, value in _attributes(data, budget):
        if name == OEM_CODEPAGE and len(value) >= 4:
            result.codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == SUBJECT:
            result.subject = _text(value, result)
        elif name == BODY:
            result.text = result.text or _text(value, result)
        elif name == MAPI_PROPERTIES:
            _take_message(read_properties(value), result)
        elif name == ATTACH_START:
            current = {}
            result.files.append(current)
        elif current is not None and name == ATTACH_TITLE:
            current.setdefault("name", _text(value, result))
        elif current is not None and name == ATTACH_DATA:
            current["data"] = value
        elif current is not None and name == ATTACH_PROPERTIES:
            _take_attachment(read_properties(value), current, result)
    files = result.files
    result.files = []
    for current in files[: budget.limits.max_attachments]:
        _finish(current, result, budget, depth)
    return result


def _attributes(data, budget):
    """Yield (id, value) of the attributes of a stream."""
    position, count = 6, 0
    while position + 9 <= len(data) and count < MAX_ATTRIBUTES:
        name, size = struct.unpack_from("<II", data, position + 1)
        position += 9
        value = data[position : position + size]
        count += 1
        yield name, value
        if position + size > len(data):
            budget.note("tnef_broken")
            return
        position += size + 2


def _text(value, result):
    if isinstance(value, str):
        return value.rstrip("\0")
    return decode(value.rstrip(b"\0"), result.codepage).text


def _take_message(properties, result):
    if P_CODEPAGE in properties and isinstance(properties[P_CODEPAGE], int):
        result.codepage = f"cp{properties[P_CODEPAGE]}"
    if properties.get(P_BODY):
        result.text = _text(properties[P_BODY], result)
    if properties.get(P_SUBJECT):
        result.subject = result.subject or _text(properties[P_SUBJECT], result)
    html = properties.get(P_HTML)
    if html:
        result.html = html.encode("utf-8") if isinstance(html, str) else html
    if isinstance(properties.get(P_RTF), bytes):
        result.rtf = properties[P_RTF]


def _take_attachment(properties, current, result):
    for prop in (P_LONG_NAME, P_NAME, P_DISPLAY):
        if properties.get(prop):
            current["name"] = _text(properties[prop], result)
            break
    if isinstance(properties.get(P_DATA), bytes):
        current["object"] = properties[P_DATA]
    for prop, key in ((P_MIME, "type"), (P_CID, "cid")):
        if properties.get(prop):
            current[key] = _text(properties[prop], result)
    current["method"] = properties.get(P_METHOD)


def _finish(current, result, budget, depth):
    name = current.get("name", "")
    data = current.get("data") or b""
    inner = current.get("object", b"")
    if inner and is_tnef(inner[16:]) and depth < MAX_DEPTH:
        return _take_embedded(unpack(inner[16:], budget, depth + 1), name, result)
    if not data and inner:
        data = inner
    budget.unpacked += len(data)
    if budget.unpacked > budget.limits.max_unpacked_bytes:
        budget.note("attachments_cut")
        return None
    result.files.append((name, bytes(data), current.get("type", ""), current.get("cid", "")))
    return None


def _take_embedded(inner, name, result):
    """Add the files of an embedded message, and its text as a file named by its subject."""
    text = inner.text or rtf_text(inner.rtf)
    title = inner.subject or name or "message"
    if inner.html:
        result.files.append((title + ".html", inner.html, "text/html", ""))
    elif text:
        result.files.append((title + ".txt", text.encode("utf-8"), "text/plain", ""))
    result.files.extend(inner.files)
