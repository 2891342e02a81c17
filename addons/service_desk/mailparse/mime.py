"""The structure of a message: headers and parts, as offsets into the raw bytes.

The standard library's parser is recursive and quadratic in the nesting, so it cannot be given
bytes from strangers. Here every level is scanned once with ``bytes.find``.
"""

import re
from dataclasses import dataclass, field

from .fields import read_headers
from .params import parse_params

MAX_PREAMBLE = 20_000


@dataclass(slots=True)
class Part:
    """One MIME part; ``start`` and ``end`` bound its body in ``raw``."""

    raw: bytes
    start: int
    end: int
    headers: list = field(default_factory=list)
    ctype: str = "text/plain"
    params: dict = field(default_factory=dict)
    disposition: str = ""
    dparams: dict = field(default_factory=dict)
    children: list = field(default_factory=list)
    preamble: bytes = b""

    @property
    def maintype(self):
        return self.ctype.partition("/")[0]

    @property
    def body(self):
        return self.raw[self.start : self.end]

    def first(self, name):
        """Return the first raw value (bytes) of header ``name``, or empty bytes."""
        return next((value for key, value in self.headers if key == name), b"")

    def all(self, name):
        """Return the raw values of header ``name``, top to bottom."""
        return [value for key, value in self.headers if key == name]

    def walk(self):
        """Yield this part and those below it, in order."""
        stack = [self]
        while stack:
            part = stack.pop()
            yield part
            stack.extend(reversed(part.children))


def parse(raw, budget):
    """Return the :class:`Part` tree of ``raw``."""
    if b"\r" in raw[:65536] and b"\n" not in raw[:65536]:
        raw = raw.replace(b"\r", b"\n")
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while start < len(raw) and raw[start] in b"\r\n \t\0":
        start += 1
    return parse_part(raw, start, len(raw), budget, top=True)


def parse_part(raw, start, end, budget, top=False, default="text/plain"):
    """Parse one part and, without recursion, everything below it."""
    root = _open_part(raw, start, end, budget, default, top)
    if top and not root.headers:
        root.start = start
    todo = [(root, 0)]
    while todo:
        part, depth = todo.pop()
        if part.maintype != "multipart" or budget.late():
            continue
        if depth >= budget.limits.max_depth:
            budget.note("parts_cut")
            continue
        _split(part, budget)
        todo.extend((child, depth + 1) for child in reversed(part.children))
    return root


def _open_part(raw, start, end, budget, default, top=False):
    headers, body = read_headers(raw, start, end, budget, top)
    part = Part(raw, body, end, headers)
    part.ctype, part.params = content_type(part.first("content-type"), default)
    part.disposition, part.dparams = parse_params(part.first("content-disposition"))
    budget.parts += 1
    return part


def content_type(value, default):
    """Return (type, parameters) of a Content-Type value; an odd one counts as the default."""
    ctype, params = parse_params(value)
    if re.fullmatch(r"[\w.+-]{1,80}/[\w.+-]{1,120}", ctype):
        return ctype, params
    if ctype in ("text", "html"):
        return ("text/html" if ctype == "html" else "text/plain"), params
    if ctype.startswith("multipart") and params.get("boundary"):
        return "multipart/mixed", params
    if ctype and (params.get("name") or "/" in ctype):
        return "application/octet-stream", params
    return default, params


def _split(part, budget):
    """Find the children of a multipart between its boundaries."""
    boundary = part.params.get("boundary", "").strip().encode("utf-8", "surrogateescape")
    marks = _marks(part, boundary, budget) if boundary else []
    if not marks:
        guessed = _guess_boundary(part)
        marks = _marks(part, guessed, budget) if guessed and guessed != boundary else []
        budget.note("boundary_repaired" if marks else "boundary_missing")
    if not marks:
        part.ctype = "text/plain"
        if part.raw.find(b"<html", part.start, part.start + 2000) >= 0:
            part.ctype = "text/html"
        return
    part.preamble = part.raw[part.start : min(marks[0][0], part.start + MAX_PREAMBLE)]
    default = "message/rfc822" if part.ctype == "multipart/digest" else "text/plain"
    for index, (_line, after, closing) in enumerate(marks):
        if closing:
            continue
        if budget.parts >= budget.limits.max_parts:
            budget.note("parts_cut")
            return
        stop = marks[index + 1][0] if index + 1 < len(marks) else part.end
        part.children.append(_open_part(part.raw, after, stop, budget, default))


def _marks(part, boundary, budget):
    """Return [(start of the line, offset after it, whether it closes)] of the boundary lines."""
    raw, delimiter, marks = part.raw, b"--" + boundary, []
    position = part.start
    while len(marks) <= budget.limits.max_parts:
        found = raw.find(delimiter, position, part.end)
        if found < 0:
            break
        position = found + len(delimiter)
        if found > part.start and raw[found - 1] not in b"\r\n":
            continue
        newline = raw.find(b"\n", position, part.end)
        rest = raw[position : part.end if newline < 0 else newline].strip()[:80]
        if rest and not rest.startswith(b"--"):
            continue
        after = part.end if newline < 0 else newline + 1
        marks.append((_line_start(raw, found, part.start), after, rest.startswith(b"--")))
        position = after
    return marks


def _line_start(raw, found, lowest):
    """Return where the line break before a boundary starts: it belongs to the boundary."""
    if found > lowest and raw[found - 1] in b"\n\r":
        found -= 1
        if found > lowest and raw[found : found + 1] == b"\n" and raw[found - 1] in b"\r":
            found -= 1
    return found


def _guess_boundary(part):
    """Return the boundary a part seems to use: a line of dashes followed by a header."""
    head = part.raw[part.start : min(part.end, part.start + 20_000)]
    match = re.search(rb"(?:^|\n)--([^\s]{1,120})[ \t]*\r?\n[Cc]ontent-[A-Za-z-]{2,30}:", head)
    return match.group(1) if match else b""
