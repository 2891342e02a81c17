"""A cook, a cashier, a tap and a till: two offerings, each for one of them by the job they have."""

import base64
import os
from contextlib import contextmanager

from mail_system.world import DOMAIN, World, running

#: The smallest picture there is.
PICTURE = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
).decode()
TAP, TILL, COFFEE = "A tap leaks", "A till is broken", "Repair of a coffee machine"


class Kitchen(World):
    """One database with a mailbox, its server and what the tests ask of it."""

    def configure(self):
        super().configure()
        call = self.call = self.admin().call
        self.people = {name: self._person(name) for name in ("cook", "cashier")}
        self.jobs = dict(
            zip(
                ("cook", "cashier"),
                call("hr.job", "create", [{"name": "Cook"}, {"name": "Cashier"}]),
                strict=True,
            )
        )
        self.employees = {
            name: call(
                "hr.employee",
                "create",
                [{"name": name.title(), "user_id": user, "job_id": self.jobs[name]}],
            )[0]
            for name, user in self.people.items()
        }
        [self.team] = call("service_desk.team", "search", [["name", "=", "Help"]])
        self.offerings = {
            TAP: self._offering(TAP, "Plumbing", "the tap drips, water runs", "cook"),
            TILL: self._offering(TILL, "Tills", "the cash desk is dead", "cashier"),
        }
        self._address("till-repair", self.offerings[TILL])
        self._address("tap-repair", self.offerings[TAP])

    def _person(self, login):
        [user] = self.call(
            "res.users",
            "create",
            [
                {
                    "name": login.title(),
                    "login": f"sys_{login}",
                    "password": f"sys_{login}",
                    "email": f"{login}@{DOMAIN}",
                    "group_ids": [[6, 0, [self.ref("base.group_user")]]],
                }
            ],
        )
        return user

    def _offering(self, name, service, words, job):
        [service_id] = self.call(
            "service_desk.service",
            "create",
            [{"name": service, "team_id": self.team, "company_id": 1}],
        )
        [offering] = self.call(
            "service_desk.offering",
            "create",
            [
                {
                    "name": name,
                    "service_id": service_id,
                    "type_id": self.ref("service_desk.ticket_type_request"),
                    "search_words": words,
                    "image_1920": PICTURE,
                    "state": "published",
                    "entitlement_ids": [[0, 0, {"job_ids": [[6, 0, [self.jobs[job]]]]}]],
                }
            ],
        )
        return offering

    def _address(self, alias, offering):
        self.call(
            "service_desk.team.address",
            "create",
            [{"team_id": self.team, "alias_name": alias, "offering_id": offering}],
        )

    def session(self, name, server=None):
        """Return the session of a person: cook, cashier, agent."""
        return (server or self.server).session(f"sys_{name}")

    def partner(self, name):
        """Return the contact of a person."""
        return int(self.value(f"SELECT partner_id FROM res_users WHERE login = 'sys_{name}'"))

    def catalog(self, session):
        """Return the names of what somebody finds in the catalog."""
        found = session.call("service_desk.catalog", "get_catalog")
        return {offering["name"] for offering in found["offerings"]}


@contextmanager
def running_kitchen(dovecot, sink):
    """Yield a configured desk with its server; the database is dropped afterwards."""
    sink.reset()
    with running(Kitchen(f"test_{os.getpid()}_catalog", dovecot.mailbox("kitchen"), sink)) as desk:
        yield desk
