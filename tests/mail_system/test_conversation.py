"""A customer writes, an agent answers in the browser, the customer answers: one ticket, two people."""

import re

import pytest

from .browser import answer, page_of
from .letters import letter, send
from .smtp import text_of
from .world import AGENT, DESK

PICTURE = bytes(range(256)) * 40


@pytest.fixture
def ticket(world, exchanger, clean_sink):
    """A ticket of a fresh customer and the acknowledgement he has got; also who he is."""
    counter = world.count("service_desk_ticket")
    sender = f"alla{counter}@customer.test"
    content = letter(
        f"Alla Customer <{sender}>",
        DESK,
        "The till prints nothing",
        "Good day!\n\nThe till in the hall prints nothing since nine.\n\nAlla",
        files=[("till.bin", PICTURE)],
    )
    send(exchanger, sender, DESK, content)
    world.drain()
    [row] = world.sql(
        "SELECT id, number, name, state, channel, email_from, partner_id FROM service_desk_ticket"
        f" WHERE email_from ILIKE '%{sender}%'"
    )
    names = ("id", "number", "name", "state", "channel", "email_from", "partner_id")
    found = dict(zip(names, row, strict=True), sender=sender)
    [found["acknowledgement"]] = clean_sink.wait_for(sender)
    return found


def test_a_letter_becomes_a_ticket(world, ticket):
    assert re.fullmatch(r"INC-\d{6}", ticket["number"])
    assert ticket["name"] == "The till prints nothing"
    assert (ticket["state"], ticket["channel"]) == ("new", "email")
    assert (
        world.value(f"SELECT email FROM res_partner WHERE id = {ticket['partner_id']}")
        == ticket["sender"]
    )
    description = world.value(
        f"SELECT description FROM service_desk_ticket WHERE id = {ticket['id']}"
    )
    assert "prints nothing since nine" in description
    files = world.sql(
        "SELECT a.name, a.file_size FROM ir_attachment a WHERE a.res_model = 'service_desk.ticket'"
        f" AND a.res_id = {ticket['id']} AND a.name = 'till.bin'"
    )
    assert files == [["till.bin", str(len(PICTURE))]]


def test_the_acknowledgement_is_automatic_mail(ticket):
    received = ticket["acknowledgement"]
    message = received.message
    assert received.recipients == [ticket["sender"]]
    assert ticket["number"] in message["Subject"]
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"]
    assert DESK in message["From"] + (message["Reply-To"] or "")
    assert message["Message-ID"]


def test_the_conversation_goes_on(world, exchanger, clean_sink, ticket):
    """Answer in the browser, reply with headers, reply without headers: all on one ticket."""
    clean_sink.reset()
    with page_of(world.server, AGENT, AGENT) as page:
        answer(page, world.server, ticket["id"], "Please switch the till off and on.")
    [received] = clean_sink.wait_for(ticket["sender"])
    reply = received.message
    assert "switch the till off and on" in text_of(reply)
    assert DESK in (reply["Reply-To"] or reply["From"])
    # A person's answer is no automatic mail.
    assert reply["Auto-Submitted"] in (None, "no")
    assert _needs_reply(world, ticket) is False

    _customer_replies(
        world, exchanger, ticket, "Re: " + reply["Subject"], "That did not help.", reply_to=reply
    )
    assert _needs_reply(world, ticket) is True
    assert _texts(world, ticket)[-1].count("That did not help") == 1

    subject = f"still broken [{ticket['number']}]"
    _customer_replies(world, exchanger, ticket, subject, "It is me again, without headers.")
    assert "It is me again" in _texts(world, ticket)[-1]
    assert world.count("service_desk_ticket", f"email_from ILIKE '%{ticket['sender']}%'") == 1


def test_a_russian_reply_in_koi8(world, exchanger, ticket):
    reply_to = ticket["acknowledgement"].message
    content = letter(
        ticket["sender"],
        DESK,
        "Re: Касса не печатает",
        "Добрый день! Ничего не помогло.",
        reply_to=reply_to,
        charset="koi8-r",
    )
    send(exchanger, ticket["sender"], DESK, content)
    world.drain()
    check_landed(world, "reply", ticket)
    assert "Добрый день! Ничего не помогло." in _texts(world, ticket)[-1]
    assert world.count("service_desk_ticket", f"email_from ILIKE '%{ticket['sender']}%'") == 1


def test_a_russian_letter_in_koi8(world, exchanger, clean_sink):
    sender = "boris@customer.test"
    content = letter(
        sender, DESK, "Касса не печатает", "С девяти утра ни одного чека.", charset="koi8-r"
    )
    send(exchanger, sender, DESK, content)
    world.drain()
    [[name, description]] = world.sql(
        f"SELECT name, description FROM service_desk_ticket WHERE email_from ILIKE '%{sender}%'"
    )
    assert name == "Касса не печатает"
    assert "ни одного чека" in description


def test_a_note_never_leaves(world, clean_sink, ticket):
    """Only notes of the agent are posted here: nothing may come to the sink for the customer."""
    clean_sink.reset()
    session = world.server.session(AGENT, AGENT)
    session.call(
        "service_desk.ticket",
        "message_post",
        [int(ticket["id"])],
        body="canary-of-the-note",
        message_type="comment",
        subtype_xmlid="mail.mt_note",
    )
    session.call(
        "service_desk.ticket",
        "message_post",
        [int(ticket["id"])],
        body="An answer for the customer.",
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )
    [received] = clean_sink.wait_for(ticket["sender"])
    assert "An answer for the customer" in text_of(received.message)
    assert not [one for one in clean_sink.messages if b"canary-of-the-note" in one.raw]


def _customer_replies(world, exchanger, ticket, subject, text, **options):
    send(
        exchanger, ticket["sender"], DESK, letter(ticket["sender"], DESK, subject, text, **options)
    )
    world.drain()
    check_landed(world, "reply", ticket)


def check_landed(world, result, ticket):
    """The newest row of the ledger says what became of the last mail, and where it landed."""
    [row] = world.sql(
        "SELECT state, result, reason, ticket_id, left(replace(reason_text, E'\\n', ' '), 2000)"
        " FROM service_desk_mail_intake ORDER BY id DESC LIMIT 1"
    )
    assert row[:4] == ["processed", result, "", ticket["id"]], row


def _texts(world, ticket):
    rows = world.sql(
        "SELECT replace(body, E'\\n', ' ') FROM mail_message WHERE model = 'service_desk.ticket'"
        f" AND res_id = {ticket['id']} AND message_type IN ('email', 'comment') ORDER BY id"
    )
    return [row[0] for row in rows]


def _needs_reply(world, ticket):
    return (
        world.value(f"SELECT needs_reply FROM service_desk_ticket WHERE id = {ticket['id']}") == "t"
    )
