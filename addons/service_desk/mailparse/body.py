"""Which parts are the text people read, and which are files."""

from dataclasses import dataclass, field

from . import files, htmltext
from .charsets import decode
from .clean import clean_text
from .transfer import decode_body, uu_files

TEXT_TYPES = ("text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html")


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
    charset: str = ""


def collect(root, budget):
    """Return the :class:`Content` below ``root``."""
    content = Content()
    _collect(root, content, budget, 0)
    return content


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
    for name in ("attachments", "messages", "reports", "calendars"):
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
