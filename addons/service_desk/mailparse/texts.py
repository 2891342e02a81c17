"""The body: whole text, whole html, what to post, and the newest text alone."""

import re
from urllib.parse import unquote

from . import htmldoc, htmlfold, htmltext, quotes
from .clean import clean_text
from .htmldoc import QUOTE

CID = re.compile(r"cid:([^\"'\s<>)]{1,200})", re.IGNORECASE)


def fill(reading):
    """Fill text, html, body_html, new_text and attachments."""
    mail, content = reading.mail, reading.content
    mail.attachments = content.attachments
    limit = reading.limits.max_text_chars
    pieces = [piece for piece in (_read_block(reading, block) for block in content.blocks) if piece]
    mail.text = "\n\n".join(piece.text for piece in pieces if piece.text)[:limit].strip()
    if any(piece.is_html for piece in pieces):
        mail.html = "\n".join(piece.html for piece in pieces)
    mail.body_html = "\n".join(piece.folded for piece in pieces)
    new = "\n\n".join(piece.new for piece in pieces if piece.new.strip())
    mail.new_text = new[:limit].strip() or mail.text
    _mark_inline(mail)
    if not mail.text:
        reading.budget.note("only_attachments" if mail.attachments else "empty")


def _mark_inline(mail):
    """Tell apart the files that the html shows in its text."""
    shown = {unquote(cid) for cid in CID.findall(mail.html)}
    for attachment in mail.attachments:
        attachment.inline = bool(attachment.cid and attachment.cid in shown)


class _Piece:
    """A readable block in its four forms."""

    def __init__(self, text, html, folded, new, is_html):
        self.text, self.html, self.folded = text, html, folded
        self.new, self.is_html = new, is_html


def _read_block(reading, block):
    root = htmldoc.load(block.html, reading.budget) if block.html else None
    text = clean_text(block.text).strip("\n").rstrip()
    is_forward = reading.mail.subject_is_forward
    if root is None:
        room = reading.limits.max_text_chars - reading.budget.text_chars
        if not text.strip() and room > 0:
            text = htmltext.crude_text(block.html, room)
        text = text[: max(room, 0)]
        reading.budget.text_chars += len(text)
        return _read_text(text, is_forward, reading.budget.late()) if text.strip() else None
    html = htmldoc.dump(root)
    whole = htmltext.to_text(root)
    new = htmlfold.fold(root, is_forward)
    htmldoc.strip_hooks(root)
    return _Piece(text if text.strip() else whole, html, htmldoc.dump(root), new, True)


def _read_text(text, is_forward, late):
    if late:
        return _Piece(text, htmltext.from_text(text), htmltext.from_text(text), text, False)
    lines = text.split("\n")
    flags = quotes.mark(lines, is_forward)
    folded = []
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and flags[index] == flags[start]:
            continue
        html = htmltext.from_text("\n".join(lines[start:index]))
        folded.append(f'<div {QUOTE}="1">{html}</div>' if flags[start] else html)
        start = index
    return _Piece(
        text, htmltext.from_text(text), "".join(folded), quotes.new_lines(lines, flags), False
    )
