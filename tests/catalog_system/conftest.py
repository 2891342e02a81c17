"""A desk with a mailbox, a cook and a cashier; one for all tests."""

import pytest
from mail_system.conftest import dovecot, sink  # noqa: F401
from mail_system.smtp import Exchanger

from .kitchen import running_kitchen


@pytest.fixture(scope="session")
def kitchen(dovecot, sink):  # noqa: F811
    """A running desk, configured by the web client's own calls."""
    with running_kitchen(dovecot, sink) as found:
        yield found


@pytest.fixture(scope="session")
def exchanger(kitchen):
    """The mail exchanger in front of the desk's mailbox."""
    server = Exchanger(kitchen.mailbox).start()
    yield server
    server.stop()
