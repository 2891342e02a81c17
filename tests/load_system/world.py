"""A desk under load: worker processes, many agents, one team whose method gives out the tickets."""

import os
import threading
import time

from devtools import database, odoo, setup, templates
from devtools.server import Server

GROUP = "service_desk.service_desk_group_agent"
SETTLE_SECONDS = 120


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


def at_once(clients):
    """Let all clients work at the same time; return what went wrong."""
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return [error for client in clients for error in client.errors]


class LoadWorld:
    """One database with several worker processes and agents who all are members of one team."""

    def __init__(self, agents, workers=4):
        self.db = f"test_{os.getpid()}_load"
        self.workers = workers
        self.logins = [f"load_agent{number}" for number in range(agents)]
        self.server = self.team_id = None

    def __enter__(self):
        setup.ensure()
        database.drop(self.db)
        templates.copy(os.environ.get("DESK_TEMPLATE") or templates.full(), self.db)
        gevent = ["--gevent-port", odoo.free_port()]
        self.server = Server(self.db, None, "--workers", self.workers, *gevent)
        self.server.log = self.server.log.with_name(f"load-{self.server.port}.log")
        self.server.log.write_bytes(b"")
        self.server.start().wait_ready()
        return self

    def __exit__(self, *error):
        self.server.stop()
        database.drop(self.db)

    def configure(self, **team):
        """Make the agents and their team."""
        call = self.server.session("admin", "admin").call
        module, name = GROUP.split(".")
        domain = [["module", "=", module], ["name", "=", name]]
        [group] = call("ir.model.data", "search_read", domain, ["res_id"])
        users = call(
            "res.users",
            "create",
            [
                {
                    "name": login,
                    "login": login,
                    "password": login,
                    "email": f"{login}@desk.test",
                    "group_ids": [[4, group["res_id"]]],
                }
                for login in self.logins
            ],
        )
        [self.team_id] = call(
            "service_desk.team",
            "create",
            [{"name": "Load", "member_ids": [[6, 0, users]], **team}],
        )
        return self

    def query(self, sql):
        """Return rows of text of the database."""
        from devtools import postgres

        return postgres.query(sql, db=self.db)

    def settle(self):
        """Wait until nothing is about to be given out."""
        deadline = time.monotonic() + SETTLE_SECONDS
        sql = (
            "SELECT count(*) FROM service_desk_ticket"
            f" WHERE team_id = {self.team_id} AND assign_code = 'queued'"
        )
        while time.monotonic() < deadline:
            if int(self.query(sql)[0][0]) == 0:
                return
            time.sleep(1)
        raise AssertionError(f"the queue does not empty: see {self.server.log}")
