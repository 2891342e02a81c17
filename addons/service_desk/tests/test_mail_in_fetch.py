"""Fetching: first into the ledger, then seen; other applications get theirs; trouble is told."""

from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.tests import tagged

from .mail_in_common import MailInCommon


class Mailbox:
    """A mail server's connection with the methods that Odoo's own classes have."""

    def __init__(self, messages):
        self.messages = dict(enumerate(messages))
        self.seen = []

    def check_unread_messages(self):
        return len(self.messages)

    def retrieve_unread_messages(self):
        yield from list(self.messages.items())

    def handled_message(self, number):
        self.seen.append(self.messages.pop(number))

    def disconnect(self):
        pass


class InterruptedMailbox(Mailbox):
    """Another session marks messages: a change of flags comes before the message itself."""

    def retrieve_unread_messages(self):
        for number in list(self.messages):
            yield number, b"1 (FLAGS (\\Seen))"[1]

    def fetch(self, number, what):
        raw = self.messages[number]
        return "OK", [b"1 (FLAGS (\\Seen))", *([(b"1 (BODY[] {1}", raw)] if raw else [])]


@tagged("post_install", "-at_install")
class TestMailInFetch(MailInCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.env["fetchmail.server"].create(
            {"name": "Box", "server_type": "imap", "state": "done"}
        )
        cls.ledger = cls.env["service_desk.mail.intake"]

    def _fetch(self, box, limit=50):
        """Fetch from ``box`` as the scheduler does, with commits that a test allows."""
        with (
            patch.object(type(self.server), "_connect__", lambda server, **kwargs: box),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60),
            patch.object(self.env.cr, "commit", lambda: None),
        ):
            return self.server._fetch_mail(limit)

    def test_flags_in_place_of_a_message_lose_nothing(self):
        box = InterruptedMailbox([self._raw(text="One"), None])
        self.assertIsNone(self._fetch(box))
        self.assertEqual(self._rows().mapped("state"), ["processed"])
        self.assertEqual(list(box.messages), [1], "what the server did not give stays unseen")

    def test_fetched_mail_becomes_tickets(self):
        box = Mailbox([self._raw(text=f"Text {number}") for number in range(3)])
        self.assertIsNone(self._fetch(box))
        rows = self._rows()
        self.assertEqual(rows.mapped("state"), ["processed"] * 3)
        self.assertEqual(rows.server_id, self.server)
        self.assertFalse(box.messages)

    def test_ledger_that_cannot_be_written_leaves_mail_unseen(self):
        box = Mailbox([self._raw(), self._raw()])
        with patch.object(
            type(self.ledger), "_insert", side_effect=psycopg2.errors.DiskFull("full")
        ):
            error = self._fetch(box)
        self.assertIsInstance(error, psycopg2.errors.DiskFull)
        self.assertEqual(len(box.messages), 2)
        self.assertTrue(self.server.error_message)
        self.assertIsNone(self._fetch(box))
        self.assertEqual(len(self._rows().ticket_id), 2)
        self.assertFalse(self.server.error_message)

    def test_failing_message_is_kept_and_the_next_is_delivered(self):
        poison = self._raw(Subject="Poison")
        box = Mailbox([poison, self._raw(Subject="Good")])
        make = type(self.ledger)._make_ticket

        def fail(row, job, **kwargs):
            if job.mail.subject == "Poison":
                raise ValueError("no")
            return make(row, job, **kwargs)

        with patch.object(type(self.ledger), "_make_ticket", fail):
            self._fetch(box)
        good, bad = self._rows()
        self.assertEqual((bad.state, good.state), ("held", "processed"))
        self.assertEqual(bad._raw_bytes(), poison)
        self.assertFalse(box.messages)

    def test_without_route_it_is_held_or_goes_to_the_default_team(self):
        self._fetch(Mailbox([self._raw(To="nobody@elsewhere.example.net")]))
        self.assertEqual(self._rows().reason, "no_route")
        self.server.service_desk_team_id = self.team_private
        self._fetch(
            Mailbox(
                [self._raw(To="catchall@desk.example.com", text="b"), self._raw(To=None, text="c")]
            )
        )
        self.assertEqual(self._rows()[:2].ticket_id.team_id, self.team_private)
        self.assertFalse(self.env["mail.mail"].search([("email_to", "ilike", "alla@firm-a")]))

    def test_mail_of_another_application_is_passed_on(self):
        self.env["mail.alias"].create(
            {"alias_name": "people", "alias_model_id": self.env["ir.model"]._get_id("res.partner"),
             "alias_domain_id": self.alias_domain.id}
        )  # fmt: skip
        self._fetch(Mailbox([self._raw(To="people@desk.example.com", Subject="A new person")]))
        row = self._rows()
        self.assertRecordValues(
            row, [{"state": "filed", "reason": "passed_on", "is_foreign": True, "ticket_id": False}]
        )
        self.assertTrue(self.env["res.partner"].search([("name", "=", "A new person")]))
        self.assertFalse(self.ledger.with_user(self.manager).search([("id", "in", row.ids)]))
        self._fetch(
            Mailbox([self._raw(To="people@desk.example.com, it@desk.example.com", Subject="Both")])
        )
        self.assertTrue(self.env["res.partner"].search([("name", "=", "Both")]))
        self.assertEqual(self.env["service_desk.ticket"].search_count([("name", "=", "Both")]), 1)

    def test_alarm_after_a_quarter_of_an_hour(self):
        def broken(server, **kwargs):
            raise OSError("connection refused")

        with (
            patch.object(type(self.server), "_connect__", broken),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60),
            patch.object(self.env.cr, "commit", lambda: None),
        ):
            self.server._fetch_mail()
            self.assertFalse(self.server.service_desk_alarm_at)
            self.assertFalse(self.team_it.mail_trouble)
            self.server.error_date = fields.Datetime.now() - timedelta(minutes=16)
            self.server._fetch_mail()
        self.assertTrue(self.server.service_desk_alarm_at)
        self.team_it.invalidate_recordset()
        self.assertTrue(self.team_it.with_user(self.agent).mail_trouble)
        notice = self.env["mail.message"].search([("subject", "ilike", "not being fetched")])
        self.assertEqual(len(notice), 1)
        self.assertIn(self.manager.partner_id, notice.notified_partner_ids)
        self.env["fetchmail.server"]._cron_service_desk_watch()
        self.assertEqual(
            self.env["mail.message"].search_count([("subject", "ilike", "not being fetched")]), 1
        )
        self._fetch(Mailbox([]))
        self.assertFalse(self.server.service_desk_alarm_at)

    def test_server_that_nobody_asks_raises_the_alarm_too(self):
        self.server.date = fields.Datetime.now() - timedelta(hours=1)
        self.env["fetchmail.server"]._cron_service_desk_watch()
        self.assertTrue(self.server.service_desk_alarm_at)

    def test_purge_drops_raw_of_old_processed_mail_only(self):
        self._receive()
        self._receive(From="a@x.example, b@x.example")
        held, done = self._rows()
        (held | done).processed_at = fields.Datetime.now() - timedelta(
            days=self.settings.intake_keep_days + 1
        )
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60
        ):
            self.ledger._cron_purge()
        self.assertFalse(done.raw)
        self.assertTrue(held.raw)

    def test_cron_takes_what_is_left(self):
        ids = [self.ledger._receive(self._raw(text=f"t{number}")) for number in range(3)]
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60
        ):
            self.ledger._cron_process()
        self.assertEqual(set(self.ledger.browse(ids).mapped("state")), {"processed"})
