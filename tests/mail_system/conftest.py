"""Real parts, each started once: Dovecot, the SMTP servers, the template database."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import itertools  # noqa: E402 - the repository's root must be importable first
import os  # noqa: E402

import pytest  # noqa: E402

from .dovecot import Dovecot  # noqa: E402
from .smtp import Exchanger, Sink  # noqa: E402
from .world import World, running  # noqa: E402

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def dovecot(tmp_path_factory):
    """A running Dovecot."""
    folder = tmp_path_factory.mktemp("dovecot")
    for parent in (folder, *folder.parents[:2]):
        # Dovecot's mail user must be able to come in.
        parent.chmod(0o755)
    server = Dovecot(folder).start()
    yield server
    server.stop()


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


@pytest.fixture(scope="module")
def world(dovecot, sink):
    """A desk with an IMAP mailbox; one for all tests of a file."""
    number = next(_numbers)
    sink.reset()
    desk = World(f"test_{os.getpid()}_mail{number}", dovecot.mailbox(f"desk{number}"), sink)
    with running(desk):
        yield desk


@pytest.fixture(scope="module")
def exchanger(world):
    """The mail exchanger in front of the desk's mailbox."""
    server = Exchanger(world.mailbox).start()
    yield server
    server.stop()
