"""POP3: a message leaves the mailbox only when the ledger has it."""

import pytest

from .letters import letter, send
from .smtp import Exchanger
from .test_crash import check_exactly_once, fetch_in_background, numbered, wait_for_tickets
from .world import DESK, running


@pytest.fixture(scope="module")
def world(make_world):
    """A desk that fetches by POP3."""
    with running(make_world(kind="pop")) as desk:
        yield desk


def test_a_letter_by_pop3(world):
    exchanger = Exchanger(world.mailbox).start()
    try:
        content = letter(
            "Pia <pia@pop.test>",
            DESK,
            "Post office",
            "By the old way.",
            files=[("a.bin", b"abc" * 999)],
        )
        send(exchanger, "pia@pop.test", DESK, content)
    finally:
        exchanger.stop()
    world.drain()
    assert world.mailbox.counts() == (0, 0)
    [[name, description]] = world.sql("SELECT name, description FROM service_desk_ticket")
    assert name == "Post office"
    assert "By the old way" in description
    assert (
        world.count(
            "ir_attachment",
            "res_model = 'service_desk.ticket' AND name = 'a.bin' AND file_size = 2997",
        )
        == 1
    )


def test_killed_in_the_middle(world):
    """A dropped POP3 session deletes nothing: what was taken over already comes again, and counts once."""
    mails = numbered("popkill", 40)
    world.mailbox.deliver(*mails)
    thread = fetch_in_background(world)
    wait_for_tickets(world, "popkill", 10)
    world.kill(world.server)
    thread.join(30)
    world.start()
    world.drain(120)
    check_exactly_once(world, "popkill", 40)


def test_a_message_that_fails_is_kept(world):
    """Even what cannot be processed is in the ledger, whole, when POP3 has deleted it."""
    raw = b"Subject: from nobody\r\n\r\nText without a sender\r\n"
    world.mailbox.deliver(raw)
    world.drain()
    [[state, size]] = world.sql(
        "SELECT state, size FROM service_desk_mail_intake WHERE subject = 'from nobody'"
    )
    assert state in ("held", "processed", "filed")
    # Odoo reads POP3 by lines: only the line ends differ.
    assert int(size) >= len(raw.replace(b"\r\n", b"\n").strip())
