"""Characters that must not come into the database, a header or a file name."""

import re
import unicodedata

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\x85")
BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
ISOLATE_OPEN, ISOLATE_CLOSE = "\u2068", "\u2069"
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u180e\ufff9-\ufffb]|[\U000e0000-\U000e007f]")
MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{4,}")
SPACES = re.compile(r"\s+")


def clean_text(text):
    """Return ``text`` with plain line ends and without control characters (NUL among them)."""
    return CONTROLS.sub("", LINE_ENDS.sub("\n", text))


def one_line(text):
    """Return ``text`` on one line, without controls, bidi overrides and invisible characters."""
    text = CONTROLS.sub("", LINE_ENDS.sub(" ", text).replace("\x0b", " ").replace("\x0c", " "))
    text = INVISIBLE.sub("", BIDI.sub("", text))
    text = MARKS.sub(lambda match: match.group()[:3], text)
    return SPACES.sub(" ", text).strip()


def cut(text, length):
    """Return at most ``length`` characters, ending in an ellipsis when it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def file_name(name, length=200):
    """Return a harmless file name: no folders, no controls, its extension kept."""
    name = one_line(unicodedata.normalize("NFC", name[:20_000]))
    name = re.split(r"[\\/]", name)[-1]
    name = re.sub(r'[<>:"|?*]', "_", name).strip(" .")
    if len(name) <= length:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 20:
        return name[:length]
    return stem[: length - len(extension) - 1].rstrip() + "." + extension
