"""Html from strangers: bounded before it is parsed, cleaned, and turned into text."""

import re

from lxml import etree
from lxml import html as lxml_html

from .clean import CONTROLS, clean_text

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
    budget.html_bytes += len(source)
    if (
        budget.late()
        or budget.html_bytes > limits.max_html_bytes
        or source.count("<") > 2 * limits.max_html_tags
    ):
        budget.note("html_too_large")
        return False
    depth, tags = 0, budget.html_tags
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
    budget.html_tags = tags
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
        # References such as &#1; bring back what was cleaned out of the source.
        if element.text and CONTROLS.search(element.text):
            element.text = CONTROLS.sub("", element.text)
        if element.tail and CONTROLS.search(element.tail):
            element.tail = CONTROLS.sub("", element.tail)


def _clean_attributes(element):
    given = dict(element.attrib.items())
    kept = {
        name: CONTROLS.sub("", value) for name, value in given.items() if _is_harmless(name, value)
    }
    if kept != given:
        # One by one would fail on names that are none.
        element.attrib.clear()
        element.attrib.update(kept)


def _is_harmless(name, value):
    if len(value) > MAX_ATTRIBUTE or not re.fullmatch(r"[a-zA-Z][\w-]{0,40}", name):
        return False
    return not name.lower().startswith(("on", "data-o", "t-"))


def strip_hooks(root):
    """Remove ids and classes: they would meet the styles and quote rules of the web client."""
    for element in root.iter():
        for name in ("class", "id", "name"):
            element.attrib.pop(name, None)


def dump(root):
    """Return the inner html of ``root``."""
    source = lxml_html.tostring(root, encoding="unicode", with_tail=False)
    return source[source.index(">") + 1 : source.rindex("</")] if "</" in source else ""
