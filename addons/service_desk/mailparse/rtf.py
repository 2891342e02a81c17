"""Rich text from Outlook: decompressed (LZFu) and turned into plain text or the html inside."""

import re
import struct

from .charsets import codec_name

PREBUFFER = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
WINDOW = 4096
MAX_OUTPUT = 8 * 1024 * 1024
TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
HIDDEN = {
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"themedata", b"generator",
    b"colorschememapping", b"datastore", b"latentstyles", b"listtable", b"listoverridetable",
    b"rsidtbl", b"header", b"footer", b"filetbl", b"xmlnstbl", b"mmathPr", b"pgdsctbl",
}  # fmt: skip
SYMBOLS = {
    b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n", b"sect": "\n",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"page": "\n",
}  # fmt: skip
CHARSETS = {0: "cp1252", 204: "cp1251", 238: "cp1250", 161: "cp1253", 162: "cp1254", 128: "cp932",
            134: "gb18030", 129: "cp949", 136: "big5", 177: "cp1255", 178: "cp1256"}  # fmt: skip


def decompress(data):
    """Return the RTF of a PR_RTF_COMPRESSED value ([MS-OXRTFCP]); empty when it is none."""
    if len(data) < 16:
        return b""
    _size, raw_size, magic = struct.unpack_from("<III", data)
    if magic == 0x414C454D:
        return data[16 : 16 + raw_size]
    if magic != 0x75465A4C:
        return b""
    window = bytearray(PREBUFFER) + bytearray(WINDOW - len(PREBUFFER))
    write, output, position = len(PREBUFFER), bytearray(), 16
    limit = min(raw_size, MAX_OUTPUT)
    while position < len(data) and len(output) < limit:
        control = data[position]
        position += 1
        for bit in range(8):
            if position >= len(data) or len(output) >= limit:
                break
            if not control >> bit & 1:
                output.append(data[position])
                window[write] = data[position]
                write = (write + 1) % WINDOW
                position += 1
                continue
            if position + 1 >= len(data):
                return bytes(output)
            token = data[position] << 8 | data[position + 1]
            position += 2
            offset, length = token >> 4, (token & 15) + 2
            if offset == write:
                return bytes(output)
            for step in range(length):
                byte = window[(offset + step) % WINDOW]
                output.append(byte)
                window[write] = byte
                write = (write + 1) % WINDOW
    return bytes(output[:limit])


def rtf_text(compressed):
    """Return the plain text of a compressed RTF value."""
    rtf = decompress(compressed) if compressed else b""
    return _Text(rtf).text() if rtf.startswith(b"{\\rtf") else ""


class _Text:
    """Walks the groups and words of RTF once."""

    def __init__(self, rtf):
        self.rtf = rtf
        self.pieces, self.pending = [], bytearray()
        self.codec = "cp1252"
        self.fonts, self.font = {}, None
        self.skip_units, self.unicode_skip = 0, 1
        self.from_html = b"\\fromhtml1" in rtf[:2000]

    def text(self):
        stack, state = [], (False, False, None, False)  # hidden, html tag, font, table of fonts
        fresh = False
        for match in TOKEN.finditer(self.rtf):
            word, number, hexcode, symbol, brace, plain = match.groups()
            if brace == b"{":
                if len(stack) > 5_000:
                    break
                stack.append(state)
                fresh = True
                continue
            if brace == b"}":
                self.flush(state)
                state = stack.pop() if stack else state
            elif word:
                state = self.word(word, number, state)
            elif hexcode:
                self.byte(int(hexcode, 16), state)
            elif symbol:
                if symbol == b"*" and fresh:
                    state = (True, *state[1:])
                    fresh = True
                    continue
                self.symbol(symbol, state)
            elif plain:
                self.plain(plain, state)
            fresh = False
        self.flush(state)
        return re.sub(r"\n{3,}", "\n\n", "".join(self.pieces)).strip()

    def word(self, word, number, state):
        hidden, htmltag, font, table = state
        self.flush(state)
        value = int(number) if number else None
        if word in HIDDEN:
            return (True, htmltag, font, word == b"fonttbl")
        if word == b"htmlrtf":
            return (value != 0, htmltag, font, table)
        if word in (b"htmltag", b"mhtmltag"):
            return (True, True, font, table)
        if word == b"ansicpg" and value:
            self.codec = codec_name(f"cp{value}") or self.codec
        elif word == b"f":
            font = value
        elif word == b"fcharset" and table and value in CHARSETS:
            self.fonts[font] = CHARSETS[value]
        elif word == b"uc":
            self.unicode_skip = min(value or 0, 10)
        elif word == b"u" and value is not None:
            if not hidden:
                self.pieces.append(chr(value % 65536))
            self.skip_units = self.unicode_skip
        elif word in SYMBOLS and not hidden:
            self.pieces.append(SYMBOLS[word])
        return (hidden, htmltag, font, table)

    def byte(self, value, state):
        if self.skip_units:
            self.skip_units -= 1
        elif not state[0]:
            self.pending.append(value)

    def symbol(self, symbol, state):
        if symbol in b"{}\\" and not state[0]:
            self.plain(symbol, state)
        elif symbol in b"~_-" and not state[0]:
            self.plain({b"~": b" ", b"_": b"-"}.get(symbol, b""), state)

    def plain(self, plain, state):
        if self.skip_units:
            skipped = min(self.skip_units, len(plain))
            self.skip_units -= skipped
            plain = plain[skipped:]
        if not state[0]:
            self.pending += plain

    def flush(self, state):
        if self.pending:
            codec = self.fonts.get(state[2], self.codec)
            text = bytes(self.pending).decode(codec, "replace").replace("\ufffd", "?")
            self.pieces.append(text)
            self.pending = bytearray()
