"""A desk with two operators, a caller and an exchange, set up by the web client's own calls."""

import hashlib
import hmac
import json
import os
import time
import urllib.request
from contextlib import contextmanager

from devtools import database, setup, templates
from devtools.server import Server

NUMBER = "+7 495 123-45-67"
#: As the exchange sends it and as a person types it.
RAW_NUMBER = "84951234567"
TYPED_NUMBER = "8 (495) 123-45-67"
OPERATORS = {"101": "sys_operator1", "102": "sys_operator2"}


class PhoneDesk:
    """One database with a server, and what the tests ask of it."""

    def __init__(self, db):
        self.db = db
        self.server = Server(db)

    def configure(self):
        """Make people, a service, a caller and an exchange with a secret."""
        call = self.call = self.server.session("admin", "admin").call
        [group] = call(
            "ir.model.data",
            "search_read",
            [["module", "=", "service_desk"], ["name", "=", "service_desk_group_agent"]],
            ["res_id"],
        )
        country = call("res.country", "search", [["code", "=", "RU"]])[0]
        call("res.company", "write", [1], {"country_id": country})
        self.users = {
            extension: call(
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
                ],
            )[0]
            for extension, login in OPERATORS.items()
        }
        [self.team] = call(
            "service_desk.team",
            "create",
            [{"name": "Help", "member_ids": [[6, 0, list(self.users.values())]]}],
        )
        services = [{"name": "Telephones"}, {"name": "Tills"}, {"name": "Network"}]
        self.service = call("service_desk.service", "create", services)[1]
        [firm] = call("res.partner", "create", [{"name": "Shops", "is_company": True}])
        [self.caller] = call(
            "res.partner",
            "create",
            [{"name": "Alla Caller", "parent_id": firm, "phone": NUMBER}],
        )
        self._configure_exchange(call)
        return self

    def _configure_exchange(self, call):
        extensions = [
            [0, 0, {"extension": extension, "user_id": user}]
            for extension, user in self.users.items()
        ]
        [pbx] = call(
            "service_desk.pbx", "create", [{"name": "Office", "extension_ids": extensions}]
        )
        shown = call("service_desk.pbx", "action_new_secret", [pbx])["params"]
        self.secret, self.path = shown["secret"], shown["url"].split("/", 3)[3]

    def tell(self, event, call_id, **data):
        """Let the exchange tell an event, as it would: signed, over HTTP."""
        body = json.dumps({"event": event, "call_id": call_id, **data}).encode()
        now = str(int(time.time()))
        proof = hmac.new(self.secret.encode(), f"{now}.".encode() + body, hashlib.sha256)
        request = urllib.request.Request(
            f"{self.server.url}/{self.path}",
            body,
            {
                "Content-Type": "application/json",
                "X-Service-Desk-Timestamp": now,
                "X-Service-Desk-Signature": f"sha256={proof.hexdigest()}",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.read() == b"ok"

    def ring(self, call_id, extension="101"):
        """Let the caller's call ring at an operator's place."""
        self.tell("ringing", call_id, extension=extension, **{"from": RAW_NUMBER})

    def tickets(self, subject):
        """Return the tickets with this subject."""
        names = [
            "number",
            "channel",
            "partner_id",
            "create_uid",
            "service_id",
            "type_id",
            "priority",
        ]
        return self.call("service_desk.ticket", "search_read", [["name", "=", subject]], names)

    def notes(self, ticket_id):
        """Return the texts of a ticket's messages."""
        messages = self.call(
            "mail.message",
            "search_read",
            [["model", "=", "service_desk.ticket"], ["res_id", "=", ticket_id]],
            ["body"],
        )
        return [message["body"] for message in messages]


@contextmanager
def running_desk():
    """Yield a configured desk with its server; the database is dropped afterwards."""
    setup.ensure()
    desk = PhoneDesk(f"test_{os.getpid()}_phone")
    templates.copy(os.environ.get("DESK_TEMPLATE") or templates.full(), desk.db)
    try:
        with desk.server:
            yield desk.configure()
    finally:
        database.drop(desk.db)
