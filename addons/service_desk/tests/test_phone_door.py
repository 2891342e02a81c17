"""The door for exchanges: whoever proves nothing learns nothing and changes nothing."""

import contextlib
import json
import time
from unittest.mock import patch

import requests

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.service_desk.telephony import signature_of

from .phone_common import PhoneCommon

EVENT = {"event": "ringing", "call_id": "c1", "from": "84951234567", "extension": "101"}


@tagged("post_install", "-at_install")
class TestPhoneDoor(PhoneCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls._new_secret(cls.pbx)

    @classmethod
    def _new_secret(cls, pbx):
        return pbx.with_user(cls.manager).action_new_secret()["params"]["secret"]

    def _post(
        self,
        data=None,
        *,
        key=None,
        secret=None,
        timestamp=None,
        headers=None,
        body=None,
        sign=None,
    ):
        body = json.dumps(data or EVENT).encode() if body is None else body
        timestamp = str(int(time.time())) if timestamp is None else timestamp
        signature = signature_of(secret or self.secret, timestamp, sign or body)
        return self.url_open(
            f"/service_desk/pbx/{key or self.pbx.key}/event",
            data=body,
            headers={
                "Content-Type": "application/json",
                "X-Service-Desk-Timestamp": timestamp,
                "X-Service-Desk-Signature": f"sha256={signature}",
                **(headers or {}),
            },
        )

    def _count(self):
        return self.calls.search_count([]), self.env["service_desk.call.event"].search_count([])

    def test_a_signed_event_is_taken(self):
        response = self._post()
        self.assertEqual((response.status_code, response.text), (200, "ok"))
        call = self.calls.search([("call_ref", "=", "c1")])
        self.assertEqual(call.partner_id, self.customer_a)
        self.assertNotIn("Set-Cookie", response.headers)

    def test_a_form_is_taken_as_well(self):
        body = b"event=ringing&call_id=c2&from=%2B74951234567&extension=101"
        response = self._post(
            body=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual(self.calls.search([("call_ref", "=", "c2")]).partner_id, self.customer_a)

    def test_everything_else_is_refused_in_the_same_words(self):
        before = self._count()
        old, future = str(int(time.time()) - 301), str(int(time.time()) + 400)
        refused = {
            "no signature": self._post(headers={"X-Service-Desk-Signature": ""}),
            "wrong secret": self._post(secret="wrong"),
            "signed for another body": self._post(sign=b"{}"),
            "old": self._post(timestamp=old),
            "from the future": self._post(timestamp=future),
            "no timestamp": self._post(timestamp=""),
            "nonsense timestamp": self._post(timestamp="abc"),
            "another timestamp": self._post(headers={"X-Service-Desk-Timestamp": old}),
            "unknown exchange": self._post(key="x" * 24),
            "nonsense key": self._post(key="%00%27"),
            "a number": self._post(key=str(self.pbx.id)),
            "a list": self._post(data=[EVENT]),
            "no JSON": self._post(body=b"{"),
            "nothing": self._post(body=b" "),
            "deep": self._post(body=b"[" * 30_000),
            "not UTF-8": self._post(body=b"\xff\xfe"),
            "a token instead": self._post(
                headers={"X-Service-Desk-Signature": "", "Authorization": f"Bearer {self.secret}"}
            ),
            "Latin-1 headers": self._post(
                headers={"X-Service-Desk-Signature": "é".encode("latin-1")}
            ),
        }
        for name, response in refused.items():
            with self.subTest(name):
                self.assertEqual((response.status_code, response.text), (401, "Refused."))
        self.assertEqual(self._count(), before, "a refused event has changed something")

    def test_a_replay_is_refused(self):
        timestamp = str(int(time.time()))
        self.assertEqual(self._post(timestamp=timestamp).status_code, 200)
        before = self._count()
        self.assertEqual(self._post(timestamp=timestamp).status_code, 401)
        again = self._post(timestamp=str(int(timestamp) + 1))
        self.assertEqual(again.status_code, 200, "signed anew it is known, and nothing happens")
        self.assertEqual(self._count(), before)

    def test_too_large(self):
        before = self._count()
        self.assertEqual(self._post(body=b"x" * (64 * 1024 + 1)).status_code, 413)
        # the door may be shut while it is still being talked to
        with contextlib.suppress(requests.exceptions.ConnectionError):
            self.assertEqual(self._post(body=b"x" * 10_000_000).status_code, 413)
        self.assertEqual(self._count(), before)

    def test_too_many(self):
        self.pbx.events_per_minute = 3
        codes = [self._post({**EVENT, "event_id": f"e{n}"}).status_code for n in range(5)]
        self.assertEqual(codes, [200, 200, 200, 429, 429])
        self.assertEqual(
            self._post(secret="wrong").status_code,
            401,
            "strangers do not use up the exchange's share",
        )

    def test_another_companys_exchange(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = self.env["service_desk.pbx"].create({"name": "Other", "company_id": company.id})
        secret = self._new_secret(self.pbx)
        other.sudo().secret = "s" * 43
        self.assertEqual(self._post(key=other.key, secret=secret).status_code, 401)
        response = self._post(key=other.key, secret="s" * 43)
        self.assertEqual(response.status_code, 200)
        call = self.calls.search([("pbx_id", "=", other.id)])
        self.assertEqual(call.company_id, company)
        self.assertFalse(
            call.offered_user_ids, "extension 101 is somebody's of the first company only"
        )

    def test_an_archived_exchange_is_unknown(self):
        self.pbx.active = False
        self.assertEqual(self._post().status_code, 401)

    def test_an_exchange_without_a_secret(self):
        pbx = self.env["service_desk.pbx"].create({"name": "New"})
        for secret in ("", "False", "None"):
            self.assertEqual(self._post(key=pbx.key, secret=secret or "x").status_code, 401)

    def test_known_and_unknown_cost_the_same(self):
        """An unknown key is looked up once and compared as often as a known one: its answer tells nothing."""
        proof = {"timestamp": "1", "signature": "wrong", "token": ""}
        compare = patch(
            "odoo.addons.service_desk.models.phone.service_desk_pbx.hmac.compare_digest"
        )
        work = []
        for key in (self.pbx.key, "y" * 24, ""):
            self.env.invalidate_all()
            begin = self.env.cr.sql_log_count
            with compare as compared:
                compared.return_value = False
                self.assertFalse(self.env["service_desk.pbx"]._proven(key, b"{}", proof))
            work.append((compared.call_count, self.env.cr.sql_log_count - begin))
        self.assertEqual(len(set(work)), 1, work)

    # ------------------------------------------------------------------- tokens
    def test_a_token(self):
        self.pbx.auth = "token"
        self.assertFalse(self.pbx.has_secret, "what is kept for a signature is no token")
        token = self._new_secret(self.pbx)
        self.assertNotEqual(self.pbx.sudo().secret, token, "only its hash is kept")
        without = {"X-Service-Desk-Signature": "", "X-Service-Desk-Timestamp": ""}
        good = self._post(headers={**without, "Authorization": f"Bearer {token}"})
        self.assertEqual(good.status_code, 200)
        for wrong in (
            "",
            "Bearer ",
            f"Bearer {token}x",
            f"Basic {token}",
            "Bearer é".encode("latin-1"),
        ):
            response = self._post(headers={**without, "Authorization": wrong})
            self.assertEqual(response.status_code, 401)
        signed = self._post(secret=self.pbx.sudo().secret)
        self.assertEqual(signed.status_code, 401, "the kept hash is no secret to sign with")

    # ------------------------------------------------------------------ secrets
    def test_nobody_reads_a_secret(self):
        for user in (self.manager, self.auditor, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.pbx.with_user(user).read(["secret"])
            self.assertNotIn("secret", self.pbx.with_user(user).fields_get())
        with self.assertRaises(AccessError):
            self.pbx.with_user(self.manager).write({"secret": "mine"})
        with self.assertRaises(AccessError):
            self.env["service_desk.pbx"].with_user(self.manager).create(
                {"name": "x", "key": "k" * 20}
            )
        with self.assertRaises(AccessError):
            self.pbx.with_user(self.agent).action_new_secret()
        self.assertFalse(self.pbx.copy().has_secret)

    def test_a_new_secret_ends_the_old_one(self):
        self._new_secret(self.pbx)
        self.assertEqual(self._post().status_code, 401)
