"""Html from strangers: bounded before it is parsed, cleaned, and turned into text."""

import html as html_lib
import re

from lxml import etree
from lxml import html as lxml_html

from .clean import clean_text

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})")
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip
DROP = {
    "script", "style", "head", "title", "meta", "link", "base", "object", "embed", "applet",
    "noscript", "template", "iframe", "frame", "frameset", "audio", "video", "xml",
}  # fmt: skip
BLOCK = {
    "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section",
    "table", "tr", "ul", "body",
}  # fmt: skip
PARAGRAPH = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol"}
MAX_ATTRIBUTE = 20_000
QUOTE = "data-o-mail-quote"


def is_bounded(source, budget):
    """Tell whether ``source`` may be parsed; if not, a note says what is too large."""
    limits = budget.limits
    if len(source) > limits.max_html_bytes or source.count("<") > 2 * limits.max_html_tags:
        budget.note("html_too_large")
        return False
    depth = tags = 0
    for match in TAG.finditer(source):
        closing, name = match.group(1), match.group(2).lower()
        if name in VOID or name in ("p", "li"):
            tags += 1
        elif closing:
            depth = max(0, depth - 1)
        else:
            tags += 1
            depth += 1
            if depth > limits.max_html_depth:
                budget.note("html_too_deep")
                return False
    if tags > limits.max_html_tags:
        budget.note("html_too_large")
        return False
    return True


def load(source, budget):
    """Return the cleaned ``body``-like root element of ``source``, or ``None``."""
    source = clean_text(source)
    if not source.strip() or not is_bounded(source, budget):
        return None
    source = re.sub(r"<\?xml[^>]{0,200}>", "", source[:300]) + source[300:]
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        document = lxml_html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        budget.note("html_broken")
        return None
    body = document.find("body")
    root = document if body is None else body
    _clean_tree(root)
    root.tag = "div"
    root.tail = None
    return root


def _clean_tree(root):
    # strip_elements works on linked text nodes; drop_tree would copy the tail each time.
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, *DROP, with_tail=False)
    for element in root.iter():
        if not re.fullmatch(r"[a-z][a-z0-9]*", str(element.tag)):
            element.tag = "span"
        _clean_attributes(element)


def _clean_attributes(element):
    for name, value in list(element.attrib.items()):
        if not re.fullmatch(r"[a-zA-Z][\w-]{0,40}", name) or len(value) > MAX_ATTRIBUTE:
            del element.attrib[name]
        elif name.lower().startswith(("on", "data-o", "data-oe", "t-")):
            del element.attrib[name]


def strip_hooks(root):
    """Remove ids and classes: they would meet the styles and quote rules of the web client."""
    for element in root.iter():
        for name in ("class", "id", "name"):
            element.attrib.pop(name, None)


def dump(root):
    """Return the inner html of ``root``."""
    source = lxml_html.tostring(root, encoding="unicode", with_tail=False)
    return source[source.index(">") + 1 : source.rindex("</")] if "</" in source else ""


def to_text(root, skip_quotes=False):
    """Return readable text of a tree; ``skip_quotes`` leaves marked history out."""
    writer = _Writer()
    skip = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skip is not None:
            if event == "end" and element is skip:
                skip = None
                writer.block(False)
                writer.text(element.tail)
            continue
        if event == "start" and skip_quotes and element.get(QUOTE):
            skip = element
        elif event == "start":
            writer.start(element)
        else:
            writer.end(element, element is root)
    return writer.result()


class _Writer:
    """Collects text: white space as a browser shows it, blocks on lines of their own."""

    def __init__(self):
        self.lines, self.line, self.pre, self.quote = [], [], 0, 0
        self.filled = False  # the current line has something to see

    def text(self, text):
        if not text:
            return
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
        self.filled = self.filled or bool(text.strip())

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
            self.text("[%s]" % element.get("alt").strip()[:200])
        self.text(element.text)

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
            self.text(element.tail)

    def _link(self, element):
        target = (element.get("href") or "").strip()
        label = "".join(element.itertext("a", "b", "span", "font", "i", "u", "strong"))[:3000].strip()
        if re.match(r"https?://", target) and label and target.rstrip("/") not in (
            label, label.rstrip("/"), "http://" + label.rstrip("/"), "https://" + label.rstrip("/")
        ):
            self.line.append(" (%s)" % target[:500])

    def result(self):
        self.block(False)
        text = "\n".join(self.lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip()


def crude_text(source, limit):
    """Return the text of html that is too large to be parsed: tags cut out in one pass."""
    source = clean_text(source[: 8 * limit])
    pieces, position, size = [], 0, 0
    while position < len(source) and size < limit:
        opening = source.find("<", position)
        stop = len(source) if opening < 0 else opening
        pieces.append(source[position:stop])
        size += stop - position
        if opening < 0:
            break
        match = TAG.match(source, opening)
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
        pieces.append('<a href="%s" target="_blank" rel="noreferrer noopener">%s</a>'
                      % (escaped, escaped))
        position = match.start() + len(target)
    pieces.append(html_lib.escape(line[position:]))
    text = "".join(pieces)
    return re.sub(r"^ +", lambda m: "&#160;" * min(len(m.group()), 40), text)
