"""Two hundred mails and a server that dies, a mailbox that two servers fetch: each mail exactly once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from devtools.say import Trouble

from .letters import letter
from .world import DESK

COUNT = 200


def numbered(mark, count=COUNT):
    """Return the letters; every fourth has no Message-ID, so only its bytes tell it apart."""
    return [
        letter(
            f"Customer {number} <c{number}@{mark}.test>",
            DESK,
            f"{mark} {number}",
            f"Text {number} of {mark}",
            message_id=None if number % 4 else False,
        )
        for number in range(count)
    ]


def fetch_in_background(world, server=None):
    """Start fetching as the scheduler does and return the thread; a server's death ends it quietly."""

    def work():
        with suppress(Trouble, OSError, AssertionError):
            world.drain(seconds=200, server=server)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def wait_for_tickets(world, mark, count, seconds=120):
    """Wait until ``count`` tickets of this test are there."""
    deadline = time.monotonic() + seconds
    while world.count("service_desk_ticket", f"name LIKE '{mark} %'") < count:
        assert time.monotonic() < deadline, f"{count} tickets did not come in time"
        time.sleep(0.05)


def check_exactly_once(world, mark, count=COUNT):
    """Each of the mails is one ticket with one message and one row in the ledger."""
    where = f"name LIKE '{mark} %'"
    names = sorted(
        row[0] for row in world.sql(f"SELECT name FROM service_desk_ticket WHERE {where}")
    )
    assert names == sorted(f"{mark} {number}" for number in range(count))
    messages = world.value(
        "SELECT count(*) FROM mail_message m JOIN service_desk_ticket t ON t.id = m.res_id"
        f" WHERE m.model = 'service_desk.ticket' AND m.message_type = 'email' AND t.{where}"
    )
    assert int(messages) == count
    states = world.sql(
        f"SELECT state, result, count(*) FROM service_desk_mail_intake WHERE subject LIKE '{mark} %' GROUP BY 1, 2"
    )
    assert states == [["processed", "ticket", str(count)]]
    partners = world.value(f"SELECT count(*) FROM res_partner WHERE email LIKE '%@{mark}.test'")
    assert int(partners) == count
    assert world.waiting() == 0


def test_killed_in_the_middle(world):
    """The server is killed twice while it works on two hundred mails."""
    world.mailbox.deliver(*numbered("killed"))
    for reached in (25, 110):
        thread = fetch_in_background(world)
        wait_for_tickets(world, "killed", reached)
        world.kill(world.server)
        thread.join(30)
        world.start()
    assert 0 < world.count("service_desk_ticket", "name LIKE 'killed %'") < COUNT
    world.drain(200)
    check_exactly_once(world, "killed")


def test_two_servers_fetch_one_mailbox(world):
    """Two processes, each with its own entry for the mailbox, fetch at the same time."""
    second = world.start()
    admin = world.admin()
    [other] = admin.call("fetchmail.server", "copy", [world.fetch_server_id])
    admin.call("fetchmail.server", "button_confirm_login", [other])
    world.mailbox.deliver(*numbered("both", 100))

    def fetch(server, entry):
        session = world.admin(server)
        for _round in range(20):
            session.call("fetchmail.server", "fetch_mail", [entry])
            if not world.waiting():
                return

    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(fetch, world.server, world.fetch_server_id),
            pool.submit(fetch, second, other),
        ]
        for job in jobs:
            job.result(200)
    admin.call("fetchmail.server", "unlink", [other])
    world.drain(200)
    world.stop(second)
    check_exactly_once(world, "both", 100)


def test_delivered_twice(world):
    """The same bytes delivered twice are one ticket, with and without a Message-ID."""
    mails = numbered("twice", 8)
    world.mailbox.deliver(*mails, *mails)
    world.drain()
    check_exactly_once(world, "twice", 8)
