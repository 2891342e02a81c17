"""Content-Transfer-Encoding, tolerant of what is broken; and uuencoded files inside text."""

import binascii
import re

BASE64_JUNK = re.compile(rb"[^A-Za-z0-9+/=]+")
UU_BEGIN = re.compile(r"^begin(?:-base64)? [0-7]{3,4} ([^\n]{1,300})\n", re.MULTILINE)
MAX_UU_FILES = 50


def decode_body(part, budget):
    """Return the decoded bytes of a leaf part."""
    encoding = part.first("content-transfer-encoding").strip().lower().split(b";")[0].strip()
    data = part.body
    if encoding == b"base64":
        return _base64(data, budget)
    if encoding in (b"quoted-printable", b"quoted_printable", b"quotedprintable"):
        return binascii.a2b_qp(data)
    if encoding in (b"x-uuencode", b"uuencode", b"x-uue", b"uue"):
        files = list(uu_files(data.decode("latin-1")))
        return files[0][1] if files else data
    return data


def _base64(data, budget):
    sample = data[:20_000].strip()
    if len(re.findall(rb"[^\w+/=\s-]|[^\n\r] [^\n\r]", sample)) * 12 > len(sample):
        budget.note("encoding_repaired")
        return data
    head, padding, rest = data.partition(b"=")
    rest = rest.lstrip(b"= \t\r\n")
    result = _base64_run(head)
    if rest:
        budget.note("encoding_repaired")
        # A list's footer in clear text, or a second encoded block.
        result += rest if re.search(rb"\w \w", rest[:500]) else _base64_run(rest)
    return result


def _base64_run(data):
    kept = BASE64_JUNK.sub(b"", data).replace(b"=", b"")
    if len(kept) % 4 == 1:
        kept = kept[:-1]
    try:
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return data


def uu_files(text):
    """Yield (name, bytes, start, end) of the uuencoded files in ``text``."""
    count, stop = 0, 0
    for match in UU_BEGIN.finditer(text):
        if match.start() < stop and count:
            continue
        if not _is_uu_line(text[match.end() : match.end() + 70].split("\n")[0]):
            continue
        stop = text.find("\nend", match.end() - 1)
        if stop < 0 or count >= MAX_UU_FILES:
            return
        content = _uu_lines(text[match.end() : stop])
        stop += 4
        if content:
            count += 1
            yield match.group(1).strip(), content, match.start(), stop


def _is_uu_line(line):
    """Tell whether a line has the length that its first letter announces."""
    line = line.rstrip("\r")
    if not line or not 32 < ord(line[0]) <= 96:
        return False
    needed = ((ord(line[0]) - 32) & 63) + 2
    return len(line) - 1 >= needed // 3 * 4 - 2


def _uu_lines(block):
    result = []
    for line in block.split("\n"):
        line = line.rstrip("\r")
        if not line or line == "`":
            continue
        try:
            data = line.encode("latin-1")
            size = (data[0] - 32) & 63
            result.append(binascii.a2b_uu(data[: 1 + (size + 2) // 3 * 4]))
        except (binascii.Error, UnicodeError):
            return b""
    return b"".join(result)
