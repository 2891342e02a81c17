"""Events of a cloud exchange: one flat JSON object or form, in the words that most of them use.

``event, call_id, from, to, extension, direction, duration, recording_url, event_id`` are the names of the
documentation; the others are those under which exchanges send the same.
"""

from .event import LONGEST_NAME, LONGEST_NUMBER, CallEvent, link, seconds, text

KINDS = {
    "started": ("started", "start", "new", "incoming", "call.started", "notify_start"),
    "ringing": ("ringing", "ring", "appeared", "call.ringing", "notify_internal"),
    "answered": ("answered", "answer", "connected", "talking", "call.answered", "notify_answer"),
    "left": ("left", "no_answer", "rejected", "cancelled", "busy"),
    "ended": (
        "ended", "end", "hangup", "completed", "finished", "disconnected", "missed", "call.ended",
        "notify_end", "notify_out_end",
    ),
    "recording": ("recording", "record", "recording_ready", "call.recording", "notify_record"),
}  # fmt: skip
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}

CALL = ("call_id", "callId", "pbx_call_id", "call_session_id", "uuid")
FROM = ("from", "caller_id", "caller", "from_number")
TO = ("to", "called_did", "destination", "to_number")
EXTENSION = ("extension", "internal", "agent", "employee_ext")
EVENT_ID = ("event_id", "eventId", "id", "seq")
DIRECTION = ("direction", "call_type")
DURATION = ("duration", "duration_seconds", "talk_time")
RECORDING = ("recording_url", "record_url", "recording", "link")
NAME = ("name", "caller_name")
OUTGOING = {"out", "outgoing", "outbound"}


def read_cloud(data):
    """Return the :class:`CallEvent` that ``data`` tells, or None when it is of no interest here."""
    kind = KIND_OF.get(text(data.get("event")).lower())
    call_ref = text(_first(data, CALL))
    if not kind or not call_ref:
        return None
    is_out = text(_first(data, DIRECTION)).lower() in OUTGOING
    extension = text(_first(data, EXTENSION), LONGEST_NUMBER)
    event_ref = text(_first(data, EVENT_ID)) or f"{kind}:{extension}"
    return CallEvent(
        kind,
        call_ref,
        event_ref,
        number=text(_first(data, TO if is_out else FROM), LONGEST_NUMBER),
        name=text(_first(data, NAME), LONGEST_NAME),
        extension=extension,
        direction="out" if is_out else "in",
        duration_seconds=seconds(_first(data, DURATION)),
        recording_url=link(_first(data, RECORDING)),
    )


def _first(data, names):
    """Return the first value that is there; ``from`` and ``to`` may be objects with a number."""
    for name in names:
        value = data.get(name)
        if isinstance(value, dict):
            value = value.get("number") or value.get("extension")
        if value not in (None, "", []):
            return value
    return None
