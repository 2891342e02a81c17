"""Sixteen clients write to tickets while others merge and assign these very tickets: no word is lost."""

import itertools
import logging
import random
import re
import time
from collections import Counter

import pytest

from .world import Client, LoadWorld, at_once

_logger = logging.getLogger(__name__)

AGENTS = 8
LIMIT = 5
#: Tickets that are written to, merged and assigned by hand, all at once.
POOL = 48
POSTS = 18
MERGES = 16
BY_HAND = 12
#: Somebody who gets tickets by hand, which no limit forbids; the limits of the others must hold.
BY_HAND_LOGIN = "load_agent7"
#: The last line of a traceback; what Odoo tries again it logs without one.
UNHANDLED = re.compile(r"^psycopg2\.errors\.(?:Serialization|Deadlock|Unique).*", re.MULTILINE)
NOTE, ANSWER = "mail.mt_note", "mail.mt_comment"
TICKET = "service_desk.ticket"


class MergeWorld(LoadWorld):
    """A desk whose team has tickets of one customer, which may all be merged."""

    def fill(self):
        call = self.server.session("admin", "admin").call
        [partner] = call("res.partner", "create", [{"name": "Volna", "email": "volna@desk.test"}])
        vals = {"team_id": self.team_id, "partner_id": partner}
        self.pool = call(
            TICKET, "create", [{**vals, "name": f"Pool {number}"} for number in range(POOL)]
        )
        [(self.by_hand_id,)] = self.query(
            f"SELECT id FROM res_users WHERE login = '{BY_HAND_LOGIN}'"
        )
        #: Tickets that are merged at this very moment: the most dangerous to write to.
        self.hot = list(self.pool[:2])
        return self


@pytest.fixture(scope="module")
def world():
    with MergeWorld(AGENTS) as world:
        yield world.configure(assign_method="balanced", member_limit=LIMIT).fill()


class Worker(Client):
    """A client to whom the desk may say no in a sentence, and nothing else."""

    counter = itertools.count()

    def __init__(self, world, login, work):
        super().__init__(world, login, work)
        self.number = next(self.counter)
        self.dice = random.Random(self.number)
        self.refused, self.posted, self.slowest = Counter(), {}, 0.0

    def ask(self, send, *args, **kwargs):
        """Return the answer, or None after a refusal; anything else ends the client with an error."""
        started = time.monotonic()
        try:
            return send(*args, **kwargs)
        except Exception as error:
            kind, _colon, sentence = str(error).partition(": ")
            if kind != "odoo.exceptions.UserError":
                raise
            self.refused[sentence] += 1
            return None
        finally:
            self.slowest = max(self.slowest, time.monotonic() - started)

    def pick(self):
        """Return a ticket, every second time one that is merged just now."""
        return self.dice.choice(self.dice.choice([self.world.hot, self.world.pool]))


def write_messages(client):
    for number in range(POSTS):
        ticket, token = client.pick(), f"word-{client.number}-{number}-end"
        data = {
            "body": token,
            "message_type": "comment",
            "subtype_xmlid": client.dice.choice([NOTE, ANSWER]),
        }
        params = {"thread_model": TICKET, "thread_id": ticket, "post_data": data}
        if client.ask(client.session.post, "/mail/message/post", params):
            client.posted[token] = ticket


def merge(client, ticket, survivor):
    client.world.hot[:] = [ticket, survivor]
    wizard = {"ticket_ids": [[6, 0, [ticket, survivor]]], "survivor_id": survivor}
    model = "service_desk.ticket.merge"
    ids = client.ask(client.session.call, model, "create", [wizard])
    if ids and client.ask(client.session.call, model, "action_confirm", ids):
        client.got.append((ticket, survivor))


def merge_pairs(seed, backwards):
    """Return work that merges the same pairs as others of ``seed``, if wished in the opposite direction."""

    def work(client):
        dice = random.Random(seed)
        for _number in range(MERGES):
            pair = dice.sample(client.world.pool, 2)
            merge(client, *(reversed(pair) if backwards else pair))

    return work


def assign_by_hand(client):
    for _number in range(BY_HAND):
        vals = {"user_id": int(client.world.by_hand_id)}
        client.ask(client.session.call, TICKET, "write", [client.pick()], vals)


