"""Real parts, each started once: Dovecot, the SMTP servers, the template database."""

import itertools
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from .dovecot import Dovecot
from .smtp import Exchanger, Sink
from .world import World, running

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def dovecot():
    """A running Dovecot."""
    # Not below pytest's own folder: that is closed to Dovecot's mail user, and the next run tidies it up.
    folder = Path(tempfile.mkdtemp(prefix="desk-mail-"))
    server = Dovecot(folder).start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sink():
    """The SMTP server that takes what Odoo sends."""
    server = Sink().start()
    yield server
    server.stop()


@pytest.fixture
def clean_sink(sink):
    """The sink, empty and well-behaved."""
    sink.reset()
    yield sink
    sink.reset()


@pytest.fixture(scope="session")
def make_world(dovecot, sink):
    """Return a function that describes a new desk with a mailbox of its own."""

    def make(**options):
        number = next(_numbers)
        sink.reset()
        name = f"test_{os.getpid()}_mail{number}"
        return World(name, dovecot.mailbox(f"desk{number}"), sink, **options)

    return make


@pytest.fixture(scope="module")
def world(make_world):
    """A desk with an IMAP mailbox; one for all tests of a file."""
    with running(make_world()) as desk:
        yield desk


@pytest.fixture(scope="module")
def exchanger(world):
    """The mail exchanger in front of the desk's mailbox."""
    server = Exchanger(world.mailbox).start()
    yield server
    server.stop()
