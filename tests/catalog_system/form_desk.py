"""A desk whose one offering asks every kind of question that needs no other application."""

import os
from contextlib import contextmanager

from devtools import database, setup, templates
from devtools.server import Server

OFFERING = "Breakdown of cash equipment"
LOGIN = "sys_seller"


def options(*names):
    """Return the commands that make the options of a choice."""
    return [[0, 0, {"name": name}] for name in names]


def when(key, operator, value):
    """Return a condition of one line."""
    return {"all": [{"key": key, "op": operator, "value": value}]}


QUESTIONS = [
    {
        "name": "Which equipment?",
        "key": "what",
        "kind": "choice",
        "is_required": True,
        "option_ids": options("Till", "Scanner"),
    },
    {
        "name": "Serial number",
        "key": "serial",
        "kind": "text",
        "rules": {"pattern": "[A-Z]{2}-[0-9]{4}"},
        "pattern_hint": "Two letters, a dash, four digits",
        "shown_if": when("what", "=", "till"),
    },
    {"name": "Can you still sell?", "key": "can_sell", "kind": "boolean", "is_required": True},
    {
        "name": "Loss so far",
        "key": "loss",
        "kind": "money",
        "rules": {"min": 1, "max": 100000},
        "shown_if": when("can_sell", "=", False),
        "required_if": when("what", "=", "till"),
    },
    {"name": "What happened?", "key": "story", "kind": "long_text", "rules": {"min_length": 5}},
    {
        "name": "Since",
        "key": "since",
        "kind": "date",
        "rules": {"not_after": {"today": True}},
    },
    {
        "name": "Also affected",
        "key": "also",
        "kind": "choices",
        "rules": {"max_count": 1},
        "option_ids": options("Loyalty cards", "Deliveries"),
    },
    {"name": "Photo", "key": "photo", "kind": "files", "rules": {"types": ["jpg"]}},
    {"name": "Colleague", "key": "colleague", "kind": "contact"},
    {
        "name": "Spare parts",
        "key": "parts",
        "kind": "table",
        "column_ids": [
            [0, 0, {"name": "Part", "key": "part", "is_required": True}],
            [0, 0, {"name": "Pieces", "key": "pieces", "kind": "number", "rules": {"min": 1}}],
        ],
    },
]


class FormDesk:
    """One database with a server, an offering with a form, and somebody who asks."""

    def __init__(self, db):
        self.db = db
        self.server = Server(db)

    def configure(self):
        """Make the form, publish it, and let somebody ask."""
        call = self.call = self.server.session("admin", "admin").call
        call(
            "res.users",
            "create",
            [
                {
                    "name": "Sonya Seller",
                    "login": LOGIN,
                    "password": LOGIN,
                    "email": "sonya@desk.test",
                    "group_ids": [[6, 0, [self._ref("base", "group_user")]]],
                }
            ],
        )
        [team] = call("service_desk.team", "create", [{"name": "Tills"}])
        [service] = call(
            "service_desk.service", "create", [{"name": "Tills", "team_id": team, "company_id": 1}]
        )
        [self.form] = call(
            "service_desk.form",
            "create",
            [
                {
                    "name": OFFERING,
                    "service_id": service,
                    "question_ids": [
                        [0, 0, dict(question, sequence=10 * place)]
                        for place, question in enumerate(QUESTIONS, 1)
                    ],
                }
            ],
        )
        call("service_desk.form", "action_publish", [self.form])
        [self.offering] = call(
            "service_desk.offering",
            "create",
            [
                {
                    "name": OFFERING,
                    "service_id": service,
                    "form_id": self.form,
                    "type_id": self._ref("service_desk", "ticket_type_request"),
                    "state": "published",
                }
            ],
        )
        return self

    def _ref(self, module, name):
        found = self.call(
            "ir.model.data",
            "search_read",
            [["module", "=", module], ["name", "=", name]],
            ["res_id"],
        )
        return found[0]["res_id"]

    def count(self):
        """Return how many tickets there are."""
        return self.call("service_desk.ticket", "search_count", [])

    def told(self, ticket_id):
        """Return ``{key: what is shown}`` of a ticket's answers; cells as ``table.column``."""
        rows = self.call(
            "service_desk.answer",
            "search_read",
            [["ticket_id", "=", ticket_id]],
            ["key", "display"],
        )
        return {row["key"]: row["display"] for row in rows}


@contextmanager
def running_form_desk():
    """Yield a configured desk with its server; the database is dropped afterwards."""
    setup.ensure()
    desk = FormDesk(f"test_{os.getpid()}_form")
    templates.copy(os.environ.get("DESK_TEMPLATE") or templates.full(), desk.db)
    try:
        with desk.server:
            yield desk.configure()
    finally:
        database.drop(desk.db)
