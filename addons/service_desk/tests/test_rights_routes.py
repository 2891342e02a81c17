"""Every route that the add-on defines or changes has a row in a table, and answers as the row says."""

import csv

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .rights_common import CANARY, DATA, RightsCommon

PACKAGE = "odoo.addons.service_desk"
TABLE = DATA / "routes.tsv"
LOGINS = {"portal_b": "sd_portal2", "employee": "sd_employee1", "agent": "sd_agent1"}


@tagged("post_install", "-at_install")
class TestRightsRoutes(RightsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with TABLE.open(encoding="utf-8", newline="") as file:
            cls.table = {
                row["route"]: row
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            }

    def _routes(self):
        """Return ``{route: routing}`` of what the add-on has a hand in, from the server's own map."""
        found = {}
        for rule in self.env["ir.http"].routing_map().iter_rules():
            method = rule.endpoint.func
            name = getattr(method, "__name__", None)
            owner = getattr(method, "__self__", None)
            classes = type(owner).mro() if owner is not None else ()
            if any(
                cls.__module__.startswith(f"{PACKAGE}.") and name in vars(cls) for cls in classes
            ):
                found[rule.rule] = rule.endpoint.routing
        return found

    def test_every_route_has_a_row(self):
        routes = self._routes()
        self.assertIn("/web/pivot/export_xlsx", routes, "the collector must see routes")
        self.assertEqual(set(routes), set(self.table))
        for route, routing in routes.items():
            row = self.table[route]
            with self.subTest(route=route):
                self.assertEqual(
                    (routing["auth"], routing["type"], str(routing.get("csrf", True))),
                    (row["auth"], row["type"], row["csrf"]),
                )

    def _url(self, route):
        """Return the route with the id of a hidden ticket in every place for an id."""
        parts = [
            str(self.private.id) if part.startswith("<") else part for part in route.split("/")
        ]
        return "/".join(parts)

    def _post(self, row, token=True):
        data = {"data": row["data"]}
        if token:
            data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(self._url(row["route"]), data=data, allow_redirects=False)

    def test_answers(self):
        for row in self.table.values():
            for actor in ("public", *LOGINS):
                login = LOGINS.get(actor)
                self.authenticate(login, login)
                response = self._post(row)
                with self.subTest(route=row["route"], actor=actor):
                    self.assertEqual(response.status_code, int(row[actor]), response.text[:300])
                    self.assertNotIn(CANARY, response.text)
            if row["type"] == "http" and row["csrf"] == "True":
                with mute_logger("odoo.http"):  # it warns of the token that is missing
                    response = self._post(row, token=False)
                with self.subTest(route=row["route"], without="token"):
                    self.assertEqual(response.status_code, int(row["no_token"]))
