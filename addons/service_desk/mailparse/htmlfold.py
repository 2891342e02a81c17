"""Marks quoted history and signatures in an html tree, for the web client to fold away."""

import re

from lxml import etree

from . import htmltext, quotes
from .htmldoc import QUOTE

QUOTE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote|"
    r"zmail_extra|OutlookMessageHeader|yandex_quote|mail_quote|quote-reply|bloop_original_html)",
    re.IGNORECASE,
)
FOLLOWING_NAMES = re.compile(
    r"(?:^|[\s_])(?:divRplyFwdMsg|appendonsend|stopSpelling|replySplit|mail-editor-reference-message-container)",
    re.IGNORECASE,
)
SIGNATURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:gmail_signature|moz-signature|odoo_signature_wrapper|AppleMailSignature|"
    r"ms-outlook-mobile-signature|Signature|js-signature|mail-signature|wisestamp_signature)(?:$|[\s_-])"
)
OUTLOOK_LINE = re.compile(
    r"border:\s?none;\s{0,3}border-top:\s?solid (?:#[0-9a-f]{6}|windowtext) 1\.0pt", re.IGNORECASE
)


def fold(root, is_forward):
    """Mark history and signatures below ``root``; return the text that stays unmarked."""
    whole = htmltext.write(root)
    forwards = quotes.forward_start(whole.lines, is_forward) is not None
    _mark_known(root, SIGNATURE_NAMES if forwards else None)
    rest = htmltext.write(root, skip_quotes=True, placeholder="> …")
    if not rest.filled_any:
        unmark(root)
        rest = htmltext.write(root)
    mark_lines(root, rest.segments, quotes.mark(rest.lines, is_forward))
    text = htmltext.to_text(root, skip_quotes=True)
    if not text.strip() and htmltext.to_text(root).strip():
        unmark(root)
        text = htmltext.to_text(root)
    return text


def unmark(root):
    """Remove every mark below ``root``."""
    for element in root.iter():
        element.attrib.pop(QUOTE, None)


def _mark_known(root, only=None):
    """Mark what the names of classes and ids tell; ``only`` narrows that to one expression."""
    for element in list(root.iter()):
        names = "{} {}".format(element.get("class") or "", element.get("id") or "")
        if element is root or len(names) > 1000 or element.get(QUOTE):
            continue
        if only:
            if only.search(names):
                element.set(QUOTE, "1")
        elif FOLLOWING_NAMES.search(names):
            _mark_from(element, root)
        elif (
            QUOTE_NAMES.search(names)
            or SIGNATURE_NAMES.search(names)
            or (element.tag == "blockquote" and element.get("type") == "cite")
        ):
            element.set(QUOTE, "1")


def _mark_from(element, root):
    """Mark ``element`` and everything after it in the document."""
    while element is not None and element is not root and not element.get(QUOTE):
        element.set(QUOTE, "1")
        for sibling in element.itersiblings():
            if sibling.get(QUOTE):
                break
            sibling.set(QUOTE, "1")
        _wrap_tails(element)
        parent = element.getparent()
        while parent is not None and parent is not root and parent.getnext() is None:
            parent = parent.getparent()
        element = None if parent is None or parent is root else parent.getnext()


def _wrap_tails(element):
    """Put the loose text after ``element`` and its next siblings into marked spans."""
    for sibling in [element, *element.itersiblings()]:
        if sibling.tail and sibling.tail.strip():
            _wrap_tail(sibling)


def _wrap_tail(element):
    span = etree.Element("span", {QUOTE: "1"})
    span.text, element.tail = element.tail, None
    element.addnext(span)


def mark_lines(root, segments, flags):
    """Mark the largest elements whose lines are all flagged, and loose text in spans."""
    if not any(flags):
        return
    total, marked = {}, {}
    own = {}
    for first, last, element, tail in segments:
        state = [bool(flags[min(line, len(flags) - 1)]) for line in range(first, last + 1)]
        own.setdefault((element, tail), []).append((first, state))
        owner = element.getparent() if tail else element
        total[owner] = total.get(owner, 0) + len(state)
        marked[owner] = marked.get(owner, 0) + sum(state)
    _sum_up(root, total)
    _sum_up(root, marked)
    stack = [root]
    while stack:
        element = stack.pop()
        if element is not root and total.get(element) and total[element] == marked.get(element):
            element.set(QUOTE, "1")
        elif marked.get(element) or element is root:
            stack.extend(element)
            _wrap_loose(element, own)


def _sum_up(root, counts):
    """Add the count of every element to its ancestors."""
    for _event, element in etree.iterwalk(root, events=("end",)):
        parent = element.getparent()
        if parent is not None and element is not root and counts.get(element):
            counts[parent] = counts.get(parent, 0) + counts[element]


def _wrap_loose(element, own):
    """Wrap the flagged text that stands directly in ``element``."""
    for child in list(element):
        for _first, state in own.get((child, True), ())[:1]:
            _wrap_lines(child, state, tail=True)
    for _first, state in own.get((element, False), ())[:1]:
        _wrap_lines(element, state, tail=False)


def _wrap_lines(element, state, tail):
    text = element.tail if tail else element.text
    if not text or not any(state):
        return
    lines = text.split("\n")
    if all(state) or len(lines) != len(state):
        if not all(state):
            return
        lines, state = [text], [True]
    keep = state.index(True)
    span = etree.Element("span", {QUOTE: "1"})
    if False in state[keep:]:
        stop = keep + state[keep:].index(False)
        span.tail = "\n" + "\n".join(lines[stop:])
    else:
        stop = len(lines)
    span.text = "\n".join(lines[keep:stop])
    before = "\n".join(lines[:keep]) + ("\n" if keep else "")
    if tail:
        element.tail = before or None
        element.addnext(span)
    else:
        element.text = before or None
        element.insert(0, span)


def drop_marked(root):
    """Remove everything that is marked."""
    for element in list(root.iter()):
        if element.get(QUOTE) and element.getparent() is not None:
            parent, previous = element.getparent(), element.getprevious()
            if element.tail:
                if previous is None:
                    parent.text = (parent.text or "") + element.tail
                else:
                    previous.tail = (previous.tail or "") + element.tail
            parent.remove(element)
