"""How much of a message is looked at, and the clock that stops a reader in time."""

import time
from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one :func:`read`. Override with ``dataclasses.replace(LIMITS, max_parts=10)``."""

    max_raw_bytes: int = 50 * MIB
    max_parts: int = 500
    max_depth: int = 40
    max_header_bytes: int = 2 * MIB
    max_header_value: int = 64 * 1024
    max_headers: int = 2_000
    max_text_chars: int = 500_000
    max_html_bytes: int = 500_000
    max_html_tags: int = 20_000
    max_html_depth: int = 200
    max_attachments: int = 200
    max_unpacked_bytes: int = 60 * MIB
    max_subject: int = 255
    max_name: int = 200
    max_to: int = 200
    max_cc: int = 50
    max_references: int = 100
    seconds: float = 10.0


LIMITS = Limits()


class OutOfTimeError(Exception):
    """The time of one message is used up."""


class Budget:
    """Limits, the deadline and the notes of one message that is being read."""

    def __init__(self, limits=LIMITS):
        self.limits = limits
        self.parts = 0
        self.attachments = 0
        self.unpacked = 0
        self.html_bytes = 0
        self.html_tags = 0
        self.text_chars = 0
        self.notes = []
        self._end = time.monotonic() + limits.seconds

    def note(self, code):
        """Remember once that something was repaired, cut or found (``code``)."""
        if code not in self.notes:
            self.notes.append(code)

    def late(self):
        """Tell whether the time is used up (leaves the note ``out_of_time``)."""
        if time.monotonic() > self._end:
            self.note("out_of_time")
            return True
        return False

    def check(self):
        """Raise :class:`OutOfTimeError` when the time is used up."""
        if self.late():
            raise OutOfTimeError
