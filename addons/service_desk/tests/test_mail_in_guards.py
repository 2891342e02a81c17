"""The guards: copies, loops, machines, floods, forged and broken mail. Each has its twin.

A twin runs the same message with the guard taken away (patched) and shows that then the harm is done.
"""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .mail_in_common import MailInCommon


@tagged("post_install", "-at_install")
class TestMailInGuards(MailInCommon):
    def _without(self, method, result=None):
        """Take one guard away: its step decides nothing."""
        return patch.object(
            type(self.env["service_desk.mail.intake"]), method, lambda *args, **kwargs: result
        )

    # --------------------------------------------------------------- copies
    def test_same_raw_message_twice_is_one(self):
        raw = self._raw(Message_ID=None)
        ticket, _row = self._process(raw)
        self.assertTrue(ticket)
        self.assertFalse(self.env["mail.thread"].message_process(None, raw))
        self.assertEqual(
            self.env["service_desk.mail.intake"].search_count([("ticket_id", "=", ticket.id)]), 1
        )

    def test_same_message_by_two_ways_is_one(self):
        raw = self._raw()
        ticket, first = self._process(raw)
        again, row = self._process(b"Delivered-To: it@desk.example.com\n" + raw)
        self.assertFalse(again)
        self.assertRecordValues(
            row,
            [{"state": "filed", "reason": "copy", "copy_of_id": first.id, "ticket_id": ticket.id}],
        )
        with self._without("_step_copy"):  # twin
            doubled, _row = self._process(b"Delivered-To: x@desk.example.com\n" + raw)
        self.assertTrue(doubled)

    def test_rewritten_message_id_is_a_copy_for_ten_minutes(self):
        self._receive(Subject="List", Message_ID="<a@x>")
        again, row = self._receive(Subject="List", Message_ID="<b@list>")
        self.assertFalse(again)
        self.assertEqual(row.reason, "copy")
        self._rows().received_at = fields.Datetime.now() - timedelta(minutes=11)
        later, _row = self._receive(Subject="List", Message_ID="<c@list>")
        self.assertTrue(later)

    def test_reused_message_id_with_other_content_is_another_ticket(self):
        first, _row = self._receive(Message_ID="<same@x>", text="One")
        second, _row = self._receive(
            Message_ID="<same@x>", text="Two", From="bella@firm-b.example.org"
        )
        self.assertTrue(first and second)
        self.assertNotEqual(first, second)

    # ----------------------------------------------------------------- loops
    def test_own_address_as_sender_makes_nothing(self):
        _ticket, row = self._receive(From="it@desk.example.com")
        self.assertRecordValues(row, [{"state": "filed", "reason": "loop"}])
        with self._without("_step_loop"):  # twin
            ticket, _row = self._receive(From="it@desk.example.com", text="other")
        self.assertTrue(ticket)

    def test_our_own_message_that_comes_back(self):
        ticket = self._create_ticket()
        sent = ticket.message_post(
            body="Answer", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        _ticket, row = self._receive(Message_ID=sent.message_id)
        self.assertRecordValues(row, [{"state": "filed", "reason": "loop"}])

    def test_our_automatic_mail_that_comes_back(self):
        ticket = self._create_ticket()
        _ticket, row = self._receive(
            From="relay@firm-a.example.org", X_Service_Desk_Loop=ticket.number
        )
        self.assertRecordValues(row, [{"state": "filed", "reason": "loop"}])
        _ticket, row = self._receive(
            X_Service_Desk_Loop="ZZ-999999", Auto_Submitted="auto-replied", text="other desk"
        )
        self.assertEqual(row.reason, "machine")

    # -------------------------------------------------------------- machines
    def test_machine_mail_on_a_ticket_is_a_note_that_changes_nothing(self):
        ticket, _row = self._receive()
        self._solve(ticket, "solved")
        before = ticket.needs_reply_since
        again, row = self._receive(
            In_Reply_To=self._last_mail(ticket).message_id,
            Auto_Submitted="auto-replied",
            Subject="Out of office",
        )
        self.assertEqual(again, ticket)
        self.assertRecordValues(
            ticket, [{"state": "solved", "reopen_count": 0, "needs_reply_since": before}]
        )
        message = self._last_mail(ticket)
        self.assertTrue(message.subtype_id.internal)
        self.assertEqual(row.result, "note")
        with self._without("_step_machine"):  # twin
            self._receive(In_Reply_To=message.message_id, Auto_Submitted="auto-replied", text="other",
                          From=self.agent.email_formatted)  # fmt: skip
        self.assertNotEqual(self._last_mail(ticket), message)

    def test_machine_mail_without_ticket_is_filed_and_can_become_one(self):
        for headers in (
            {"Auto_Submitted": "auto-generated"},
            {"Precedence": "bulk"},
            {"X_Autoreply": "yes"},
            {"Return_Path": "<>"},
            {"List_Id": "<x.lists.example.net>"},
        ):
            ticket, row = self._receive(text=str(headers), **headers)
            self.assertFalse(ticket, headers)
            self.assertRecordValues(row, [{"state": "filed", "reason": "machine"}])
        row.with_user(self.lead).action_make_ticket()
        self.assertEqual(row.state, "processed")
        self.assertTrue(row.ticket_id)

    def test_list_policy(self):
        self.team_it.list_policy = "ticket"
        ticket, _row = self._receive(List_Id="<x.lists.example.net>")
        self.assertTrue(ticket)

    def test_allowed_machine_passes_guard_and_budget(self):
        self.settings.budget_sender = 1
        self.team_it.allowed_machine_senders = "@monitor.example.net"
        for number in range(3):
            ticket, _row = self._receive(
                From="nagios@monitor.example.net",
                Auto_Submitted="auto-generated",
                text=f"Disk {number}",
            )
            self.assertTrue(ticket)
        _ticket, row = self._receive(
            From="nagios@sub.monitor.example.net.evil.example", Auto_Submitted="auto-generated"
        )
        self.assertEqual(row.reason, "machine")

    def test_bounce_marks_the_ticket_unconfirmed(self):
        ticket, _row = self._receive()
        sent = ticket.message_post(
            body="Answer", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        raw = (
            "From: MAILER-DAEMON@mx.example.net\nTo: bounce@desk.example.com\nSubject: Undelivered\nReturn-Path: <>\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\nMIME-Version: 1.0\n\n'
            "--b\nContent-Type: text/plain\n\nFailed.\n--b\nContent-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; alla@firm-a.example.org\nAction: failed\n"
            f"Status: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {sent.message_id}\n\n--b--\n"
        ).encode()
        again, row = self._process(raw)
        self.assertEqual(again, ticket)
        self.assertEqual(row.result, "note")
        self.assertEqual(ticket.undelivered_emails, "alla@firm-a.example.org")
        self.assertFalse(self.customer_a.message_bounce)

    # ---------------------------------------------------------------- floods
    def test_flood_of_one_sender_is_held_as_one_incident(self):
        self.settings.budget_sender = 3
        for number in range(6):
            self._receive(
                From="noisy@spam.example.net", text=f"Text {number}", Subject=f"S{number}"
            )
        self._receive(From="sy@spam.example.net", text="A quiet neighbour")
        held = self._rows(("reason", "=", "flood"))
        self.assertEqual(len(held), 3)
        self.assertEqual(self._count_tickets([("email_from", "ilike", "noisy@spam")]), 3)
        self.assertEqual(self._count_tickets([("email_from", "ilike", "sy@spam")]), 4)
        self.assertEqual(len(held.activity_ids), 1)
        held.with_user(self.lead).action_try_again()
        self.assertEqual(set(held.mapped("state")), {"processed"})
        self.assertEqual(len(held.ticket_id), 3)
        with self._without("_over_budget"):  # twin
            ticket, _row = self._receive(From="noisy@spam.example.net", text="Surplus")
        self.assertTrue(ticket)

    def test_flood_of_one_domain_and_of_many(self):
        self.settings.write({"budget_domain": 3, "budget_team": 5})
        for number in range(5):
            self._receive(From=f"u{number}@spam.example.net", text=f"Text {number}")
        self.assertEqual(self._count_tickets([("email_from", "ilike", "@spam.example.net")]), 3)
        for number in range(4):
            self._receive(From=f"u@d{number}.example", text=f"Text {number}")
        self.assertEqual(len(self._rows(("reason", "=", "flood"))), 2 + 2)
        ticket, _row = self._receive(text="A known customer is heard all the same")
        self.assertTrue(ticket)

    # ---------------------------------------------------------------- senders
    def test_sender_unclear_is_held(self):
        for value, reason in (
            (None, "no_sender"),
            ("", "no_sender"),
            ("a@x.example, b@y.example", "several_senders"),
        ):
            _ticket, row = self._receive(From=value, text=f"From {value}")
            self.assertRecordValues(row, [{"state": "held", "reason": reason}])
        row.with_user(self.lead).action_make_ticket()
        self.assertNotIn(
            self._last_mail(row.ticket_id).author_id, self.env.ref("base.partner_root")
        )

    def test_address_for_followers_and_partners_is_matched_exactly(self):
        self.team_it.alias_id.alias_contact = "partners"
        for sender in (
            "%@firm-a.example.org",
            "lla@firm-a.example.org",
            "alla@firm-a.example.org.evil.example",
            "alla@firm-a",
        ):
            _ticket, row = self._receive(From=sender, text=sender)
            self.assertEqual(
                row.reason in ("refused_sender", "no_sender"), True, (sender, row.reason)
            )
        self.assertFalse(self.env["mail.mail"].search([("email_to", "ilike", "evil")]))
        ticket, _row = self._receive()
        self.assertTrue(ticket)

    def test_refused_but_proven_sender_is_told_once_a_day_without_his_text(self):
        self.team_it.alias_id.alias_contact = "partners"
        for number in range(3):
            self._receive(
                From="ned@nice.example.net", auth="pass", text=f"CANARY {number}", Subject="CANARY"
            )
        mails = self.env["mail.mail"].search([("email_to", "=", "ned@nice.example.net")])
        self.assertEqual(len(mails), 1)
        self.assertNotIn("CANARY", mails.body_html + mails.subject)
        self.assertIn("Auto-Submitted", mails.headers)

    def test_name_of_an_agent_makes_no_contact_of_that_name(self):
        ticket, row = self._receive(From='"Anna Agent" <eve@evil.example.net>')
        self.assertEqual(ticket.partner_id.name, "eve@evil.example.net")
        self.assertEqual(row.email_from, "eve@evil.example.net")
        other, _row = self._receive(
            From='"boss@desk.example.com" <mallory@evil.example.net>', text="b"
        )
        self.assertEqual(other.partner_id.name, "mallory@evil.example.net")

    def test_unproven_customer_is_held_and_unknown_failing_sender_becomes_no_contact(self):
        _ticket, row = self._receive(auth="fail")
        self.assertEqual(row.reason, "unverified_sender")
        ticket, _row = self._receive(From="x@unknown.example.net", auth="fail")
        self.assertTrue(ticket.has_unverified_mail)
        self.assertFalse(ticket.partner_id)

    # ----------------------------------------------------------- twins of rights
    def test_twins_without_the_guards_the_harm_is_done(self):
        ticket, _row = self._receive()
        first_id = self._last_mail(ticket).message_id
        forged = {"From": self.agent.email_formatted, "auth": "fail", "In_Reply_To": first_id}
        with self._without("_step_unverified"):
            landed, _row = self._receive(text="Forged", **forged)
            self.assertEqual(landed, ticket)
            landed, _row = self._receive(
                text="Stranger", From="eve@evil.example.net", In_Reply_To=first_id
            )
            self.assertEqual(landed, ticket)
        self.team_it.alias_id.alias_contact = "partners"
        with self._without("_refused"):
            landed, _row = self._receive(From="eve@evil.example.net", text="Unknown")
            self.assertTrue(landed)
        with self._without("_step_no_sender"):
            landed, _row = self._receive(
                From="a@x.example, b@y.example", text="Two", To="security@desk.example.com"
            )
            self.assertTrue(landed)
        tickets = type(self.env["service_desk.ticket"])
        with patch.object(tickets, "_check_gateway_access", lambda records: None):
            forged_id = (
                self.env["mail.thread"]
                .with_user(self.employee)
                .message_process(None, self._raw(text="RPC"))
            )
        self.assertTrue(forged_id)

    # ------------------------------------------------------------------ access
    def test_people_cannot_forge_mail_by_rpc(self):
        raw = self._raw(From=self.agent.email_formatted)
        for user in (self.employee, self.agent, self.manager, self.portal_a):
            with self.assertRaises(AccessError):
                self.env["mail.thread"].with_user(user).message_process(None, raw)
        tickets = self.env["service_desk.ticket"].with_user(self.employee)
        with self.assertRaises(AccessError):
            tickets.message_new({"subject": "x", "email_from": "a@b.example"})
        with self.assertRaises(AccessError):
            self._create_ticket().with_user(self.agent).message_update({}, {"name": "x"})

    def test_who_reads_the_ledger(self):
        _ticket, row = self._receive(
            From="eve@evil.example.net", To="security@desk.example.com", Subject="Secret"
        )
        self.assertTrue(row.with_user(self.agent2).subject)
        self.assertTrue(row.with_user(self.auditor).subject)
        ledger = self.env["service_desk.mail.intake"]
        self.assertFalse(ledger.with_user(self.agent).search([("id", "=", row.id)]))
        for user in (self.employee, self.portal_a):
            with self.assertRaises(AccessError):
                ledger.with_user(user).search([])
        with self.assertRaises(AccessError):
            row.with_user(self.agent2).read(["raw"])
        self.assertTrue(row.with_user(self.manager).read(["raw"])[0]["raw"])
        row.is_foreign = True
        self.assertFalse(ledger.with_user(self.manager).search([("id", "=", row.id)]))
        for values in ({"state": "processed"}, {"reason_text": "x"}):
            with self.assertRaises(AccessError):
                row.with_user(self.manager).write(values)
