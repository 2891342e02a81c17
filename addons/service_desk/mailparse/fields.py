"""Header lines: from raw bytes to a list of names and unfolded values."""

import re

FIELD = re.compile(rb"([!-9;-~]{1,120})[ \t]*:")
LOOKAHEAD = 16 * 1024
KNOWN = re.compile(
    rb"^(?:from|to|subject|date|message-id|mime-version|received|return-path|delivered-to|"
    rb"content-type|reply-to)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
KNOWN_PART = re.compile(rb"^content-[a-z-]{2,25}[ \t]*:", re.IGNORECASE | re.MULTILINE)


def read_headers(raw, start, end, budget, top=False):
    """Return ([(lower-case name, unfolded raw value)], offset of the body).

    ``top`` tells that these are a message's own headers, where more is forgiven.
    """
    reader = _Reader(budget)
    position, junk_until = start, -1
    stop = min(end, start + budget.limits.max_header_bytes)
    while position < end:
        newline = raw.find(b"\n", position, end)
        after = end if newline < 0 else newline + 1
        line = raw[position : min(after, position + budget.limits.max_header_value)]
        line = line.rstrip(b"\r\n").replace(b"\0", b"")
        if not line:
            position = after
            break
        if position >= stop or reader.full:
            budget.note("headers_cut")
            position = _end_of_headers(raw, position, end)
            break
        mbox = position == start and line.startswith((b"From ", b">From "))
        if not mbox and not reader.take(line):
            if position > junk_until:
                junk_until = _last_known_header(raw, after, end, top)
            if position > junk_until:
                break
            budget.note("header_repaired")
        position = after
    return reader.headers(), position


class _Reader:
    """Collects header lines; a header in thousands of folds stays linear."""

    def __init__(self, budget):
        self.limits = budget.limits
        self.found = []

    @property
    def full(self):
        return len(self.found) > self.limits.max_headers

    def take(self, line):
        """Add ``line``; tell whether it is a header or the continuation of one."""
        if line[:1] in b" \t" and self.found:
            entry = self.found[-1]
            if entry[2] < self.limits.max_header_value:
                entry[1].append(b" " + line.strip())
                entry[2] += len(line)
            return True
        match = FIELD.match(line)
        if not match:
            return False
        name = match.group(1).decode("ascii").lower()
        self.found.append([name, [line[match.end() :].strip()], len(line)])
        return True

    def headers(self):
        limit = self.limits.max_header_value
        return [(name, b"".join(pieces)[:limit]) for name, pieces, _size in self.found]


def _end_of_headers(raw, position, end):
    """Return the offset after the next empty line."""
    ends = []
    for mark in (b"\n\n", b"\n\r\n"):
        found = raw.find(mark, position, end)
        if found >= 0:
            ends.append(found + len(mark))
    return min(ends, default=end)


def _last_known_header(raw, position, end, top):
    """Return the offset of the last sure header before the next empty line, or -1."""
    block = raw[position : min(end, position + LOOKAHEAD)]
    blank = re.search(rb"\n\r*\n", block)
    block = block[: blank.start()] if blank else block
    found = [match.start() for match in (KNOWN if top else KNOWN_PART).finditer(block)]
    return position + found[-1] if len(found) >= (2 if top else 1) else -1
