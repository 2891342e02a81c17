"""The body: whole text, whole html, what to post, and the newest text alone."""

from . import htmldoc, quotes
from .clean import clean_text


def fill(reading):
    """Fill text, html, body_html, new_text and attachments."""
    mail, content, budget = reading.mail, reading.content, reading.budget
    mail.attachments = content.attachments
    texts, html, folded, new = [], [], [], []
    has_html = any(block.html.strip() for block in content.blocks)
    for block in content.blocks:
        root = htmldoc.load(block.html, budget) if block.html else None
        text = clean_text(block.text).strip("\n")
        if root is None:
            text = text if text.strip() else htmldoc.crude_text(
                block.html, reading.limits.max_text_chars
            )
            if not text.strip():
                continue
            cut = quotes.fold_text(text)
            texts.append(text)
            html.append(htmldoc.from_text(text))
            folded.append(cut.html())
            new.append(cut.new_text)
            continue
        htmldoc_text = htmldoc.to_text(root)
        texts.append(text if text.strip() else htmldoc_text)
        html.append(htmldoc.dump(root))
        quotes.fold_html(root)
        htmldoc.strip_hooks(root)
        folded.append(htmldoc.dump(root))
        new.append(htmldoc.to_text(root, skip_quotes=True))
    limit = reading.limits.max_text_chars
    mail.text = "\n\n".join(texts)[:limit].strip()
    mail.html = "\n".join(html) if has_html else ""
    mail.body_html = "\n".join(folded)
    mail.new_text = "\n\n".join(piece for piece in new if piece.strip())[:limit].strip()
    if not mail.new_text:
        mail.new_text = mail.text
