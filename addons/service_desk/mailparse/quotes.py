"""Which lines of a message are quoted history or a signature. Linear in the number of lines."""

from . import quote_patterns as patterns

MAX_LINES = 10_000
ATTRIBUTION_LINES = 5
HEADER_WINDOW = 12
SIGNATURE_LINES = 40
CLOSING_LINES = 12


def mark(lines, is_forward=False):
    """Return one flag per line: true where it is history or a signature.

    What is forwarded is what the sender wants to show, so it stays; ``is_forward`` tells that the
    subject says so. A text that would disappear as a whole stays as it is.
    """
    rest = len(lines) - MAX_LINES
    lines = [line[: patterns.LONGEST_LINE] for line in lines[:MAX_LINES]]
    flags = [False] * len(lines)
    stop = _mark_history(lines, flags, is_forward)
    _mark_quotes(lines, flags, stop)
    _mark_signatures(lines, flags, stop)
    if not any(line.strip() and not flag for line, flag in zip(lines, flags, strict=True)):
        return [False] * (len(lines) + max(rest, 0))
    _mark_gaps(lines, flags, stop)
    return flags + flags[-1:] * rest


def forward_start(lines, is_forward=False):
    """Return the index of the line where a forwarded message starts, or ``None``."""
    lines = [line[: patterns.LONGEST_LINE] for line in lines[:MAX_LINES]]
    stop = _mark_history(lines, [False] * len(lines), is_forward)
    return stop if stop < len(lines) else None


def _mark_history(lines, flags, is_forward):
    """Mark from the first announcement of history on; return where a forwarded part starts."""
    for index, line in enumerate(lines):
        bare = line.strip(" \t>*")
        if flags[index] or not bare:
            continue
        ruled = bare[0] in "-_=" or bare[-1] == ":"
        if ruled and patterns.FORWARD.match(line) and _labels_follow(lines, index):
            return index
        if ruled and patterns.ORIGINAL.match(line) or header_block(lines, index):
            if is_forward:
                return index
            start = _with_rule_above(lines, index)
            _fill(flags, start, len(lines))
            return len(lines)
        start = _attribution_start(lines, index, bare)
        if start is None:
            continue
        stop = _quoted_until(lines, index + 1)
        _fill(flags, start, stop)
        if stop == len(lines):
            return stop
    return len(lines)


def _labels_follow(lines, index):
    """Tell whether a header or a name with a date comes soon after a forwarding line."""
    near = [line for line in lines[index + 1 : index + 8] if line.strip()][:4]
    return any(patterns.LABEL.match(line) or is_attribution(line.strip(" \t>*")) for line in near)


def _fill(flags, start, stop):
    flags[start:stop] = [True] * (stop - start)


def _with_rule_above(lines, index):
    above = index - 1
    while above > 0 and not lines[above].strip() and index - above < 4:
        above -= 1
    return above if above >= 0 and patterns.RULE.match(lines[above]) else index


def header_block(lines, index):
    """Return {label: first value} when a quoted header block starts at ``index``, else ``None``."""
    first = ":" in lines[index][:60] or "：" in lines[index][:60]
    first = first and patterns.LABEL.match(lines[index])
    if not first or first.lastgroup not in ("from", "date", "subject"):
        return None
    found, last = {}, index
    for offset in range(index, min(len(lines), index + HEADER_WINDOW)):
        match = patterns.LABEL.match(lines[offset])
        if match:
            found.setdefault(match.lastgroup, lines[offset][match.end() :].strip(" \t*"))
            last = offset
        elif not lines[offset].strip(" \t>") and offset - last > 1:
            break
    if "from" in found and len(found) >= 3:
        return found
    return found if {"from", "date"} <= set(found) and "@" in found["from"] else None


def header_block_end(lines, index):
    """Return the index of the first line after the header block at ``index``."""
    last = index
    for offset in range(index, min(len(lines), index + HEADER_WINDOW)):
        if patterns.LABEL.match(lines[offset]):
            last = offset
        elif not lines[offset].strip(" \t>"):
            break
    # A long subject or list of recipients goes on to the next line.
    end = last + 1
    while end < len(lines) and end - last < 4 and lines[end].strip(" \t>"):
        end += 1
    return end if end < len(lines) and not lines[end].strip(" \t>") else last + 1


