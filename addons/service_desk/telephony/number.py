"""Numbers as people type them and exchanges send them.

A number is found by its last digits, so that ``8 (495) 123-45-67``, ``+7 495 1234567`` and a contact whose
number lacks the country are one. ``phonenumbers`` knows the notations; without it digits alone are compared.
"""

import re
from typing import NamedTuple

try:
    import phonenumbers
except ImportError:  # Odoo lives without it, so do we
    phonenumbers = None

#: Longest text that can be a number with its extension.
LONGEST = 64
#: Fewer digits at the end say nothing about who calls.
SHORTEST_SUFFIX = 4
#: A number up to this length may be one inside the exchange.
LONGEST_INTERNAL = 6

SCHEMES = re.compile(r"^(?:tel|callto|sips?):", re.IGNORECASE)
EXTENSION = re.compile(r"(?:;ext=|\bext\.?|\bx\.?|доб\.?|вн\.?|#|,)\s*(\d{1,7})\s*$", re.IGNORECASE)
NUMBER_SHAPE = re.compile(r"^\+?[\d\s().\-–—/*\xa0]+$")
VANITY_SHAPE = re.compile(r"^\+?[\d(][\d\s().\-]{2,}[A-Za-z]{3,}[A-Za-z\d\-]*$")


class Number(NamedTuple):
    """One number, read."""

    #: ``+74951234567``; empty when it is no whole valid number
    e164: str
    #: digits without country code and trunk prefix: what numbers are compared by from the end
    national: str
    extension: str
    #: all digits as typed, without the extension
    digits: str
    #: for people; as typed when it is not valid
    pretty: str

    @property
    def is_internal(self):
        """Tell whether it may be a number inside the exchange."""
        return 2 <= len(self.digits) <= LONGEST_INTERNAL


def looks_like_number(text):
    """Tell whether ``text`` is meant as a number rather than a name."""
    bare, _extension = _split(text)
    if sum(char.isdigit() for char in bare) < 2:
        return False
    return bool(NUMBER_SHAPE.match(bare) or VANITY_SHAPE.match(bare))


def read_number(text, region=None):
    """Return the :class:`Number` that ``text`` means, or None when it holds no digits.

    :param str text: in any notation, also ``sip:`` and ``tel:`` addresses
    :param str region: two-letter country of numbers without a country code
    """
    bare, extension = _split(text)
    digits = re.sub(r"\D", "", bare)
    if not digits:
        return None
    parsed = _parse(bare, digits, region)
    if parsed is None:
        return Number("", digits.lstrip("0"), extension, digits, bare)
    national = str(parsed.national_number)
    extension = extension or parsed.extension or ""
    if not phonenumbers.is_valid_number(parsed):
        return Number("", national, extension, digits, bare)
    shape = phonenumbers.PhoneNumberFormat
    parsed.extension = None
    e164 = phonenumbers.format_number(parsed, shape.E164)
    return Number(
        e164, national, extension, digits, phonenumbers.format_number(parsed, shape.INTERNATIONAL)
    )


def _split(text):
    """Return the number and the extension behind it."""
    text = SCHEMES.sub("", str(text or "")[:LONGEST].strip())
    text = text.split("@")[0]
    found = EXTENSION.search(text)
    if found and sum(char.isdigit() for char in text[: found.start()]) >= SHORTEST_SUFFIX:
        return text[: found.start()].strip(" ,;"), found.group(1)
    return text, ""


def _parse(bare, digits, region):
    """Return the first reading that is valid, else any; people leave out the plus or write two zeros."""
    if phonenumbers is None or len(digits) < SHORTEST_SUFFIX:
        return None
    readings = [(bare, region)]
    if bare.startswith("00"):
        readings.append((f"+{digits[2:]}", None))
    elif not bare.startswith("+"):
        readings.append((f"+{digits}", None))
    first = None
    for text, country in readings:
        try:
            parsed = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return parsed
        first = first or parsed
    return first
