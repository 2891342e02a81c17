"""The tester shows what would happen, and nothing happens."""

import base64

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged, users

from .routing_common import RoutingCommon

MAIL = """From: Alla <alla@firm-a.example.org>
To: it@desk.example.com
Subject: =?utf-8?b?0J3QtSDRgNCw0LHQvtGC0LDRjtGCINC60LDRgdGB0Ys=?=
Message-ID: <routing-test@firm-a.example.org>

Help us please.
"""


@tagged("post_install", "-at_install")
class TestRoutingTest(RoutingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls._rule(
            name="Supplier", sequence=1, senders="@supplier.example", words_any="invoice"
        )
        cls.cash = cls._rule(name="Cash desks", sequence=2, words_any="касса чек", urgency="3")
        cls.rest = cls._rule(name="The rest", sequence=3)
        cls.env.flush_all()

    def _fingerprint(self):
        """Return the sums of every table of the database but that of the tester itself."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'
                  AND table_type = 'BASE TABLE' AND table_name <> 'service_desk_routing_test' ORDER BY 1"""
        )
        names = [name for (name,) in self.env.cr.fetchall()]
        sums = {}
        for name in names:
            self.env.cr.execute(
                f"SELECT md5(COALESCE(string_agg(t::text, '' ORDER BY t::text), '')) FROM \"{name}\" t"
            )  # noqa: S608, E501
            sums[name] = self.env.cr.fetchone()[0]
        return sums

    def _test(self, user=None, **vals):
        return self.env["service_desk.routing.test"].with_user(user or self.manager).create(vals)

    def test_pasted_message(self):
        before = self._fingerprint()
        result = str(self._test(raw=MAIL).result)
        self.assertEqual(self._fingerprint(), before)
        self.assertIn("Fits: <strong>Cash desks</strong>", result)
        self.assertIn("subject contains “касса” (“кассы”)", result)
        self.assertIn("Work has stopped", result)
        supplier = result.index("<strong>Supplier</strong>")
        self.assertIn("missed: Sender", result[supplier : supplier + 200])
        self.assertIn("not reached", result[result.index("<strong>The rest</strong>") :])

    def test_unknown_sender_makes_no_contact(self):
        raw = MAIL.replace("alla@firm-a", "nobody@firm-q").replace("To: it@", "To: it@")
        before = self._fingerprint()
        self.assertIn("Cash desks", str(self._test(raw=raw).result))
        self.assertEqual(self._fingerprint(), before)

    def test_file(self):
        eml = base64.b64encode(MAIL.encode())
        with Form(self.env["service_desk.routing.test"].with_user(self.lead)) as form:
            form.eml = eml
            self.assertIn("Fits: <strong>Cash desks</strong>", str(form.result))

    def test_ticket(self):
        ticket, _row = self._receive(Subject="invoice", From="x@supplier.example")
        self.assertIn("By rule “Supplier”", self._why(ticket))
        before = self._fingerprint()
        result = str(self._test(source="ticket", ticket_id=ticket.id).result)
        self.assertEqual(self._fingerprint(), before)
        self.assertIn("Fits: <strong>Supplier</strong>", result)
        action = ticket.with_user(self.lead).action_open_routing_test()
        self.assertEqual(action["context"]["default_ticket_id"], ticket.id)

    def test_nothing_asked_or_nonsense(self):
        self.assertFalse(self._test().result)
        self.assertFalse(self._test(source="ticket").result)
        for raw in ("x", "\n\n", "From: \n\n", "тест", "\ud7ff\ufffd"):
            with self.subTest(raw=raw):
                self._test(raw=raw).read(["result"])
        self.assertIn("no sender", str(self._test(raw="Subject: x\n\ny").result))

    def test_no_rule_fits(self):
        self.rest.active = False
        raw = MAIL.replace(
            "Subject: =?utf-8?b?0J3QtSDRgNCw0LHQvtGC0LDRjtGCINC60LDRgdGB0Ys=?=", "Subject: x"
        )
        self.assertIn("No rule fits", str(self._test(raw=raw).result))

    def test_broken_rule(self):
        self.env.cr.execute(
            "UPDATE service_desk_routing_rule SET pattern = '(x' WHERE id = %s", [self.supplier.id]
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        with self.assertLogs("odoo.addons.service_desk", "WARNING"):
            self.assertIn("could not be asked", str(self._test(raw=MAIL).result))

    @users("sd_lead1")
    def test_what_a_lead_may_not_see(self):
        secret = self._rule(
            name="Secret fraud", sequence=0, words_any="касса", team_id=self.team_private.id
        )
        result = str(self._test(self.env.user, raw=MAIL).result)
        self.assertIn("Fits: <strong>A rule that you may not see</strong>", result)
        for word in ("Secret", "Security", "fraud"):
            self.assertNotIn(word, result)
        secret.sudo().active = False
        raw = MAIL.replace("To: it@", "To: security@")
        result = str(self._test(self.env.user, raw=raw).result)
        self.assertIn("does not go to a team that you see", result)
        self.assertNotIn("Cash desks", result)

    def test_hidden_ticket(self):
        ticket = self._create_ticket(team_id=self.team_private.id)
        with self.assertRaises(AccessError):
            self._test(self.lead, source="ticket", ticket_id=ticket.id).read(["result"])

    def test_agents_have_no_tester(self):
        with self.assertRaises(AccessError):
            self._test(self.agent, raw=MAIL)

    def test_html_is_escaped(self):
        self.cash.name = "<script>alert(1)</script>"
        raw = MAIL.replace("Help us", "<img src=x onerror=alert(1)>").replace("Alla <", "<b> <")
        self.assertNotIn("<script>", str(self._test(raw=raw).result))