def _attribution_start(lines, index, line):
    """Return where an "On … wrote:" that ends at ``index`` starts, or ``None``."""
    if line[0].isdigit() and patterns.OLD_GMAIL.match(line):
        return index
    if not line.endswith((":", "：")) and not patterns.VERB_END.search(line[-80:]):
        return None
    joined, seen, position = "", 0, index
    while position >= 0 and seen < ATTRIBUTION_LINES and len(joined) < patterns.LONGEST_ATTRIBUTION:
        piece = lines[position].strip(" \t>*")
        if not piece and (seen == 0 or position < index - 2 * ATTRIBUTION_LINES):
            break
        joined = piece + " " + joined if joined else piece
        seen += bool(piece)
        if is_attribution(joined):
            return position
        position -= 1
    return None


def is_attribution(text):
    """Tell whether ``text`` (one line) announces what somebody wrote at some time."""
    if len(text) > patterns.LONGEST_ATTRIBUTION or not patterns.DATE.search(text):
        return False
    closed = text.rstrip(" *").endswith((":", "：", ":>"))
    if patterns.VERB.search(text) and (closed or patterns.EMAIL.search(text)):
        return True
    return closed and len(text) < 300 and bool(patterns.EMAIL.search(text))


def _quoted_until(lines, index):
    """Return where the history announced above ``index`` ends.

    With quote marks it ends after them, as answers may stand below; without marks nothing tells.
    """
    position = index
    while position < len(lines) and not lines[position].strip():
        position += 1
    if position == len(lines) or not patterns.QUOTED.match(lines[position]):
        return len(lines)
    end = position
    while position < len(lines):
        if patterns.QUOTED.match(lines[position]):
            end = position + 1
        elif lines[position].strip():
            break
        position += 1
    return end


def _mark_quotes(lines, flags, stop):
    for index, line in enumerate(lines[:stop]):
        if patterns.QUOTED.match(line):
            flags[index] = True


def _mark_signatures(lines, flags, stop):
    """Mark the signature at the end of every stretch of new text."""
    end = stop
    while end > 0:
        while end > 0 and (flags[end - 1] or not lines[end - 1].strip()):
            end -= 1
        start = end
        while start > 0 and not flags[start - 1]:
            start -= 1
        if start < end:
            cut = _signature_start(lines, flags, start, end)
            _fill(flags, cut, end)
        end = start


def _signature_start(lines, flags, start, end):
    lowest = max(start, end - SIGNATURE_LINES)
    for index in range(lowest, end):
        line = lines[index]
        if not line.strip():
            continue
        if _starts_signature(lines, index, end) and any(
            lines[above].strip() and not flags[above] for above in range(index)
        ):
            return index
    return end


def _starts_signature(lines, index, end):
    line = lines[index]
    if patterns.SIGNATURE_MARK.match(line) or patterns.SENT_FROM.match(line):
        return True
    if patterns.DISCLAIMER.match(line):
        return True
    if patterns.DELIMITER.match(line) and all(
        not lines[below].strip() or patterns.DELIMITER.match(lines[below])
        for below in range(index, end)
    ):
        return True
    match = patterns.CLOSING.match(line)
    if not match or end - index > CLOSING_LINES:
        return False
    return all(len(lines[below]) <= 90 for below in range(index, end)) and not any(
        "?" in lines[below] for below in range(index, end)
    )


def _mark_gaps(lines, flags, stop):
    """Mark the empty lines between marked ones."""
    previous = False
    for index, line in enumerate(lines[:stop]):
        if line.strip():
            previous = flags[index]
        elif previous:
            flags[index] = True


def new_lines(lines, flags):
    """Return the text of the lines that are not marked."""
    return (
        "\n".join(line for line, flag in zip(lines, flags, strict=True) if not flag)
        .strip("\n")
        .rstrip()
    )
