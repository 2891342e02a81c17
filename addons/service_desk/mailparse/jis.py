"""ISO-2022-JP with the vendors' signs (NEC, IBM) that Python's own codec does not know."""

import re

ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\([@BDO]|\([BJIHT])")


def jis_text(data):
    """Return the text of ISO-2022-JP ``data``, or ``None`` when it is something else."""
    if not data.isascii() or b"\x1b" not in data:
        return data.decode("ascii") if data.isascii() else None
    pieces, position, mode = [], 0, b"(B"
    for match in ESCAPE.finditer(data):
        pieces.append(_decode(data[position : match.start()], mode))
        position, mode = match.end(), match.group(1)
    pieces.append(_decode(data[position:], mode))
    return "".join(pieces)


def _decode(piece, mode):
    if not mode.startswith(b"$"):
        if mode == b"(I":
            return (
                bytes(byte | 0x80 for byte in piece)
                .decode("cp932", "replace")
                .replace("\ufffd", "?")
            )
        return piece.decode("ascii")
    if mode == b"$(D":
        escaped = b"\x1b$(D" + piece + b"\x1b(B"
        return escaped.decode("iso2022_jp_ext", "replace").replace("\ufffd", "?")
    shifted = bytearray()
    position = 0
    while position < len(piece):
        first = piece[position]
        if not 0x21 <= first <= 0x7E or position + 1 >= len(piece):
            shifted.append(first)
            position += 1
            continue
        shifted += _shift(first, piece[position + 1])
        position += 2
    return bytes(shifted).decode("cp932", "replace").replace("\ufffd", "?")


def _shift(first, second):
    """Turn a JIS pair into Shift JIS, whose Windows form has the vendors' signs."""
    lead = (first - 0x21) // 2 + (0x81 if first < 0x5F else 0xC1)
    trail = second + (31 if second < 96 else 32) if first % 2 else second + 126
    return bytes((lead & 0xFF, trail & 0xFF))
