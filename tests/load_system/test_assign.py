"""Sixteen clients on four workers create and take tickets: none twice, no limit broken, no error told."""

import threading
import time
from collections import Counter

import pytest

from .world import LoadWorld

AGENTS = 8
LIMIT = 10
#: More than all of them may have, so that some must wait.
TICKETS = 112
SETTLE_SECONDS = 240


@pytest.fixture(scope="module")
def world():
    """A desk with eight agents at ten tickets each."""
    with LoadWorld(AGENTS) as world:
        yield world.configure(assign_method="balanced", member_limit=LIMIT)


class Client(threading.Thread):
    """A browser in a thread; what it got, and what went wrong."""

    def __init__(self, world, login, work):
        super().__init__()
        self.session = world.server.session(login, login)
        self.world, self.work = world, work
        self.got, self.errors = [], []

    def run(self):
        try:
            self.work(self)
        except Exception as error:  # whatever comes is looked at
            self.errors.append(repr(error))


def create_tickets(client):
    for number in range(TICKETS // AGENTS):
        vals = {
            "name": f"Load {client.name} {number}",
            "team_id": client.world.team_id,
            "priority": str(number % 4),
        }
        client.session.call("service_desk.ticket", "create", [vals])


def pull_tickets(client):
    for _number in range(LIMIT):
        action = client.session.call("service_desk.ticket", "action_pull_next")
        if action.get("res_id"):
            client.got.append(action["res_id"])
        time.sleep(0.05)


def settle(world):
    """Wait until nothing is about to be given out."""
    deadline = time.monotonic() + SETTLE_SECONDS
    sql = f"SELECT count(*) FROM service_desk_ticket WHERE team_id = {world.team_id} AND assign_code = 'queued'"
    while time.monotonic() < deadline:
        if int(world.query(sql)[0][0]) == 0:
            return
        time.sleep(1)
    raise AssertionError(f"the queue does not empty: see {world.server.log}")


def test_creating_and_taking_at_the_same_time(world):
    clients = [Client(world, login, create_tickets) for login in world.logins]
    clients += [Client(world, login, pull_tickets) for login in world.logins]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert [error for client in clients for error in client.errors] == []
    settle(world)

    taken = Counter(ticket for client in clients for ticket in client.got)
    assert not [ticket for ticket, times in taken.items() if times > 1], "one ticket, two people"
    owners = world.query(
        "SELECT user_id, count(*) FROM service_desk_ticket"
        f" WHERE team_id = {world.team_id} AND user_id IS NOT NULL GROUP BY user_id"
    )
    loads = [int(count) for _user, count in owners]
    assert max(loads) <= LIMIT
    assert sum(loads) == AGENTS * LIMIT, "nobody idles while tickets wait"
    [(waiting, full)] = world.query(
        "SELECT count(*), count(*) FILTER (WHERE assign_code = 'full') FROM service_desk_ticket"
        f" WHERE team_id = {world.team_id} AND user_id IS NULL"
    )
    assert (int(waiting), int(full)) == (TICKETS - sum(loads), TICKETS - sum(loads))


def test_one_who_takes_twice_at_once_keeps_his_limit(world):
    """Double clicks of the same person are two transactions that count the same load."""
    login = world.logins[0]
    [(ticket_id,)] = world.query(
        "SELECT max(t.id) FROM service_desk_ticket t JOIN res_users u ON u.id = t.user_id"
        f" WHERE u.login = '{login}' AND t.team_id = {world.team_id}"
    )
    session = world.server.session(login, login)
    session.call("service_desk.ticket", "action_cancel", [int(ticket_id)])

    def pull_once(client):
        action = client.session.call("service_desk.ticket", "action_pull_next")
        client.got += [action["res_id"]] if action.get("res_id") else []

    clients = [Client(world, login, pull_once) for _number in range(4)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert [error for client in clients for error in client.errors] == []
    settle(world)
    [(load,)] = world.query(
        "SELECT count(*) FROM service_desk_ticket t JOIN res_users u ON u.id = t.user_id"
        f" WHERE u.login = '{login}' AND t.team_id = {world.team_id} AND t.is_open"
    )
    assert int(load) == LIMIT
