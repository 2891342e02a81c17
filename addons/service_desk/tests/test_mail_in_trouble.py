"""What goes wrong while a message is worked on: it is held or put off, never lost, never worked on twice."""

from unittest.mock import patch

import psycopg2

from odoo.tests import tagged

from .mail_in_common import MailInCommon

INTAKE = "odoo.addons.service_desk.models.service_desk_mail_intake"


@tagged("post_install", "-at_install")
class TestMailInTrouble(MailInCommon):
    def test_error_is_held_with_traceback_and_next_goes_on(self):
        tickets = type(self.env["service_desk.ticket"])
        for method in ("create", "message_post", "_on_opened"):
            with patch.object(tickets, method, side_effect=RuntimeError("boom in " + method)):
                _ticket, row = self._receive(text=method)
            self.assertRecordValues(row, [{"state": "held", "reason": "error", "ticket_id": False}])
            self.assertIn("boom in " + method, row.reason_text)
            self.assertTrue(row.activity_ids)
            self.assertEqual(row.subject and row.email_from, "alla@firm-a.example.org")
        before = self._count_tickets()
        held = self._rows(("reason", "=", "error"))
        held.with_user(self.lead).action_try_again()
        self.assertEqual(self._count_tickets(), before + 3)
        held.with_user(self.lead).action_try_again()
        self.assertEqual(self._count_tickets(), before + 3)
        self.assertFalse(held.activity_ids)

    def test_conflicts_are_tried_again(self):
        intake = type(self.env["service_desk.mail.intake"])
        decide, calls = intake._decide, []

        def conflict_twice(row, *args):
            calls.append(row.id)
            if len(calls) < 3:
                raise psycopg2.errors.SerializationFailure("could not serialize access")
            return decide(row, *args)

        with patch.object(intake, "_decide", conflict_twice), patch(f"{INTAKE}_process.time.sleep"):
            ticket, row = self._receive()
        self.assertTrue(ticket)
        self.assertEqual((len(calls), row.state), (3, "processed"))

    def test_trouble_of_the_machine_puts_the_message_off(self):
        intake = type(self.env["service_desk.mail.intake"])
        for error in (psycopg2.errors.DiskFull("no space"), OSError(28, "No space left on device")):
            with patch.object(intake, "_make_ticket", side_effect=error):
                _ticket, row = self._receive(text=str(error))
            self.assertRecordValues(row, [{"state": "received", "attempts": 0}])
            self.assertTrue(row.retry_at)
            row.retry_at = False
            self.env["service_desk.mail.intake"]._process_ids(row.ids)
            self.assertEqual(row.state, "processed")

    def test_cut_file_counts_as_trouble_and_is_written_again(self):
        store = type(self.env["ir.attachment"])
        write = store._file_write

        def cut(attachment, content, checksum):
            name = write(attachment, content, checksum)
            with open(attachment._full_path(name), "wb") as file:
                file.write(content[:3])
            return name

        raw = self._raw(files=[("a.bin", b"whole content of an attachment 4711")])
        with patch.object(store, "_file_write", cut):
            _ticket, row = self._process(raw)
        self.assertEqual(row.state, "received")
        row.retry_at = False
        self.env["service_desk.mail.intake"]._process_ids(row.ids)
        attachment = self._last_mail(row.ticket_id).attachment_ids
        self.assertEqual(attachment.raw, b"whole content of an attachment 4711")

    def test_message_that_ended_two_workers_is_held(self):
        raw = self._raw(Subject="Poison")
        intake_id = self.env["service_desk.mail.intake"]._receive(raw)
        row = self.env["service_desk.mail.intake"].browse(intake_id)
        for worker in ("a", "b"):
            row.write({"claimed_by": worker, "attempts": row.attempts + 1})
        self.env["service_desk.mail.intake"]._process_ids([intake_id])
        self.assertRecordValues(row, [{"state": "held", "reason": "killed", "subject": "Poison"}])
        row.with_user(self.manager).action_try_again()
        self.assertEqual(row.state, "processed")

    def test_too_large_is_held(self):
        self.settings.mail_max_megabytes = 1
        _ticket, row = self._receive(files=[("big.bin", b"x" * 1100000)])
        self.assertRecordValues(row, [{"state": "held", "reason": "too_large"}])
        self.settings.mail_max_megabytes = 5
        row.with_user(self.lead).action_try_again()
        self.assertEqual(row.state, "processed")
