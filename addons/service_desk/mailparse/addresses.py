"""Address lists: a linear reader that keeps what it can of broken ones."""

import contextlib
import re

from .clean import cut, one_line
from .model import Address
from .words import decode_words

EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,128}@[^\s@<>()\[\],;:\"\\]{1,255}")
MAX_NAME = 200


def parse_addresses(values, limit, hint=""):
    """Return up to ``limit`` distinct :class:`Address` of raw header values (bytes)."""
    found, seen = [], set()
    for raw in values:
        for address in _addresses_of(raw, hint):
            if address.email and address.email in seen:
                continue
            seen.add(address.email)
            found.append(address)
            if len(found) >= limit:
                return found
    return found


def _addresses_of(raw, hint):
    text = raw.decode("latin-1")
    if "@" not in text and "=?" in text:
        # Some programs encode name and address in one word.
        text = decode_words(raw, hint).encode("utf-8").decode("latin-1")
    for piece in _split(text):
        address = _read_one(piece, hint)
        if address:
            yield address


def _split(text):
    """Yield the mailboxes of a list: split at commas and semicolons outside quotes and comments."""
    start, quoted, depth, angle, skip, at = 0, False, 0, False, False, False
    for position, char in enumerate(text):
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char == "<":
            angle = True
        elif char == ">":
            angle = False
        elif char in ",;" and not depth and not angle:
            yield text[start:position]
            start, at = position + 1, False
        elif char == "@":
            at = True
        elif char == ":" and not depth and not angle and not at:
            start = position + 1  # the name of a group
    yield text[start:]


def _read_one(piece, hint):
    piece = piece.strip()
    if not piece:
        return None
    head, angle, rest = piece.rpartition("<")
    if angle:
        email = normalise_email(rest.partition(">")[0])
        name = _display(head, hint) or _display(rest.partition(">")[2], hint)
        if not email:
            match = EMAIL.search(head)
            email = normalise_email(match.group()) if match else ""
        return Address(name if name != email else "", email) if name or email else None
    bare = _without_comments(piece)
    match = EMAIL.search(bare)
    if match and bare[match.end() : match.end() + 1] == "@":
        return Address(_display(piece, hint), "")
    if not match:
        name = _display(piece, hint)
        match = EMAIL.search(name[:1000])
        if match:
            return Address("", normalise_email(match.group()))
        return Address(name, "") if name else None
    name = _display(piece.replace(match.group(), "", 1), hint)
    return Address(name, normalise_email(match.group()))


def _without_comments(piece):
    return re.sub(r"\([^()]*\)", " ", piece)


def _display(text, hint):
    text = text.strip().strip("<>").strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    text = re.sub(r"\\(.)", r"\1", text.strip('"').strip())
    name = decode_words(text.encode("latin-1"), hint)
    return cut(name.strip("\"' "), MAX_NAME)


def normalise_email(text):
    """Return the lower-case address in ``text``, or an empty string when it is none."""
    text = text.strip().strip("<>").strip().strip("'\"")
    text = text.removeprefix("mailto:").removeprefix("MAILTO:")
    with contextlib.suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    if "=?" in text:
        text = decode_words(text.encode("utf-8"))
    text = one_line(text[:1000]).replace(" ", "")
    match = EMAIL.fullmatch(text) or (EMAIL.search(text) if text.count("@") == 1 else None)
    return match.group().lower().rstrip(".") if match else ""
