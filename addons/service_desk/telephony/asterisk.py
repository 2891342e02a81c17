"""Events of the Asterisk Manager Interface, as a relay hands them on: the same keys, as JSON or as a form.

The caller's channel gives the call its name (``Linkedid``); the agent's channel is one that was dialled.
"""

import re

from .event import LONGEST_NAME, LONGEST_NUMBER, CallEvent, link, seconds, text

#: PJSIP/101-0000002a, SIP/trunk-7, Local/101@from-queue-0001;1
CHANNEL = re.compile(r"^[A-Za-z0-9]+/([^/@\-;]+)")
UNKNOWN = {"", "<unknown>", "unknown", "anonymous", "s", "restricted", "private"}
RINGING, UP = ("5", "ringing"), ("6", "up")


def read_asterisk(data):
    """Return the :class:`CallEvent` that ``data`` tells, or None when it is of no interest here."""
    read = READERS.get(text(data.get("Event")).lower())
    return read(data) if read else None


def _call_ref(data):
    return text(data.get("Linkedid") or data.get("Uniqueid") or data.get("UniqueID"))


def _number(value):
    number = text(value, LONGEST_NUMBER)
    return "" if number.lower() in UNKNOWN else number


def _name(value):
    name = text(value, LONGEST_NAME)
    return "" if name.lower() in UNKNOWN else name


def _extension(data, number_key, channel_key):
    """Return the agent's own number: as told, else from the name of his channel."""
    told = _number(data.get(number_key))
    if told:
        return told
    found = CHANNEL.match(text(data.get(channel_key)))
    return found.group(1) if found else ""


def _event(kind, data, *parts, **values):
    call_ref = _call_ref(data)
    if not call_ref:
        return None
    reference = ":".join([text(data.get("Event")), *(text(part) for part in parts)])
    return CallEvent(kind, call_ref, reference[:128], **values)


def _newchannel(data):
    """The first channel of a call; a leg to an agent has a name of its own beside the call's."""
    if text(data.get("Uniqueid")) != _call_ref(data):
        return None
    return _event(
        "started",
        data,
        data.get("Uniqueid"),
        number=_number(data.get("CallerIDNum")),
        name=_name(data.get("CallerIDName")),
        # who dials out is an agent: known by his number, the call is then told as his
        extension=_number(data.get("Exten")),
    )


def _newstate(data):
    """The state of a leg to an agent; the caller's own channel says nothing of agents."""
    if text(data.get("Uniqueid")) == _call_ref(data):
        return None
    heard = {text(data.get("ChannelState")), text(data.get("ChannelStateDesc")).lower()}
    kind = "ringing" if heard & set(RINGING) else "answered" if heard & set(UP) else None
    return kind and _event(
        kind,
        data,
        data.get("Uniqueid"),
        kind,
        number=_number(data.get("ConnectedLineNum")),
        name=_name(data.get("ConnectedLineName")),
        extension=_extension(data, "CallerIDNum", "Channel"),
    )


def _dial_begin(data):
    return _event(
        "ringing",
        data,
        data.get("DestUniqueid"),
        number=_number(data.get("CallerIDNum")),
        name=_name(data.get("CallerIDName")),
        extension=_extension(data, "DestCallerIDNum", "DestChannel"),
    )


def _dial_end(data):
    answered = text(data.get("DialStatus")).upper() == "ANSWER"
    return _event(
        "answered" if answered else "left",
        data,
        data.get("DestUniqueid"),
        number=_number(data.get("CallerIDNum")),
        extension=_extension(data, "DestCallerIDNum", "DestChannel"),
    )


def _bridge(data):
    """Two channels talk (Asterisk up to 11)."""
    return _event(
        "answered",
        {**data, "Linkedid": data.get("Linkedid") or data.get("Uniqueid1")},
        data.get("Uniqueid2"),
        number=_number(data.get("CallerID1")),
        extension=_extension(data, "CallerID2", "Channel2"),
    )


def _bridge_enter(data):
    """A channel joins a talk (Asterisk from 12); the caller's own joins as well."""
    if text(data.get("Uniqueid")) == _call_ref(data):
        return None
    return _event(
        "answered",
        data,
        data.get("Uniqueid"),
        number=_number(data.get("ConnectedLineNum")),
        extension=_extension(data, "CallerIDNum", "Channel"),
    )


def _hangup(data):
    """The caller's channel is gone; an agent's alone may be a transfer."""
    if text(data.get("Uniqueid")) != _call_ref(data):
        return None
    return _event("ended", data, data.get("Uniqueid"))


def _cdr(data):
    """The bill of a call: how long was talked, and where the recording lies when the dialplan says so."""
    user_field = link(
        data.get("RecordingUrl") or data.get("recording_url") or data.get("UserField")
    )
    return _event(
        "ended",
        data,
        data.get("UniqueID") or data.get("Uniqueid"),
        data.get("DestinationChannel"),
        number=_number(data.get("Source")),
        duration_seconds=seconds(data.get("BillableSeconds")),
        recording_url=user_field,
    )


def _recording(data):
    """Not Asterisk's own: the relay tells where a recording was put."""
    return _event(
        "recording",
        data,
        data.get("RecordingUrl"),
        recording_url=link(data.get("RecordingUrl") or data.get("recording_url")),
    )


READERS = {
    "newchannel": _newchannel,
    "newstate": _newstate,
    "dialbegin": _dial_begin,
    "dialend": _dial_end,
    "bridge": _bridge,
    "bridgeenter": _bridge_enter,
    "hangup": _hangup,
    "cdr": _cdr,
    "recording": _recording,
}
