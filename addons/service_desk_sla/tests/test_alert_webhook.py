"""Webhooks: addresses that are refused, the outbox, retries, signatures."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.service_desk.tests.common import ServiceDeskCommon
from odoo.addons.service_desk_sla import webhooks
from odoo.addons.service_desk_sla.webhooks import Answer, Refused

POST = "odoo.addons.service_desk_sla.models.alert.service_desk_webhook_delivery.post"
SECRET = "0123456789abcdef-secret"
#: Ways to say "this machine", "the cloud's secrets" and "the own network".
INWARD = [
    ("http://127.0.0.1/", "own_machine"),
    ("http://localhost:8069/", "own_machine"),
    ("http://2130706433/", "own_machine"),
    ("http://0x7f.1/", "own_machine"),
    ("http://0/", "own_machine"),
    ("http://[::1]/", "own_machine"),
    ("http://[::]/", "own_machine"),
    ("http://[::ffff:127.0.0.1]/", "own_machine"),
    ("http://[64:ff9b::7f00:1]/", "own_machine"),
    ("http://[fe80::1]/", "own_machine"),
    ("http://169.254.169.254/latest/", "own_machine"),
    ("http://224.0.0.1/", "own_machine"),
    ("http://10.0.0.1/", "own_network"),
    ("http://192.168.1.1/", "own_network"),
    ("http://[::ffff:10.0.0.1]/", "own_network"),
    ("http://[fd00::1]/", "own_network"),
    ("http://100.64.0.1/", "own_network"),
]
WRONG = ["ftp://example.com/", "file:///etc/passwd", "http://", "http://u:p@example.com/", "x",
         "http://example.com/\r\nHost: b", "http://example.com:99999/", "http://a\\b/", ""]  # fmt: skip


@tagged("post_install", "-at_install")
class TestAlertWebhook(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what the database has waiting must not be called by tests
        cls.env["service_desk.webhook.delivery"].search([]).unlink()
        cls.webhook = cls.env["service_desk.webhook"].create(
            {"name": "Monitoring", "url": "https://example.com/sla?x=1", "secret": SECRET}
        )

    def _queue(self, count=1):
        self.webhook._queue_calls([{"event": "sla.test", "n": n} for n in range(count)])
        return self.webhook.delivery_ids.sorted("id")

    def _deliver(self, answer, moment=None):
        """Run the job with an address that answers so; return what it got: (url, body, headers)."""
        calls = []

        def post(url, body, headers, own_network=False):
            calls.append((url, body, headers))
            if isinstance(answer, Exception):
                raise answer
            return answer

        self.env.flush_all()
        with (
            patch(POST, post),
            freeze_time(moment or fields.Datetime.now()),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("service_desk_sla.ir_cron_deliver_webhooks").method_direct_trigger()
        self.env.invalidate_all()
        return calls

    # ---------------------------------------------------------------- addresses
    def test_no_way_inside(self):
        for url, reason in INWARD:
            with self.subTest(url=url), self.assertRaises(Refused) as refusal:
                webhooks.post(url, b"{}", {})
            self.assertEqual(refusal.exception.reason, reason, url)

    def test_own_network_only_where_allowed(self):
        self.assertEqual(webhooks.resolve("10.0.0.1", 80, own_network=True), "10.0.0.1")
        for host in ("127.0.0.1", "169.254.169.254", "::1", "100.64.0.1", "0.0.0.0"):
            with self.subTest(host=host), self.assertRaises(Refused):
                webhooks.resolve(host, 80, own_network=True)

    def test_a_name_with_one_address_inside_is_refused(self):
        found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
        with patch("socket.getaddrinfo", return_value=found), self.assertRaises(Refused):
            webhooks.resolve("rebind.example.com", 80)

    def test_no_address_of_a_web_server(self):
        for url in WRONG:
            with self.subTest(url=url), self.assertRefused(ValidationError, "web server"):
                self.webhook.copy({"url": url or " ", "secret": SECRET})

    def test_no_secret(self):
        for secret in (False, "", "short"):
            with self.subTest(secret=secret), self.assertRefused(ValidationError, "16 char"):
                self.webhook.write({"secret": secret})

    def test_a_redirect_is_not_followed(self):
        class Handler(BaseHTTPRequestHandler):
            seen = []

            def do_POST(self):  # the library's name
                self.seen.append((self.path, self.headers["Host"]))
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(302)
                self.send_header("Location", "/other")
                self.end_headers()

            def log_message(self, *args):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        self.addCleanup(server.server_close)
        thread = threading.Thread(target=server.handle_request, daemon=True)
        thread.start()
        port = server.server_port
        with patch("odoo.addons.service_desk_sla.webhooks.address._check_address"):
            answer = webhooks.post(f"http://localhost:{port}/a?b=1", b"{}", {})
        thread.join(10)
        self.assertEqual(answer, Answer(302, False))
        self.assertEqual(Handler.seen, [("/a?b=1", f"localhost:{port}")])

    # ------------------------------------------------------------------- outbox
    def test_signed_and_once(self):
        delivery = self._queue()
        [(url, body, headers)] = self._deliver(Answer(204, True))
        self.assertEqual(url, "https://example.com/sla?x=1")
        self.assertEqual(json.loads(body)["key"], headers["Idempotency-Key"])
        self.assertNotIn(SECRET, body.decode())
        stamp, digest = headers["X-Service-Desk-Signature"].split(",")
        text = stamp.removeprefix("t=").encode() + b"." + body
        expected = hmac.new(SECRET.encode(), text, hashlib.sha256).hexdigest()
        self.assertEqual(digest, f"v1={expected}")
        self.assertRecordValues(delivery, [{"state": "sent", "attempts": 1, "status": 204}])
        self.assertEqual(self._deliver(Answer(204, True)), [])

    def test_tried_again_with_the_same_key_and_body(self):
        delivery = self._queue()
        [first] = self._deliver(Answer(500, False))
        self.assertRecordValues(delivery, [{"state": "pending", "error": "HTTP 500"}])
        self.assertEqual(self.webhook.failures, 1)
        self.assertEqual(self._deliver(Answer(200, True)), [], "not before its time")
        [second] = self._deliver(Answer(200, True), delivery.next_try_at + timedelta(seconds=1))
        self.assertEqual(first[1], second[1])
        self.assertEqual(first[2]["Idempotency-Key"], second[2]["Idempotency-Key"])
        self.assertRecordValues(delivery, [{"state": "sent", "attempts": 2}])
        self.assertRecordValues(self.webhook, [{"failures": 0, "last_error": False}])

    def test_an_address_that_is_down_holds_nobody_up(self):
        deliveries = self._queue(30)
        other = self.webhook.copy({"secret": SECRET})
        other._queue_calls([{"event": "sla.test"}])
        calls = self._deliver(OSError("refused"))
        self.assertEqual(len(calls), 2, "one try of each address")
        self.assertEqual(set(deliveries.mapped("state")), {"pending"})
        self.assertEqual(len(set(deliveries.mapped("next_try_at"))), 1)

    def test_given_up_after_days(self):
        delivery = self._queue()
        self._deliver(OSError("refused"), fields.Datetime.now() + timedelta(days=4))
        self.assertRecordValues(delivery, [{"state": "failed"}])

    def test_refused_address_is_said(self):
        delivery = self._queue()
        self._deliver(Refused("own_machine"))
        self.assertIn("never called", delivery.error)
        self.assertIn("never called", self.webhook.last_error)

    def test_archived_is_not_called(self):
        delivery = self._queue()
        self.webhook.active = False
        self.assertEqual(self._deliver(Answer(200, True)), [])
        self.assertEqual(delivery.state, "failed")

    def test_manager_tries_it(self):
        webhook = self.webhook.with_user(self.manager)
        webhook.action_try()
        self.assertEqual(len(self._deliver(Answer(200, True))), 1)
        with self.assertRaises(AccessError):
            self.webhook.with_user(self.agent).action_try()
        with self.assertRaises(AccessError):
            self.webhook.with_user(self.auditor).read(["secret"])
