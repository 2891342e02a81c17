"""Quoted history and signatures."""

from . import htmldoc


class Cut:
    """Text as pieces [(text, folded)]."""

    def __init__(self, pieces):
        self.pieces = pieces

    @property
    def new_text(self):
        return "\n".join(text for text, folded in self.pieces if not folded).strip()

    def html(self):
        return "".join(
            '<div data-o-mail-quote="1">%s</div>' % htmldoc.from_text(text)
            if folded else htmldoc.from_text(text)
            for text, folded in self.pieces if text.strip()
        )


def fold_text(text):
    return Cut([(text, False)])


def fold_html(root):
    return False
