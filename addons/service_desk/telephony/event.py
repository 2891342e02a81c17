"""What every exchange tells, whatever its own words are."""

from typing import NamedTuple
from urllib.parse import urlsplit

#: started: a call has come in or goes out; ringing: at an agent's; answered; left: it rings no longer at an
#: agent's; ended; recording: where it can be heard.
KINDS = ("started", "ringing", "answered", "left", "ended", "recording")
#: Longest values that are kept.
LONGEST_REF = 128
LONGEST_NUMBER = 64
LONGEST_NAME = 128
LONGEST_LINK = 2000
#: A call of more than two days is a clock gone wrong.
LONGEST_CALL = 2 * 24 * 3600


class CallEvent(NamedTuple):
    """One event of one call."""

    kind: str
    #: names the call in its exchange, the same in each of its events
    call_ref: str
    #: names the event within the call, so that one told twice is known
    event_ref: str
    #: the caller's number, of an outgoing call the one that was dialled
    number: str = ""
    #: what the exchange says of the caller's name
    name: str = ""
    #: the agent's number inside the exchange
    extension: str = ""
    direction: str = ""
    #: length of the talk, where the exchange counts it
    duration_seconds: int | None = None
    recording_url: str = ""


def text(value, longest=LONGEST_REF):
    """Return ``value`` as one bounded line; empty for what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    value = "".join(char if char.isprintable() else " " for char in str(value)[: longest * 2])
    return " ".join(value.split())[:longest]


def seconds(value):
    """Return a length of time, or None for nonsense."""
    try:
        number = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None
    return number if 0 <= number <= LONGEST_CALL else None


def link(value):
    """Return ``value`` when it is a web address that may be shown as a link, else an empty text."""
    if not isinstance(value, str) or len(value) > LONGEST_LINK or not value.isprintable():
        return ""
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return ""
    return value.strip() if parts.scheme in ("http", "https") and parts.hostname else ""
