"""New mail becomes a ticket: of whom, for which team, with what."""

import time
from email.message import EmailMessage
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged, warmup

from .mail_in_common import MailInCommon


@tagged("post_install", "-at_install")
class TestMailInNew(MailInCommon):
    def test_customer_mail_becomes_ticket(self):
        ticket, row = self._receive(Subject="Printer", files=[("plan.pdf", b"%PDF-1.4 x")])
        self.assertRecordValues(
            ticket,
            [
                {
                    "name": "Printer",
                    "partner_id": self.customer_a.id,
                    "team_id": self.team_it.id,
                    "channel": "email",
                    "state": "new",
                    "needs_reply": True,
                    "commercial_partner_id": self.firm_a.id,
                }
            ],
        )
        self.assertIn("on fire", ticket.description)
        message = self._last_mail(ticket)
        self.assertEqual(message.author_id, self.customer_a)
        self.assertEqual(message.attachment_ids.mapped("name"), ["plan.pdf"])
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertRecordValues(
            row, [{"state": "processed", "result": "ticket", "ticket_id": ticket.id}]
        )
        self.assertIn(b"Subject: Printer", row._raw_bytes())

    def test_unknown_sender_becomes_contact_once(self):
        first, _row = self._receive(From="Nina New <nina@new.example.net>")
        second, _row = self._receive(From="nina@new.example.net", Subject="Other")
        self.assertEqual(first.partner_id.name, "Nina New")
        self.assertEqual(first.partner_id, second.partner_id)

    def test_team_without_contacts_keeps_the_address(self):
        self.team_it.create_contacts = False
        ticket, _row = self._receive(From="Nina New <nina@new.example.net>")
        self.assertFalse(ticket.partner_id)
        self.assertRecordValues(
            ticket, [{"email_from": "nina@new.example.net", "partner_name": "Nina New"}]
        )
        self.assertFalse(self._last_mail(ticket).author_id)

    # ------------------------------------------------------------- addresses
    def test_two_of_our_addresses_make_one_ticket(self):
        ticket, _row = self._receive(To="security@desk.example.com", Cc="it@desk.example.com")
        self.assertEqual(ticket.team_id, self.team_private)
        self.assertIn(
            "Also sent to: it@desk.example.com", "".join(ticket.message_ids.mapped("body"))
        )
        self.assertFalse(ticket.participant_ids)

    def test_plus_address_is_honoured_and_foreign_domain_ignored(self):
        for value in (
            "it+printer@desk.example.com",
            "IT@DESK.EXAMPLE.COM",
            "it@elsewhere.example.net, it@desk.example.com",
        ):
            ticket, _row = self._receive(To=value, text=value)
            self.assertEqual(ticket.team_id, self.team_it, value)

    def test_envelope_recipient_counts_for_blind_copies(self):
        ticket, _row = self._receive(
            To="friends@elsewhere.example.net", Delivered_To="it@desk.example.com"
        )
        self.assertEqual(ticket.team_id, self.team_it)

    def test_extra_address_gives_its_values(self):
        self.env["service_desk.team.address"].create(
            {
                "team_id": self.team_it.id,
                "alias_name": "urgent",
                "type_id": self.type_incident.id,
                "impact": "3",
                "urgency": "3",
            }
        )
        ticket, _row = self._receive(To="urgent@desk.example.com")
        self.assertRecordValues(
            ticket,
            [{"team_id": self.team_it.id, "type_id": self.type_incident.id, "priority": "3"}],
        )

    def test_fallback_model_without_address_goes_to_the_default_team(self):
        ticket, row = self._process(
            self._raw(To="x@elsewhere.example.net"), model="service_desk.ticket"
        )
        self.assertTrue(ticket)
        self.assertEqual(row.team_id, ticket.team_id)

    def test_caller_names_the_ticket(self):
        ticket = self._create_ticket()
        raw = self._raw(From="printer@device.example.net", To=None)
        landed, _row = self._process(raw, model="service_desk.ticket", thread_id=ticket.id)
        self.assertEqual(landed, ticket)

    def test_mail_of_others_is_left_to_odoo(self):
        raw = self._raw(To="nobody@elsewhere.example.net")
        with self.assertRaises(ValueError):
            self.env["mail.thread"].message_process(None, raw)
        partner_id = self.env["mail.thread"].message_process("res.partner", raw)
        self.assertTrue(self.env["res.partner"].browse(partner_id).exists())
        self.assertFalse(self._rows())

    # ---------------------------------------------------------------- people
    def test_reply_to_is_the_requester(self):
        ticket, row = self._receive(
            From="noreply@shop.example.net", Reply_To="Bella <bella@firm-b.example.org>"
        )
        self.assertEqual(ticket.partner_id, self.customer_b)
        self.assertEqual(row.email_from, "noreply@shop.example.net")
        forged, _row = self._receive(
            From="eve@evil.example.net", Reply_To=self.agent.email, text="b"
        )
        self.assertEqual(forged.email_from, "eve@evil.example.net")

    def test_copies_become_participants(self):
        ticket, _row = self._receive(
            Cc="bella@firm-b.example.org, Carl <carl@firm-a.example.org>, it@desk.example.com, catchall@desk.example.com"
        )
        self.assertEqual(
            set(ticket.participant_ids.mapped("email")),
            {"bella@firm-b.example.org", "carl@firm-a.example.org"},
        )
        self.assertEqual(ticket.participant_ids & self.customer_b, self.customer_b)

    def test_at_most_fifty_participants(self):
        ticket, _row = self._receive(
            Cc=", ".join(f"p{number}@many.example.net" for number in range(200))
        )
        self.assertEqual(len(ticket.participant_ids), 50)
        self.assertIn("more people in copy", "".join(ticket.message_ids.mapped("body")))

    def test_forward_of_an_agent_is_of_the_original_sender(self):
        text = (
            "Please look at this.\n\n---------- Forwarded message ---------\nFrom: Bella Customer <bella@firm-b.example.org>\n"
            "Date: Mon, 2 Jun 2025 at 10:00\nSubject: No network\nTo: <sd_agent1@desk.example.com>\n\nThe network is down.\n"
        )
        files = [("log.txt", b"log")]
        ticket, _row = self._receive(
            From=self.agent.email_formatted, Subject="Fwd: No network", text=text, files=files
        )
        self.assertRecordValues(ticket, [{"partner_id": self.customer_b.id, "name": "No network"}])
        self.assertIn("network is down", ticket.description)
        self.assertIn("Anna Agent", "".join(ticket.message_ids.mapped("body")))
        self.assertEqual(self._last_mail(ticket).attachment_ids.name, "log.txt")
        message = self._last_mail(ticket)
        self.assertEqual(message.author_id, self.customer_b, "the original is its writer's message")
        self.assertNotIn("look at this", message.body, "what the agent adds is for the desk")
        notes = ticket.message_ids.filtered(lambda note: note.subtype_id.internal)
        self.assertIn("look at this", "".join(notes.mapped("body")))
        waiting = {"state": "new", "first_response_at": False}
        self.assertRecordValues(ticket, [waiting])
        self.assertTrue(ticket.needs_reply_since, "a forward is no answer")
        other, _row = self._receive(Subject="Fwd: No network", text=text + "x")
        self.assertEqual(other.partner_id, self.customer_a)

    def test_company_rule_of_contacts(self):
        company = self.env["res.company"].create({"name": "Other"})
        foreign = self.env["res.partner"].create(
            {"name": "Far", "email": "far@x.example.net", "company_id": company.id}
        )
        ticket, _row = self._receive(From="far@x.example.net")
        self.assertTrue(ticket.partner_id)
        self.assertNotEqual(ticket.partner_id, foreign)

    def test_acknowledgement_flag(self):
        seen = []
        tickets = type(self.env["service_desk.ticket"])
        opened = tickets._on_opened

        def note(records):
            seen.append(bool(records.env.context.get("service_desk_no_acknowledge")))
            return opened(records)

        with patch.object(tickets, "_on_opened", note):
            self._receive()
            self._receive(text="b", X_Auto_Response_Suppress="All")
            self._receive(text="c", From="x@unknown.example.net", auth="fail")
        self.assertEqual(seen, [False, True, True])

    # --------------------------------------------------------------- content
    def test_unreadable_content_makes_a_ticket_all_the_same(self):
        cases = {
            b"X-UNKNOWN-9": b"Content-Type: text/plain; charset=x-unknown-9\n\nna\xefve text",
            b"NUL": b"Content-Type: text/plain\n\nbe\x00fore",
            b"empty": b"Content-Type: text/plain\n\n",
            b"broken": b"Content-Type: multipart/mixed; boundary=x\n\nno parts at all",
        }
        for name, rest in cases.items():
            raw = (
                b"From: alla@firm-a.example.org\nTo: it@desk.example.com\nSubject: Case\x00 "
                + name
                + b"\n"
                + rest
            )
            ticket, row = self._process(raw)
            self.assertTrue(ticket, name)
            self.assertEqual(row._raw_bytes(), raw)
            self.assertNotIn("\x00", f"{ticket.name}{ticket.description}")

    def test_no_subject_and_a_very_long_one(self):
        ticket, _row = self._receive(Subject=None, text="Help me please")
        self.assertEqual(ticket.name, "Help me please")
        ticket, _row = self._receive(Subject="x" * 100000, text="b")
        self.assertLessEqual(len(ticket.name), 255)

    def test_claimed_date_is_only_shown(self):
        for value in (
            "Thu, 01 Jan 1970 00:00:00 +0000",
            "Sat, 01 Jan 2099 00:00:00 +0000",
            "garbage",
        ):
            ticket, row = self._receive(Date=value, text=value)
            self.assertLess(
                abs((self._last_mail(ticket).date - fields.Datetime.now()).total_seconds()), 60
            )
            self.assertLess(abs((row.received_at - fields.Datetime.now()).total_seconds()), 60)

    def test_html_of_strangers_is_cleaned_and_shows_inline_images(self):
        html = '<p onclick="x()">Look <script>alert(1)</script><img src="cid:pic"></p>'
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = (
            "alla@firm-a.example.org",
            "it@desk.example.com",
            "Pic",
        )
        message.set_content(html, subtype="html")
        message.add_related(
            b"\x89PNG\r\n", maintype="image", subtype="png", cid="<pic>", filename="pic.png"
        )
        ticket, _row = self._process(message.as_bytes())
        post = self._last_mail(ticket)
        self.assertNotIn("script", post.body)
        self.assertNotIn("onclick", post.body)
        self.assertIn(f"/web/image/{post.attachment_ids.id}", post.body)

    def test_html_attachment_is_harmless_text(self):
        ticket, _row = self._receive(
            files=[("x.html", b"<script>alert(1)</script>"), ("x.html", b"<b>2</b>")]
        )
        attachments = self._last_mail(ticket).attachment_ids
        self.assertEqual(set(attachments.mapped("mimetype")), {"text/plain"})
        self.assertEqual(set(attachments.mapped("name")), {"x.html", "x (2).html"})

    def test_damaged_picture_is_kept_undecoded(self):
        picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00u0\x00\x00u0\x08\x02\x00\x00\x00"
        ticket, row = self._receive(files=[("scan.png", picture)])
        self.assertEqual(row.state, "processed")
        self.assertEqual(self._last_mail(ticket).attachment_ids.raw, picture)

    def test_poison_is_quick(self):
        for html in ("<p " * 300000, "<" * 2000000, "<table>" * 50000, "<b>" + "a<!--" * 180000):
            start = time.monotonic()
            _ticket, row = self._receive(text="poison", html=html)
            self.assertIn(row.state, ("processed", "filed"))
            self.assertLess(time.monotonic() - start, 5)

    @warmup
    def test_queries_of_new_mail(self):
        raw = self._raw()
        with self.assertQueryCount(32):
            self.env["mail.thread"].message_process(None, raw)

    @warmup
    def test_queries_of_reply(self):
        ticket, _row = self._receive()
        ticket.user_id = self.agent
        self.env.flush_all()
        raw = self._raw(In_Reply_To=self._last_mail(ticket).message_id)
        with self.assertQueryCount(35):
            self.env["mail.thread"].message_process(None, raw)
