"""Sixteen clients on four workers create and take tickets: none twice, no limit broken, no error told."""

import time
from collections import Counter

import pytest

from .world import Client, LoadWorld, at_once

AGENTS = 8
LIMIT = 10
#: More than all of them may have, so that some must wait.
TICKETS = 112


@pytest.fixture(scope="module")
def world():
    """A desk with eight agents at ten tickets each."""
    with LoadWorld(AGENTS) as world:
        yield world.configure(assign_method="balanced", member_limit=LIMIT)


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


def test_creating_and_taking_at_the_same_time(world):
    clients = [Client(world, login, create_tickets) for login in world.logins]
    clients += [Client(world, login, pull_tickets) for login in world.logins]
    assert at_once(clients) == []
    world.settle()

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
    assert at_once(clients) == []
    world.settle()
    [(load,)] = world.query(
        "SELECT count(*) FROM service_desk_ticket t JOIN res_users u ON u.id = t.user_id"
        f" WHERE u.login = '{login}' AND t.team_id = {world.team_id} AND t.is_open"
    )
    assert int(load) == LIMIT
