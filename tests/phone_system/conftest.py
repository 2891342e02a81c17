"""A desk for all tests, and the page of an operator for each."""

import pytest
from mail_system.browser import page_of

from .desk import OPERATORS, running_desk


@pytest.fixture(scope="session")
def desk():
    """A running desk with an exchange."""
    with running_desk() as found:
        yield found


@pytest.fixture
def page(desk):
    """The page of the first operator, who has just logged in."""
    login = OPERATORS["101"]
    with page_of(desk.server, login, login) as found:
        yield found
