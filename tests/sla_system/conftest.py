"""One desk for all tests, and the SMTP server that takes its mail."""

import pytest
from mail_system.smtp import Sink

from .desk import running_desk


@pytest.fixture(scope="session")
def sink():
    """The SMTP server that takes what the desk sends."""
    server = Sink().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def desk(sink):
    """A running desk."""
    with running_desk(sink) as found:
        yield found


@pytest.fixture(autouse=True)
def _clean_sink(sink):
    sink.reset()
