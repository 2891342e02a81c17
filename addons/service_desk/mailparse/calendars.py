"""An invitation as a few readable lines: what, when, where, who."""

import re

from .charsets import decode
from .clean import clean_text

FIELDS = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER", "DESCRIPTION")
LINE = re.compile(r"^([A-Z-]{2,40})((?:;[^:\n]{0,300})?):(.*)$")
MAX_BYTES = 100_000


def calendar_text(data):
    """Return the fields of the first event, one a line; empty when there is none."""
    text = clean_text(decode(data[:MAX_BYTES]).text)
    text = re.sub(r"\n[ \t]", "", text)
    found, inside = {}, False
    for line in text.split("\n"):
        if line.strip().upper() in ("BEGIN:VEVENT", "BEGIN:VTODO"):
            inside = True
        match = LINE.match(line) if inside else None
        if match and match.group(1) in FIELDS:
            found.setdefault(match.group(1), _value(match.group(1), match.group(3)))
    times = " – ".join(found[name] for name in ("DTSTART", "DTEND") if found.get(name))
    lines = [found.get("SUMMARY"), times, found.get("LOCATION"), found.get("ORGANIZER"),
             found.get("DESCRIPTION")]  # fmt: skip
    return "\n".join(line for line in lines if line)


def _value(name, value):
    value = value.strip()
    if name in ("DTSTART", "DTEND"):
        match = re.match(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?", value)
        if match:
            year, month, day, hour, minute, zulu = match.groups()
            clock = f" {hour}:{minute}" if hour else ""
            return "{}-{}-{}{}{}".format(year, month, day, clock, " UTC" if zulu else "")
    if name == "ORGANIZER":
        return re.sub(r"(?i)^mailto:", "", value)
    return re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\[nN]", "\n", value))
