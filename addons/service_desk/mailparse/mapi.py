"""MAPI properties as they stand in TNEF streams."""

import struct
from contextlib import suppress

FIXED = {
    0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4,
    0x0014: 8, 0x0040: 8, 0x0048: 16, 0x0000: 0, 0x0001: 0,
}  # fmt: skip
STRING8, UNICODE, OBJECT, BINARY = 0x001E, 0x001F, 0x000D, 0x0102
MULTI = 0x1000
MAX_PROPERTIES = 5_000
MAX_VALUES = 5_000


def read_properties(data):
    """Return {property id: value} of a property list; what follows a break is left out."""
    found = {}
    with suppress(struct.error, _BrokenError):
        count = struct.unpack_from("<I", data)[0]
        position = 4
        for _index in range(min(count, MAX_PROPERTIES)):
            kind, name = struct.unpack_from("<HH", data, position)
            position += 4
            if name >= 0x8000:
                position = _skip_name(data, position)
            values, position = _values(data, position, kind)
            if values:
                found.setdefault(name, values[0])
    return found


class _BrokenError(Exception):
    pass


def _skip_name(data, position):
    kind, size = struct.unpack_from("<II", data, position + 16)
    position += 24
    return position + _padded(size) if kind else position


def _padded(size):
    return (size + 3) // 4 * 4


def _values(data, position, kind):
    base, count = kind & ~MULTI, 1
    variable = base in (STRING8, UNICODE, OBJECT, BINARY)
    if kind & MULTI or variable:
        count = struct.unpack_from("<I", data, position)[0]
        position += 4
    if not variable and base not in FIXED or count > MAX_VALUES:
        raise _BrokenError
    values = []
    for _index in range(count):
        size = FIXED.get(base)
        if variable:
            size = struct.unpack_from("<I", data, position)[0]
            position += 4
        if position + size > len(data):
            raise _BrokenError
        values.append(_value(data[position : position + size], base))
        position += _padded(size)
    return values, position


def _value(raw, base):
    if base == UNICODE:
        return raw.decode("utf-16-le", "replace").split("\0")[0]
    if base == STRING8:
        return raw.split(b"\0")[0]
    if base in (0x0002, 0x0003, 0x000B):
        return struct.unpack("<I", raw)[0]
    return bytes(raw)
