"""Header text: RFC 2047 encoded words, also broken ones, and raw 8-bit text."""

import binascii
import re

from .charsets import decode
from .clean import one_line

START = re.compile(rb"=\?([A-Za-z0-9_.:+-]{1,60})(?:\*[A-Za-z-]{0,20})?\?([bBqQ])\?")
MAX_WORDS = 5_000


def decode_words(raw, hint=""):
    """Return the text of a raw header value on one line; ``hint`` is the body's charset."""
    pieces = []
    position, count = 0, 0
    pending = None
    for match in START.finditer(raw):
        if match.start() < position:
            continue
        end, after = _word_end(raw, match.end())
        count += 1
        if count > MAX_WORDS:
            break
        between = raw[position : match.start()]
        charset = match.group(1).decode("ascii").lower()
        data = _word_bytes(match.group(2), raw[match.end() : end])
        if pending and not between.strip() and pending[0] == charset:
            pending = (charset, pending[1] + [data])
        else:
            _flush(pieces, pending)
            if between.strip() or (between and not pending):
                pieces.append(decode(between, "", hint).text)
            pending = (charset, [data])
        position = after
    _flush(pieces, pending)
    pieces.append(decode(raw[position:], "", hint).text)
    return one_line("".join(pieces))


def _flush(pieces, pending):
    if pending:
        pieces.append(decode(b"".join(pending[1]), pending[0]).text)


def _word_end(raw, start):
    """Return (end of the encoded text, offset after the word)."""
    question = raw.find(b"?", start)
    if question >= 0 and raw[question + 1 : question + 2] == b"=":
        return question, question + 2
    window = raw[start : start + 2000]
    closing = window.find(b"?=")
    opening = window.find(b"=?")
    if closing >= 0 and (opening < 0 or closing < opening):
        return start + closing, start + closing + 2
    # No end: the word was cut, or runs to the next space.
    space = re.search(rb"[ \t\r\n]", window)
    end = start + (space.start() if space else len(window))
    return end, end


def _word_bytes(encoding, text):
    if encoding in b"bB":
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", text)
        kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
        try:
            return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
        except binascii.Error:
            return text
    return binascii.a2b_qp(text.replace(b"\n", b"").replace(b"\r", b""), header=True)