def create_and_pull(client):
    for number in range(BY_HAND):
        vals = {"name": f"New {client.number} {number}", "team_id": client.world.team_id}
        client.ask(client.session.call, TICKET, "create", [vals])
        action = client.ask(client.session.call, TICKET, "action_pull_next")
        if action and action.get("res_id"):
            client.got.append(action["res_id"])


def survivors(world):
    """Return ``{ticket: the end of its chain of merges}``.

    :raises AssertionError: when tickets are merged in a circle
    """
    rows = world.query("SELECT id, COALESCE(merged_into_id, id) FROM service_desk_ticket")
    into, ends = {int(ticket): int(target) for ticket, target in rows}, {}
    for ticket in into:
        seen, end = {ticket}, ticket
        while into[end] != end:
            end = into[end]
            assert end not in seen, f"merged in a circle: {seen}"
            seen.add(end)
        ends[ticket] = end
    return ends


@pytest.fixture(scope="module")
def crew(world):
    """Sixteen clients who have done their work at the same time."""
    work = [write_messages] * 6
    work += [merge_pairs(seed, backwards) for seed in (1, 2) for backwards in (False, True)]
    work += [assign_by_hand] * 3 + [create_and_pull] * 3
    logins = itertools.cycle(login for login in world.logins if login != BY_HAND_LOGIN)
    clients = [Worker(world, next(logins), one) for one in work]
    clients[0].all_errors = at_once(clients)
    world.settle()
    refused = sum((client.refused for client in clients), Counter())
    _logger.info("refused: %s", refused.most_common())
    _logger.info("slowest call: %.1f s", max(client.slowest for client in clients))
    return clients


def test_nobody_gets_an_error_but_a_sentence(world, crew):
    assert crew[0].all_errors == []
    log = world.server.log.read_text(errors="replace")
    assert "maximum number of tries reached" not in log
    assert UNHANDLED.findall(log) == []
    assert '" 500 ' not in log


def test_merges_lead_somewhere(world, crew):
    merged = [pair for client in crew[6:10] for pair in client.got]
    ends = survivors(world)
    assert len(merged) > MERGES // 2, "the test must merge to say something"
    assert len({ticket for ticket, _survivor in merged}) == len(merged), "merged twice"
    assert all(ends[ticket] == ends[survivor] != ticket for ticket, survivor in merged)
    _logger.info("%s merges", len(merged))


def test_no_word_is_lost(world, crew):
    """What somebody was told is posted stands once, where the conversation goes on."""
    ends, places = survivors(world), {}
    rows = world.query(
        "SELECT substring(body from 'word-[0-9]+-[0-9]+-end'), res_id FROM mail_message"
        f" WHERE model = '{TICKET}' AND body LIKE '%word-%-end%'"
    )
    for token, ticket in rows:
        places.setdefault(token, []).append(int(ticket))
    posted = {token: ticket for client in crew for token, ticket in client.posted.items()}
    assert len(posted) == 6 * POSTS, "writing to a ticket is never refused"
    wrong = {
        token: (ticket, places.get(token), ends[ticket])
        for token, ticket in posted.items()
        if places.get(token) != [ends[ticket]]
    }
    assert wrong == {}, "token: (written to, found on, goes on in)"
    moved = sum(ends[ticket] != ticket for ticket in posted.values())
    _logger.info("%s messages, %s of them to tickets that were merged", len(posted), moved)


def test_nobody_got_what_another_has(world, crew):
    taken = Counter(ticket for client in crew[13:] for ticket in client.got)
    assert [ticket for ticket, times in taken.items() if times > 1] == []
    loads = world.query(
        "SELECT user_id, count(*) FROM service_desk_ticket"
        f" WHERE team_id = {world.team_id} AND is_open AND user_id IS NOT NULL"
        f" AND user_id <> {world.by_hand_id} GROUP BY user_id"
    )
    assert max(int(count) for _user, count in loads) <= LIMIT
    assert (
        world.query(
            "SELECT id FROM service_desk_ticket WHERE merged_into_id IS NOT NULL AND is_open"
        )
        == []
    )
