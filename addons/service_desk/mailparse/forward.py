"""The original inside a forwarded message."""

from . import htmldoc, htmlfold, htmltext, quotes
from . import quote_patterns as patterns
from .addresses import EMAIL, normalise_email
from .clean import cut, one_line
from .dates import parse_written_date
from .limits import Budget
from .model import Forwarded

SEARCH_LINES = 6


def fill(reading):
    """Fill ``original`` when the message forwards another one."""
    mail = reading.mail
    lines = mail.text.split("\n")
    head = _find_head(lines, mail.subject_is_forward)
    if head:
        mail.original = _from_text(lines, head)
        mail.original.html = _html_below(reading)
    elif mail.subject_is_forward and reading.content.messages:
        mail.original = _from_message(reading, reading.content.messages[0])


class _Head:
    """Where a forwarded part starts, where its text starts, and what its header says."""

    def __init__(self, start, body, values, quoted):
        self.start, self.body, self.values = start, body, values
        self.quoted = quoted


def _find_head(lines, is_forward):
    start = quotes.forward_start(lines, is_forward)
    if start is None:
        return None
    seen = 0
    for index in range(start, len(lines)):
        line = lines[index][: patterns.LONGEST_LINE]
        if not line.strip(" \t>"):
            continue
        quoted = line.lstrip().startswith(">")
        values = quotes.header_block(lines, index)
        if values:
            return _Head(start, quotes.header_block_end(lines, index), values, quoted)
        bare = line.strip(" \t>*")
        if index > start and quotes.is_attribution(bare):
            return _Head(start, index + 1, {"from": _author(bare), "date": bare}, quoted)
        seen += 1
        if seen > SEARCH_LINES:
            break
    return None


def _author(attribution):
    """Return the part of an attribution that names the author: what follows the time."""
    matches = list(patterns.DATE.finditer(attribution))
    rest = attribution[matches[-1].end() :] if matches else attribution
    return rest.strip(" ,:*").removeprefix("от ").removeprefix("пользователь ")


def _from_text(lines, head):
    name, email = _person(head.values.get("from", ""))
    body = lines[head.body :]
    if head.quoted:
        body = [line.lstrip().removeprefix(">").removeprefix(" ") for line in body]
    for index, line in enumerate(body):
        if patterns.EITHER_END.match(line):
            body = body[:index]
            break
    return Forwarded(
        name=name,
        email=email,
        subject=cut(one_line(head.values.get("subject", "")), 255),
        date=parse_written_date(head.values.get("date", "")),
        text="\n".join(body).strip(),
        note="\n".join(lines[: head.start]).strip(),
    )


def _person(value):
    """Return (name, address) as written in a quoted header."""
    value = value.replace("[mailto:", "<").replace("<mailto:", "<")
    match = EMAIL.search(value)
    if not match:
        return one_line(value).strip("\"'*<> "), ""
    name = one_line(value[: match.start()]).strip("\"'*<>([ ")
    return name, normalise_email(match.group())


def _html_below(reading):
    """Return the html of the forwarded part alone, or an empty string."""
    is_forward = reading.mail.subject_is_forward
    for block in reading.content.blocks:
        root = htmldoc.load(block.html, Budget(reading.limits)) if block.html else None
        if root is None:
            continue
        written = htmltext.write(root)
        head = _find_head(written.lines, is_forward)
        if head:
            flags = [index < head.body for index in range(len(written.lines))]
            htmlfold.mark_lines(root, written.segments, flags)
            htmlfold.drop_marked(root)
            return htmldoc.dump(root)
    return ""


def _from_message(reading, data):
    inner = reading.inner(data)
    if not (inner.from_email or inner.text):
        return None
    return Forwarded(
        name=inner.from_name,
        email=inner.from_email,
        subject=inner.subject,
        date=inner.date_claimed,
        text=inner.text,
        html=inner.html,
        note=reading.mail.text,
    )
