"""Puts one message together."""

import hashlib

from . import envelope, forward, machine, texts
from .body import collect
from .limits import LIMITS, Budget, OutOfTimeError
from .mime import parse
from .model import ReadMail


class Reading:
    """A message while it is being read: the result, the parts and the budget."""

    def __init__(self, raw, limits):
        self.mail = ReadMail(raw_hash=hashlib.sha256(raw).hexdigest())
        self.budget = Budget(limits)
        self.limits = limits
        if len(raw) > limits.max_raw_bytes:
            self.budget.note("raw_cut")
            raw = raw[: limits.max_raw_bytes]
        self.raw = raw
        self.root = None
        self.content = None

    def inner(self, data):
        """Return the :class:`ReadMail` of an embedded message, without its own forwarded ones."""
        reading = Reading(data, self.limits)
        reading.budget = self.budget
        for step in (Reading.structure, envelope.fill, texts.fill):
            step(reading)
        return reading.mail

    def structure(self):
        self.root = parse(self.raw, self.budget)
        self.content = collect(self.root, self.budget)


STEPS = (
    ("structure", Reading.structure),
    ("envelope", envelope.fill),
    ("texts", texts.fill),
    ("forward", forward.fill),
    ("machine", machine.fill),
    ("content_hash", envelope.fill_content_hash),
)


def read(raw, limits=LIMITS):
    """Return the :class:`ReadMail` of ``raw`` bytes.

    Never raises: whatever cannot be read is left out and named in ``notes``. Time and memory are
    bounded by ``limits``; the raw bytes stay the caller's to keep.
    """
    reading = Reading(bytes(raw), limits)
    for name, step in STEPS:
        try:
            step(reading)
        except OutOfTimeError:
            continue
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
                RuntimeError, OSError, AssertionError) as error:  # fmt: skip
            # A message must never stop the mailbox; the note tells where to look.
            reading.budget.note(f"failed_{name}_{type(error).__name__}")
    reading.mail.notes = reading.budget.notes
    return reading.mail
