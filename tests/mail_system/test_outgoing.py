"""The outgoing server is busy, down, slow, or refuses a person: each mail leaves once, in order."""

import threading
import time
from contextlib import suppress

import pytest

from devtools.say import Trouble

from .letters import letter
from .smtp import text_of
from .world import AGENT, DESK


@pytest.fixture
def ticket(world, clean_sink):
    """(id, requester's address) of a fresh ticket whose acknowledgement has left."""
    number = world.count("service_desk_ticket")
    sender = f"out{number}@customer.test"
    world.mailbox.deliver(letter(sender, DESK, f"Outgoing {number}", "Please answer."))
    world.drain()
    clean_sink.wait_for(sender)
    clean_sink.reset()
    found = world.value(f"SELECT id FROM service_desk_ticket WHERE name = 'Outgoing {number}'")
    return int(found), sender


def post(world, ticket_id, text):
    """Answer as the agent does, by the web client's call."""
    world.server.session(AGENT, AGENT).call(
        "service_desk.ticket",
        "message_post",
        [ticket_id],
        body=text,
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )


def queued(world, ticket_id):
    """Return [(state, who, subject, text)] of what waits for the ticket's people."""
    return world.sql(
        "SELECT q.state, coalesce(q.email_to, '') || (SELECT coalesce(string_agg(p.email, ','), '') FROM res_partner p"
        " JOIN mail_mail_res_partner_rel r ON r.res_partner_id = p.id WHERE r.mail_mail_id = q.id), m.subject,"
        " left(replace(m.body, E'\\n', ' '), 80)"
        " FROM mail_mail q JOIN mail_message m ON m.id = q.mail_message_id"
        f" WHERE m.model = 'service_desk.ticket' AND m.res_id = {ticket_id} AND q.state <> 'sent' ORDER BY q.id"
    )


def queued_for(world, ticket_id, person):
    """Return the states of what waits for one person."""
    return [state for state, who, _subject, _text in queued(world, ticket_id) if who == person]


def wait_until(check, seconds=60):
    """Wait until ``check()`` is true."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


def let_it_go(world, ticket_id, seconds=60):
    """Let time pass until nothing waits for the ticket's people."""
    deadline = time.monotonic() + seconds
    while queued(world, ticket_id):
        assert time.monotonic() < deadline, queued(world, ticket_id)
        world.pass_time()
        world.run_queue()
        time.sleep(0.2)


def check_once_and_in_order(sink, sender, texts):
    """The person has got every text exactly once, in the order they were written."""
    received = [text_of(one.message) for one in sink.to(sender)]
    found = [next(text for text in texts if text in one) for one in received]
    assert found == texts


def test_busy_for_a_while(world, clean_sink, ticket):
    ticket_id, sender = ticket
    texts = [f"Answer number {number}." for number in range(5)]
    clean_sink.busy = True
    for text in texts:
        post(world, ticket_id, text)
    wait_until(lambda: clean_sink.attempts)
    world.pass_time()
    world.run_queue()
    assert clean_sink.to(sender) == []
    assert queued_for(world, ticket_id, sender) == ["outgoing"] * 5, queued(world, ticket_id)
    clean_sink.busy = False
    let_it_go(world, ticket_id)
    check_once_and_in_order(clean_sink, sender, texts)


def test_down_for_a_while(world, clean_sink, ticket):
    ticket_id, sender = ticket
    clean_sink.stop()
    texts = ["While it was down, one.", "While it was down, two."]
    for text in texts:
        post(world, ticket_id, text)
    time.sleep(1)
    world.pass_time()
    world.run_queue()
    assert queued_for(world, ticket_id, sender) == ["outgoing"] * 2, queued(world, ticket_id)
    clean_sink.start()
    let_it_go(world, ticket_id)
    check_once_and_in_order(clean_sink, sender, texts)


def test_refused_for_good(world, clean_sink, ticket):
    """A refusal is final and stands on the ticket; the others' mail is not held up by it."""
    ticket_id, sender = ticket
    clean_sink.refused.add(sender)
    post(world, ticket_id, "You will never read this.")
    wait_until(
        lambda: world.value(
            f"SELECT coalesce(delivery_problem, '') FROM service_desk_ticket WHERE id = {ticket_id}"
        )
    )
    problem = world.value(
        f"SELECT delivery_problem FROM service_desk_ticket WHERE id = {ticket_id}"
    )
    assert sender in problem or "no such person" in problem
    attempts = clean_sink.attempts
    world.pass_time()
    world.run_queue()
    assert clean_sink.attempts == attempts
    assert clean_sink.to(sender) == []


def test_killed_while_sending(world, clean_sink, ticket):
    """At most one mail may come twice, none is lost."""
    ticket_id, sender = ticket
    clean_sink.busy = True
    texts = [f"Before the end {number}." for number in range(4)]
    for text in texts:
        post(world, ticket_id, text)
    wait_until(lambda: clean_sink.attempts >= 1)
    clean_sink.busy, clean_sink.delay = False, 3
    world.pass_time()
    before = clean_sink.attempts
    world.sql("UPDATE mail_mail SET scheduled_date = NULL")
    thread = threading.Thread(target=lambda: _quietly(world.run_queue), daemon=True)
    thread.start()
    wait_until(lambda: clean_sink.attempts > before)
    world.kill(world.server)
    thread.join(20)
    clean_sink.delay = 0
    world.start()
    let_it_go(world, ticket_id, seconds=90)
    received = [text_of(one.message) for one in clean_sink.to(sender)]
    for text in texts:
        assert 1 <= sum(text in one for one in received) <= 2
    assert len(received) <= len(texts) + 1


def _quietly(call):
    """Call what the server's death may cut short."""
    with suppress(Trouble, OSError):
        call()
