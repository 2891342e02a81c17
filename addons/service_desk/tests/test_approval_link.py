import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ServiceDeskCommon

LINK = re.compile(r"/service_desk/approval/([A-Za-z0-9_-]{43})")


@tagged("post_install", "-at_install")
class TestApprovalLink(ServiceDeskCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approver = cls.env["res.partner"].create(
            {"name": "Vera Approver", "email": "vera@approve.example.com", "lang": "en_US"}
        )
        cls.policy = cls.env["service_desk.approval.policy"].create(
            {
                "name": "One agrees",
                "step_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Head",
                            "who": "persons",
                            "partner_ids": [(6, 0, cls.approver.ids)],
                        },
                    )
                ],
            }
        )
        service = cls.env["service_desk.service"].create(
            {"name": "Places", "company_id": cls.env.company.id}
        )
        cls.offering = cls.env["service_desk.offering"].create(
            {
                "name": "Order a workplace",
                "service_id": service.id,
                "type_id": cls.env.ref("service_desk.ticket_type_request").id,
                "team_id": cls.team_it.id,
                "state": "published",
                "price": 52000,
                "approval_policy_id": cls.policy.id,
            }
        )

    def _ask(self):
        """Return a ticket that waits, and the token that its approver was sent."""
        ticket = self._create_ticket(
            name="A desk for Oleg", offering_id=self.offering.id, partner_id=self.customer_a.id
        )
        return ticket, self._token(ticket)

    def _links(self, ticket):
        return self.env["service_desk.approval.link"].search(
            [("request_id.ticket_id", "=", ticket.id)], order="id"
        )

    def _token(self, ticket):
        """Send the newest mail as the queue would, and read the token out of it."""
        return LINK.search(self._sent_body(ticket))[1]

    def _sent_body(self, ticket):
        link = self._links(ticket)[-1]
        mail = self.env["mail.mail"].search([("mail_message_id", "=", link.message_id.id)])
        return mail._prepare_outgoing_body()

    def _open(self, token, **options):
        self.env.flush_all()
        return self.url_open(f"/service_desk/approval/{token}", **options)

    def _post(self, token, verdict, reason="", csrf=None):
        page = self._open(token).text
        known = re.search(r'name="csrf_token" value="([^"]+)"', page)
        data = {
            "verdict": verdict,
            "reason": reason,
            "csrf_token": csrf or (known and known[1]) or "",
        }
        with mute_logger("odoo.http"):  # it warns of a form without its token
            return self.url_open(f"/service_desk/approval/{token}/decide", data=data)

    # -------------------------------------------------------------------- mail
    def test_the_mail_says_what_is_asked_and_the_message_keeps_no_token(self):
        ticket, token = self._ask()
        link = self._links(ticket)
        body = self._sent_body(ticket)
        for part in (
            "A desk for Oleg",
            "Order a workplace",
            "52,000",
            "Refuse",
            "Ask something first",
        ):
            self.assertIn(part, body)
        self.assertNotIn("/service_desk/approval/", link.message_id.body)
        self.assertIn(f"/my/approvals/{link.request_id.id}?v=approve", link.message_id.body)
        self.assertNotIn(token, str(link.read()))

    def test_each_attempt_of_sending_makes_a_new_link_and_ends_the_old_one(self):
        ticket, token = self._ask()
        newer = self._token(ticket)
        self.assertNotEqual(newer, token)
        self.assertEqual(self._open(token).status_code, 404)
        self.assertEqual(self._open(newer).status_code, 200)

    def test_what_others_write_gets_no_link(self):
        ticket, _token = self._ask()
        page = f"{ticket.get_base_url()}/my/approvals/{self._links(ticket).request_id.id}"
        message = ticket.message_post(body=f'<a href="{page}?v=approve">x</a>')
        mail = self.env["mail.mail"].create(
            {"mail_message_id": message.id, "body_html": f'<a href="{page}?v=approve">x</a>'}
        )
        self.assertNotIn("/service_desk/approval/", mail._prepare_outgoing_body())

    def test_a_policy_may_demand_a_login(self):
        self.policy.link_needs_login = True
        ticket = self._create_ticket(offering_id=self.offering.id, partner_id=self.customer_a.id)
        self.assertNotIn("/service_desk/approval/", self._sent_body(ticket))

    # -------------------------------------------------------------------- page
    def test_looking_decides_nothing(self):
        ticket, token = self._ask()
        for method in ("GET", "HEAD", "OPTIONS"):
            self.env.flush_all()
            self.opener.request(
                method, f"{self.base_url()}/service_desk/approval/{token}?v=approve"
            )
            self.opener.request(
                method, f"{self.base_url()}/service_desk/approval/{token}/decide?verdict=approve"
            )
        self.assertEqual(ticket.approval_state, "pending")
        self.assertFalse(self._links(ticket).used_at)

    def test_the_page_is_not_kept_and_leads_nowhere_else(self):
        _ticket, token = self._ask()
        answer = self._open(token)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("frame-ancestors 'none'", answer.headers["Content-Security-Policy"])
        self.assertNotIn("<script", answer.text)

    def test_the_page_is_in_the_approver_s_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.approver.lang = "ru_RU"
        ticket, token = self._ask()
        self.assertIn('lang="ru-RU"', self._open(token).text)

    # ------------------------------------------------------------------ decide
    def test_approving_by_the_link(self):
        ticket, token = self._ask()
        answer = self._post(token, "approve")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Already approved by Vera Approver", answer.text)
        self.assertEqual(ticket.approval_state, "approved")
        request = self._links(ticket).request_id
        self.assertEqual((request.channel, request.decided_by_id), ("mail", self.approver))
        told = self.env["mail.message"].search(
            [
                ("res_id", "=", ticket.id),
                ("model", "=", ticket._name),
                ("subject", "ilike", "Your decision"),
            ]
        )
        self.assertEqual(len(told), 1)

    def test_refusing_needs_a_reason_and_loses_none(self):
        ticket, token = self._ask()
        answer = self._post(token, "refuse", reason="  ")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Say why", answer.text)
        self.assertEqual(ticket.approval_state, "pending")
        answer = self._post(token, "refuse", reason="Too dear <b>")
        self.assertIn("Already refused by Vera Approver", answer.text)
        self.assertEqual(ticket.approval_state, "refused")
        self.assertEqual(self._links(ticket).request_id.reason, "Too dear <b>")

    def test_a_link_is_good_once(self):
        ticket, token = self._ask()
        self._post(token, "approve")
        again = self._post(token, "refuse", reason="Changed my mind", csrf="x")
        self.assertNotEqual(ticket.approval_state, "refused")
        self.assertIn(again.status_code, (200, 400))
        self.assertIn("Already approved", self._open(token).text)

    def test_a_link_decided_twice_at_once_says_what_was_decided(self):
        ticket, _token = self._ask()
        link = self._links(ticket)
        link._decide("approve")
        with self.assertRefused(UserError, "Already approved by Vera Approver"):
            link._decide("refuse", "No")

    def test_tampered_and_unknown_links_tell_nothing(self):
        ticket, token = self._ask()
        swapped = ("A" if token[0] != "A" else "B") + token[1:]
        for wrong in (
            swapped,
            token[:-1],
            token + "A",
            "0" * 43,
            "%00" * 10,
            "..%2f..",
            "x" * 5000,
        ):
            answer = self._open(wrong)
            self.assertIn(answer.status_code, (400, 404), wrong[:20])
            self.assertNotIn("A desk for Oleg", answer.text)
        self.assertEqual(ticket.approval_state, "pending")

    def test_another_s_verdict_is_no_verdict(self):
        ticket, token = self._ask()
        self.assertEqual(self._post(token, "escalate").status_code, 422)
        self.assertEqual(ticket.approval_state, "pending")

    def test_without_the_form_s_own_token_nothing_is_decided(self):
        ticket, token = self._ask()
        self.assertEqual(self._post(token, "approve", csrf="forged").status_code, 400)
        self.assertEqual(ticket.approval_state, "pending")

    def test_an_old_link_is_over(self):
        ticket, token = self._ask()
        link = self._links(ticket)
        link.expires_at = fields.Datetime.now() - timedelta(seconds=1)
        answer = self._open(token)
        self.assertEqual(answer.status_code, 410)
        self.assertNotIn("A desk for Oleg", answer.text)
        self.assertEqual(self._post(token, "approve", csrf="x").status_code, 400)
        self.assertEqual(ticket.approval_state, "pending")

    def test_a_link_lives_as_long_as_the_settings_say(self):
        self.env["service_desk.settings"].search(
            [("company_id", "=", self.env.company.id)]
        ).unlink()
        self.env["service_desk.settings"].create({"approval_link_days": 3})
        with (
            freeze_time("2026-03-02 09:00:00"),
            patch.object(self.env.cr, "now", lambda: fields.Datetime.now()),
        ):
            ticket, _token = self._ask()
        self.assertEqual(str(self._links(ticket).expires_at), "2026-03-05 09:00:00")

    def test_who_is_logged_in_as_somebody_else_is_refused(self):
        ticket, token = self._ask()
        self.authenticate(self.agent.login, self.agent.login)
        answer = self._open(token)
        self.assertEqual(answer.status_code, 403)
        self.assertNotIn("A desk for Oleg", answer.text)
        answer = self._post(token, "approve", csrf="x")
        self.assertEqual(ticket.approval_state, "pending")

    def test_a_decision_made_elsewhere_ends_the_link(self):
        ticket, token = self._ask()
        self._links(ticket).request_id._decide(self.approver, "approve")
        self.assertIn("Already approved", self._open(token).text)
        self.assertNotIn("csrf_token", self._open(token).text)

    def test_a_change_of_the_request_ends_the_link(self):
        ticket, token = self._ask()
        ticket.offering_id = self.offering.copy(
            {"name": "Order two workplaces", "state": "published"}
        )
        self.assertNotIn("csrf_token", self._open(token).text)
        self.assertIn("csrf_token", self._open(self._token(ticket)).text)

    # ------------------------------------------------------------------ portal
    def test_a_customer_decides_on_the_portal_what_is_his(self):
        ticket, _token = self._ask()
        asked = self._links(ticket).request_id
        stranger = new_test_user(self.env, "approval_stranger", groups="base.group_portal")
        user = new_test_user(self.env, "approval_portal", groups="base.group_portal")
        user.sudo().partner_id = self.approver
        self.authenticate(stranger.login, stranger.login)
        self.assertEqual(self.url_open(f"/my/approvals/{asked.id}").status_code, 404)
        self.assertNotIn("A desk for Oleg", self.url_open("/my/approvals").text)
        self.authenticate(user.login, user.login)
        self.assertIn("A desk for Oleg", self.url_open("/my/approvals").text)
        page = self.url_open(f"/my/approvals/{asked.id}").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        self.url_open(
            f"/my/approvals/{asked.id}/decide", data={"verdict": "approve", "csrf_token": token}
        )
        self.assertEqual(ticket.approval_state, "approved")
        self.assertEqual(asked.channel, "portal")
