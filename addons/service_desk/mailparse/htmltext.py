"""Html trees as readable text, and plain text as html."""

import html as html_lib
import re

from lxml import etree

from .clean import clean_text
from .htmldoc import BLOCK, PARAGRAPH, QUOTE, TAG

MAX_LINES = 4_000
MAX_LINKS = 2_000


def to_text(root, skip_quotes=False):
    """Return readable text of a tree; ``skip_quotes`` leaves marked history out."""
    return write(root, skip_quotes).result()


def write(root, skip_quotes=False, placeholder=""):
    """Return a finished writer: its ``lines``, and in ``segments`` where each came from.

    ``placeholder`` is a line to stand for each part that was skipped.
    """
    writer = _Writer()
    skip = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skip is not None:
            if event == "end" and element is skip:
                skip = None
                writer.block(False)
                writer.text(element.tail, element, True)
            continue
        if event == "start" and skip_quotes and element.get(QUOTE):
            skip = element
            if placeholder:
                writer.block(False)
                writer.lines.append(placeholder)
        elif event == "start":
            writer.start(element)
        else:
            writer.end(element, element is root)
    writer.block(False)
    return writer


class _Writer:
    """Collects text: white space as a browser shows it, blocks on lines of their own."""

    def __init__(self):
        self.lines, self.line, self.pre, self.quote = [], [], 0, 0
        self.filled_any = False
        self.filled = False  # the current line has something to see
        self.segments = []  # (first line, last line, element, whether it is the element's tail)

    def text(self, text, element=None, tail=False):
        if not text:
            return
        first = len(self.lines)
        self._text(text)
        if text.strip() and element is not None:
            self.segments.append((first, len(self.lines), element, tail))

    def _text(self, text):
        if self.pre:
            first, *others = text.split("\n")
            self.put(first)
            for line in others:
                self.new_line()
                self.put(line)
            return
        text = re.sub(r"[ \t\n\r\f]+", " ", text)
        if text == " " and not self.line:
            return
        self.put(text if self.line else text.lstrip(" "))

    def put(self, text):
        self.line.append(text)
        if text.strip():
            self.filled = self.filled_any = True

    def new_line(self):
        line = "".join(self.line).replace("\xa0", " ").rstrip()
        self.lines.append("> " * min(self.quote, 20) + line if line else "")
        self.line, self.filled = [], False

    def block(self, paragraph):
        if self.filled:
            self.new_line()
        self.line = []
        if paragraph and self.lines and self.lines[-1]:
            self.lines.append("")

    def start(self, element):
        tag = element.tag
        if tag in BLOCK:
            self.block(tag in PARAGRAPH)
        if tag == "blockquote":
            self.quote += 1
        if tag == "br":
            self.new_line()
        elif tag == "pre":
            self.pre += 1
        elif tag == "li":
            self.line.append("- ")
        elif tag in ("td", "th") and self.filled:
            self.line.append("\t")
        elif tag == "img" and element.get("alt", "").strip():
            self.text("[{}]".format(element.get("alt").strip()[:200]))
        self.text(element.text, element)

    def end(self, element, last):
        tag = element.tag
        if tag == "pre":
            self.pre -= 1
        if tag == "a":
            self._link(element)
        if tag in BLOCK:
            self.block(tag in PARAGRAPH)
        if tag == "blockquote":
            self.quote -= 1
        if not last:
            self.text(element.tail, element, True)

    def _link(self, element):
        target = (element.get("href") or "").strip()
        label = "".join(element.itertext("a", "b", "span", "font", "i", "u", "strong"))[
            :3000
        ].strip()
        if (
            re.match(r"https?://", target)
            and label
            and target.rstrip("/")
            not in (
                label,
                label.rstrip("/"),
                "http://" + label.rstrip("/"),
                "https://" + label.rstrip("/"),
            )
        ):
            self.line.append(f" ({target[:500]})")

    def result(self):
        self.block(False)
        text = "\n".join(self.lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip()


def crude_text(source, limit):
    """Return the text of html that is too large to be parsed: tags cut out in one pass."""
    source = clean_text(source[: 4 * limit])
    pieces, position, size = [], 0, 0
    while position < len(source) and size < limit:
        opening = source.find("<", position)
        stop = len(source) if opening < 0 else opening
        pieces.append(source[position:stop])
        size += stop - position
        if opening < 0:
            break
        match = TAG.match(source, opening)
        if not match and source[opening + 1 : opening + 2] not in ("!", "?", "/"):
            pieces.append("<")
            position, size = opening + 1, size + 1
            continue
        name = match.group(2).lower() if match else ""
        if name in ("script", "style") and not match.group(1):
            found = source.find("</" + name, opening)
            position = source.find(">", found) + 1 if found >= 0 else 0
        else:
            position = source.find(">", opening) + 1
        if position <= 0:
            break
        if name in BLOCK or name == "br":
            pieces.append("\n")
    text = html_lib.unescape("".join(pieces))[:limit]
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", re.sub(r"[ \t]+", " ", text)).strip()


def from_text(text):
    """Return html of plain text: escaped, links live, line ends kept."""
    if text.count("\n") > MAX_LINES:
        # As many line breaks as lines would be more tags than the sanitizer can take.
        return '<div style="white-space:pre-wrap">{}</div>'.format(
            html_lib.escape(text.strip("\n"))
        )
    pieces = []
    for paragraph in re.split(r"\n{2,}", text.strip("\n")):
        lines = [link(line) for line in paragraph.split("\n")]
        pieces.append("<p>" + "<br/>".join(lines) + "</p>")
    return "".join(pieces)


URL = re.compile(r"https?://[^\s<>\"'«»]{3,2000}")


def link(line):
    """Return one escaped line with its web addresses as links."""
    pieces, position = [], 0
    for match in URL.finditer(line):
        target = match.group().rstrip(".,;:!?)]}")
        pieces.append(html_lib.escape(line[position : match.start()]))
        escaped = html_lib.escape(target)
        pieces.append(
            f'<a href="{escaped}" target="_blank" rel="noreferrer noopener">{escaped}</a>'
        )
        position = match.start() + len(target)
    pieces.append(html_lib.escape(line[position:]))
    text = "".join(pieces)
    return re.sub(r"^ +", lambda m: "&#160;" * min(len(m.group()), 40), text)
