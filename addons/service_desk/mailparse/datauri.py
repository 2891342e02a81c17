"""Pictures written into the html itself: taken out as files, so that the html stays small."""

import binascii
import re

START = re.compile(r"data:image/(png|jpe?g|gif|webp|bmp);base64,", re.IGNORECASE)
RUN = re.compile(r"[A-Za-z0-9+/=\s%]*")
MAX_PICTURES = 100
SMALLEST = 200


def take_pictures(source, number):
    """Return (html with ``cid:`` in place of data, [(name, bytes, type, cid)]).

    ``number`` counts the files before, so that content ids stay distinct in a message.
    """
    pieces, found, position = [], [], 0
    while len(found) < MAX_PICTURES:
        match = START.search(source, position)
        if not match:
            break
        end = RUN.match(source, match.end()).end()
        data = _decode(source[match.end() : end])
        if len(data) < SMALLEST:
            pieces.append(source[position:end])
        else:
            kind = match.group(1).lower().replace("jpg", "jpeg")
            index = number + len(found) + 1
            cid = f"picture-{index}@inline"
            name = f"picture-{index}.{kind.replace('jpeg', 'jpg')}"
            found.append((name, data, "image/" + kind, cid))
            pieces.append(source[position : match.start()] + "cid:" + cid)
        position = end
    pieces.append(source[position:])
    return "".join(pieces), found


def _decode(text):
    kept = re.sub(r"%0[aAdD]|[\s=]", "", text)
    try:
        return binascii.a2b_base64(kept[: len(kept) // 4 * 4] + _rest(kept))
    except (binascii.Error, ValueError):
        return b""


def _rest(kept):
    extra = kept[len(kept) // 4 * 4 :]
    return extra + "=" * (4 - len(extra)) if len(extra) > 1 else ""
