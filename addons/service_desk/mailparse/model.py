"""What reading a message yields."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Address(NamedTuple):
    """One mailbox: decoded display name and lower-case address."""

    name: str
    email: str


@dataclass
class Attachment:
    """A file of the message; ``inline`` when the html shows it by its content id."""

    name: str
    content: bytes
    mimetype: str
    cid: str = ""
    inline: bool = False


@dataclass
class Machine:
    """Why a message is not from a person.

    ``kind``: bounce, auto_reply, out_of_office, list, read_receipt, feedback, bulk, own_loop,
    generated.
    """

    kind: str
    reason: str = ""
    about_message_ids: list[str] = field(default_factory=list)
    failed_recipients: list[str] = field(default_factory=list)
    permanent: bool = False


@dataclass
class Forwarded:
    """The original inside a forwarded message; ``note`` is what the forwarder wrote above it."""

    name: str = ""
    email: str = ""
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    html: str = ""
    note: str = ""


@dataclass
class Verdict:
    """Result of sender authentication: ``result`` is pass, fail or none; ``why`` a short code."""

    result: str
    why: str


@dataclass
class ReadMail:
    """One message, readable, cleaned and bounded."""

    raw_hash: str = ""
    content_hash: str = ""
    message_id: str = ""
    in_reply_to: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    subject: str = ""
    subject_is_forward: bool = False
    subject_is_reply: bool = False
    from_name: str = ""
    from_email: str = ""
    from_count: int = 0
    sender_email: str = ""
    return_path: str | None = None
    reply_to: list[Address] = field(default_factory=list)
    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    delivered_to: list[str] = field(default_factory=list)
    date_claimed: datetime | None = None
    text: str = ""
    html: str = ""
    body_html: str = ""
    new_text: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    machine: Machine | None = None
    no_auto_answer: bool = False
    auth_headers: list[str] = field(default_factory=list)
    original: Forwarded | None = None
    notes: list[str] = field(default_factory=list)
    headers: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def header(self, name):
        """Return the decoded first value of header ``name``, or an empty string."""
        return (self.headers.get(name.lower()) or [""])[0]

    def header_all(self, name):
        """Return the decoded values of header ``name``, top to bottom."""
        return list(self.headers.get(name.lower(), ()))
