"""Header lines: from raw bytes to a list of names and unfolded values."""

import re

FIELD = re.compile(rb"([!-9;-~]{1,120})[ \t]*:")
JUNK_LOOKAHEAD = 5


def read_headers(raw, start, end, budget):
    """Return ([(lower-case name, unfolded raw value)], offset of the body)."""
    reader = _Reader(budget)
    position = start
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
        if not reader.take(line) and not (
            position == start and line.startswith((b"From ", b">From "))
        ):
            if not (reader.found and _header_follows(raw, after, end)):
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


def _header_follows(raw, position, end):
    """Tell whether a header comes within the next lines, before an empty one."""
    for line in raw[position : min(end, position + 2000)].split(b"\n")[:JUNK_LOOKAHEAD]:
        if not line.strip():
            return False
        if FIELD.match(line):
            return True
    return False
