"""Parameters of Content-Type and Content-Disposition: plain, RFC 2231, and broken ones."""

import re
from urllib.parse import unquote_to_bytes

from .charsets import decode
from .words import decode_words

MAX_PARAMS = 200
MAX_SECTIONS = 200
SECTION = re.compile(r"^([^*]+)(?:\*(\d{1,3}))?(\*)?$")


def parse_params(value):
    """Return (lower-case main value, {lower-case name: decoded value}) of a raw header value."""
    text = value.decode("latin-1")
    pieces = _split(text)
    main = pieces[0].strip().strip('"').lower() if pieces else ""
    plain, sections = {}, {}
    for piece in pieces[1 : MAX_PARAMS + 1]:
        name, equals, content = piece.partition("=")
        name = name.strip().lower()
        if not equals or not name:
            continue
        content = _unquote(content.strip())
        match = SECTION.match(name)
        if match and (match.group(2) or match.group(3)):
            found = sections.setdefault(match.group(1), {})
            if len(found) < MAX_SECTIONS:
                found.setdefault(int(match.group(2) or 0), (bool(match.group(3)), content))
        else:
            plain.setdefault(name, content)
    result = {name: _decode_plain(content) for name, content in plain.items()}
    result.update((name, _join_sections(found)) for name, found in sections.items())
    return main, result


def _split(text):
    """Split at the semicolons that are outside quotes."""
    pieces, start, position, quoted = [], 0, 0, False
    for position, char in enumerate(text):
        if char == '"' and not (position and text[position - 1] == "\\" and quoted):
            quoted = not quoted
        elif char == ";" and not quoted:
            pieces.append(text[start:position])
            start = position + 1
    pieces.append(text[start:])
    return pieces


def _unquote(text):
    if text.startswith('"'):
        text = text[1:].rpartition('"')[0] if text.endswith('"') and len(text) > 1 else text[1:]
        return re.sub(r'\\(["\\])', r"\1", text)
    return text


def _decode_plain(content):
    """Decode a value that should be ASCII: encoded words, percent signs, raw 8-bit text."""
    raw = content.encode("latin-1")
    match = re.fullmatch(
        r"(?i)(utf-?8|windows-125\d|koi8-r|iso-8859-\d{1,2})'[a-z-]{0,10}'(.*)", content, re.DOTALL
    )
    if match:
        return decode(unquote_to_bytes(match.group(2)), match.group(1)).text
    return decode_words(raw)


def _join_sections(found):
    """Join RFC 2231 sections; only those marked with a star are percent-encoded."""
    charset, raw = "", b""
    for index, number in enumerate(sorted(found)):
        encoded, content = found[number]
        if index == 0 and encoded:
            pieces = content.split("'", 2)
            if len(pieces) == 3:
                charset, _language, content = pieces
        data = content.encode("latin-1")
        raw += unquote_to_bytes(data) if encoded else data
    if b"=?" in raw and not charset:
        return decode_words(raw)
    return decode(raw, charset).text
