"""Which parts are the text people read, and which are files."""

import re
from dataclasses import dataclass, field

from . import files, htmltext
from .calendars import calendar_text
from .charsets import decode
from .clean import clean_text
from .datauri import take_pictures
from .transfer import decode_body, uu_files

TEXT_TYPES = ("text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html")
GENERIC_PREAMBLE = re.compile(
    r"(?i)multi-?part message|mime[- ](?:encapsulated|aware|format|message)|in mime format|"
    r"openpgp/mime|signed message|mime-capable|may not be legible|mail reader does not"
)
SAME_TEXT = 120
COLLECTED = ("attachments", "messages", "reports", "calendars", "tnef_blocks", "named_texts")


@dataclass
class Block:
    """A readable piece of the body: plain text, html, or both as alternatives."""

    text: str = ""
    html: str = ""


@dataclass
class Content:
    """All readable pieces in order, and the files."""

    blocks: list = field(default_factory=list)
    attachments: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    reports: list = field(default_factory=list)
    calendars: list = field(default_factory=list)
    tnef_blocks: list = field(default_factory=list)
    named_texts: list = field(default_factory=list)
    charset: str = ""


def collect(root, budget):
    """Return the :class:`Content` below ``root``."""
    content = Content()
    _collect(root, content, budget, 0)
    _add_tnef_bodies(content, budget)
    if not _has_text(content):
        _find_text_elsewhere(root, content, budget)
    return content


def _add_tnef_bodies(content, budget):
    """Add the body inside winmail.dat unless the message says the same in clear."""
    said = "".join("".join((block.text + block.html).split()) for block in content.blocks)
    for text, html in content.tnef_blocks[:5]:
        plain = text or htmltext.crude_text(html, budget.limits.max_text_chars)
        start = "".join(plain.split())[:SAME_TEXT]
        if start and start not in said:
            content.blocks.append(Block(text, html))


def _has_text(content):
    return any(block.text.strip() or block.html.strip() for block in content.blocks)


def _find_text_elsewhere(root, content, budget):
    """A message without text of its own: take what winmail.dat, a named part or a calendar says."""
    for part in content.named_texts[:3]:
        _add_readable(part, content, budget)
    if not _has_text(content) and root.preamble:
        lines = clean_text(decode(root.preamble).text).split("\n")
        text = "\n".join(line for line in lines if not GENERIC_PREAMBLE.search(line[:300]))
        if text.strip():
            content.blocks.append(Block(text))
    if not _has_text(content) and root.ctype in ("multipart/report", "multipart/mixed"):
        for part in content.reports[:2]:
            _add_readable(part, content, budget)
    if not _has_text(content) and content.calendars:
        budget.note("calendar_only")
        text = calendar_text(content.calendars[0][1])
        if text:
            content.blocks.append(Block(text))


def _collect(part, content, budget, depth):
    """Sort one part; the depth is bounded by the parser, ``max_depth`` levels at most."""
    if budget.late():
        return
    if part.maintype == "multipart":
        if part.ctype == "multipart/alternative":
            _collect_alternative(part, content, budget, depth)
        else:
            for child in part.children:
                _collect(child, content, budget, depth + 1)
        return
    if is_readable(part):
        _add_readable(part, content, budget)
    else:
        if part.ctype in ("text/plain", "text/html") and part.disposition != "attachment":
            content.named_texts.append(part)
        files.add_file(part, content, budget)


def _collect_alternative(part, content, budget, depth):
    """Of alternatives keep one text and one html as a single block; the rest are files."""
    inner = Content()
    for child in part.children:
        _collect(child, inner, budget, depth + 1)
    texts = [block.text for block in inner.blocks if block.text and not block.html]
    htmls = [block for block in inner.blocks if block.html]
    if htmls:
        plain = "\n\n".join(texts) or "\n\n".join(b.text for b in htmls if b.text)
        content.blocks.append(Block(plain, "\n".join(block.html for block in htmls)))
    elif texts:
        content.blocks.append(Block(texts[0] if len(set(texts)) == 1 else "\n\n".join(texts)))
    content.charset = content.charset or inner.charset
    for name in COLLECTED:
        getattr(content, name).extend(getattr(inner, name))


def is_readable(part):
    """Tell whether a leaf part is text to be shown, not a file."""
    if part.ctype not in TEXT_TYPES or part.disposition == "attachment":
        return False
    return not (part.params.get("name") or part.dparams.get("filename"))


def part_text(part, budget):
    """Return (text, codec) of a text part."""
    data = decode_body(part, budget)
    limit = 8 * budget.limits.max_text_chars
    if len(data) > limit:
        budget.note("text_cut")
        data = data[:limit]
    label = part.params.get("charset", "")
    if not label and part.ctype == "text/html":
        label = files.html_charset(data)
    result = decode(data, label)
    if result.repaired:
        budget.note("charset_guessed")
    return result.text, result.codec


def _add_readable(part, content, budget):
    source, codec = part_text(part, budget)
    content.charset = content.charset or codec
    source = clean_text(source)
    if part.ctype == "text/html" or (part.ctype == "text/plain" and _is_really_html(source)):
        source, pictures = take_pictures(source, len(content.attachments))
        for name, data, mimetype, cid in pictures:
            files.add_bytes(content, budget, name, data, mimetype, cid, True)
        content.blocks.append(Block(html=source))
        return
    if part.ctype in ("text/enriched", "text/richtext", "text/x-amp-html"):
        if part.ctype == "text/x-amp-html":
            return
        source = htmltext.crude_text(source.replace("<<", "&lt;"), budget.limits.max_text_chars)
    source = _take_uu_files(source, content, budget)
    if part.params.get("format", "").lower() == "flowed":
        source = unflow(source, part.params.get("delsp", "").lower() == "yes")
    if len(source) > budget.limits.max_text_chars:
        budget.note("text_cut")
        source = source[: budget.limits.max_text_chars]
    if source.strip():
        content.blocks.append(Block(text=source))


def _is_really_html(source):
    head = source[:300].lstrip().lower()
    return head.startswith(("<!doctype html", "<html"))


def _take_uu_files(source, content, budget):
    pieces, position = [], 0
    for name, data, start, end in uu_files(source):
        pieces.append(source[position:start])
        position = end
        files.add_bytes(content, budget, name, data, "")
        budget.note("uuencode_unpacked")
    pieces.append(source[position:])
    return "".join(pieces)


def unflow(text, delsp):
    """Join the soft line ends of format=flowed text (RFC 3676)."""
    result, joined = [], None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        if joined and joined[0] == depth and content != "-- ":
            joined[1].append(content)
        else:
            joined = (depth, [content])
            result.append(joined)
        if content.endswith(" ") and content != "-- ":
            if delsp:
                joined[1][-1] = content[:-1]
        else:
            joined = None
    prefix = [(">" * depth + " " if depth else "", pieces) for depth, pieces in result]
    return "\n".join(quote + "".join(pieces) for quote, pieces in prefix)
