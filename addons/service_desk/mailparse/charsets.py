"""From bytes to text: labels that are wrong, misspelt, unknown or missing."""

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

from .guess import guess, looks_wrong
from .jis import jis_text

# What mail programs write, and the codec that reads it best: browsers and mail programs also read
# the smaller sets as their supersets.
ALIASES = {
    "us-ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "ascii": "ascii",
    "646": "ascii",
    "7bit": "ascii",
    "utf8": "utf-8",
    "utf": "utf-8",
    "utf-8-sig": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "utf-7": "utf-7",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "ansi": "cp1252",
    "x-ansi": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "cp-850": "cp850",
    "cp-437": "cp437",
    "dos": "cp866",
    "cp-866": "cp866",
    "ibm-866": "cp866",
    "ibm866": "cp866",
    "koi8": "koi8-r",
    "koi8r": "koi8-r",
    "koi-8-r": "koi8-r",
    "koi8u": "koi8-u",
    "x-mac-cyrillic": "mac-cyrillic",
    "mac-ukrainian": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "chinesebig5": "big5hkscs",
    "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "ksc5601": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-euc-jp": "euc_jp",
    "unknown-8bit": "",
    "x-unknown": "",
    "unknown": "",
    "default": "",
    "8bit": "",
    "binary": "",
    "x-user-defined": "",
    "none": "",
}
SINGLE_BYTE = re.compile(r"cp125\d|cp8\d\d|cp437|koi8-?[rut]|iso-?8859-?\d+|mac-\w+|latin\S*|ascii")
UNSAFE = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
SAMPLE = 64 * 1024


class Decoded(NamedTuple):
    """Text, the codec that gave it, and whether the label was overruled."""

    text: str
    codec: str
    repaired: bool


def codec_name(label):
    """Return the codec for a charset label, or an empty string when there is none to trust."""
    label = re.sub(r"[\s\"'<>;,]+", "", label or "").lower()[:60].replace("charset=", "")
    if not label:
        return ""
    if label in ALIASES:
        return ALIASES[label]
    windows = re.fullmatch(
        r"(?:x-)?(?:windows|win|cp|microsoft-cp|ms-?ansi|ansi)[-_ ]?(125\d|874)", label
    )
    if windows:
        return "cp" + windows.group(1)
    latin = re.fullmatch(r"(?:x-)?(?:iso)[-_ ]?8859[-_ ]?(\d{1,2})(?:[-_:].*)?", label)
    if latin:
        return (
            codec_name("iso-8859-" + latin.group(1))
            if latin.group(1) in ("1", "9", "11")
            else (_known("iso-8859-" + latin.group(1)))
        )
    return _known(label) or _known(label.replace("_", "-")) or _known(label.removeprefix("x-"))


def _known(label):
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    if info.name in UNSAFE or not getattr(info, "_is_text_encoding", True):
        return ""
    return info.name


def decode(data, label="", hint=""):
    """Return :class:`Decoded` for ``data``; never raises.

    The label is believed when it can be right. Valid UTF-8 beats a label of one byte per letter,
    and where a label fails or yields no language, the bytes are scored (see ``guess``).
    """
    if data[:3] == b"\xef\xbb\xbf":
        data, label = data[3:], "utf-8"
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff") and len(data) > 3:
        text = data.decode("utf-16", "replace").replace("\ufffd", "?")
        return Decoded(text, "utf-16", False)
    codec = codec_name(label)
    if data.isascii():
        return _decode_ascii(data, codec)
    declared = _strict(data, codec) if codec and codec != "ascii" else None
    if declared is not None and codec == "utf-8":
        return Decoded(declared, codec, False)
    single = bool(SINGLE_BYTE.fullmatch(codec)) or not codec
    if declared is None or single:
        utf = _strict(data, "utf-8")
        if utf is not None:
            return Decoded(utf, "utf-8", bool(codec))
    if declared is not None and not (single and looks_wrong(data, codec)):
        return Decoded(declared, codec, False)
    return _rescue(data, codec, codec_name(hint))


def _decode_ascii(data, codec):
    """Bytes without the high bit: only UTF-7 and the escaping ISO 2022 sets need their codec."""
    if codec.startswith(("iso2022", "utf-7", "hz", "utf-16", "utf-32")):
        text = _strict(data, codec)
        if text is None:
            text = data.decode(codec, "replace").replace("\ufffd", "?")
        return Decoded(text, codec, False)
    if b"\x1b$" in data or b"\x1b(J" in data:
        text = _strict(data, "iso2022_jp_ext")
        if text is not None:
            return Decoded(text, "iso2022_jp_ext", True)
    return Decoded(data.decode("ascii"), codec or "ascii", False)


def _rescue(data, codec, hint):
    """Decode where the label gave nothing: mostly UTF-8, the hint, or the best guess."""
    partial = data.decode("utf-8", "replace")
    high = sum(1 for byte in data[:SAMPLE] if byte > 127)
    bad = partial[:SAMPLE].count("\ufffd")
    if codec in ("utf-8", "", "ascii") and bad * 6 <= high:
        return Decoded(_patch_utf8(data), "utf-8", True)
    if codec and codec not in ("utf-8", "ascii") and not SINGLE_BYTE.fullmatch(codec):
        text = data.decode(codec, "replace")
        if text.count("\ufffd") * 10 <= len(text):
            return Decoded(text.replace("\ufffd", "?"), codec, True)
    for japanese in ("cp932", "euc_jp"):
        if codec.startswith("iso2022_jp") or hint.startswith("iso2022_jp"):
            text = _strict(data, japanese)
            if text is not None:
                return Decoded(text, japanese, True)
    if hint and hint not in ("utf-8", "ascii", "cp1252", codec) and not looks_wrong(data, hint):
        text = _strict(data, hint)
        if text is not None:
            return Decoded(text, hint, True)
    best = guess(data)
    text = _strict(data, best)
    if text is None:
        text = data.decode(best, "replace").replace("\ufffd", "?")
    return Decoded(text, best, True)


def _patch_utf8(data):
    """Decode UTF-8 with single bad bytes, which are read as Windows-1252."""
    return data.decode("utf-8", "mailparse_patch")


def _patch(error):
    piece = error.object[error.start : error.end]
    if len(piece) == 1 and error.end < len(error.object) and piece[0] >= 0xA0:
        return piece.decode("cp1252", "replace").replace("\ufffd", "?"), error.end
    return "…" if error.end >= len(error.object) else "?", error.end


codecs.register_error("mailparse_patch", _patch)


def _strict(data, codec):
    if codec == "iso2022_jp_ext":
        return jis_text(data)
    with suppress(UnicodeError, LookupError, ValueError):
        return data.decode(codec)
    if codec == "cp1252":
        # Its five holes are the only bytes that fail: keep the rest as it is labelled.
        return data.decode("cp1252", "mailparse_hole")
    return None


codecs.register_error(
    "mailparse_hole", lambda error: (chr(error.object[error.start]), error.start + 1)
)
