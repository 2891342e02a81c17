"""Days and nights that programmes get wrong, and what happens to agreements and hours while clocks run."""

import os
import time
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tests import tagged

from .audit_common import AuditCommon


@tagged("post_install", "-at_install")
class TestDaily(AuditCommon):
    def _night_and_day(self, zone):
        """Return an agreement of 4 hours by a calendar that never closes, in ``zone``."""
        calendar = self._create_calendar(f"Always {zone}", zone, hours=((0, 24),), days=range(7))
        self.standard.active = False
        return self._create_agreement({"resolution": 240}, name=zone, calendar_id=calendar.id)

    def _shift(self, zone, start, end):
        calendar = self._create_calendar(
            f"Nights {zone}", zone, hours=((start, end),), days=range(7)
        )
        self.standard.active = False
        return self._create_agreement({"resolution": 240}, name=zone, calendar_id=calendar.id)

    # ------------------------------------------------------------------ nights
    def test_the_night_that_skips_an_hour(self):
        """Berlin, 29 March 2026: 02:00 becomes 03:00. Four hours are four hours."""
        self._night_and_day("Europe/Berlin")
        ticket = self._ticket_at("2026-03-28 23:30:00")
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-29 03:30:00")

    def test_the_night_that_repeats_an_hour(self):
        self._night_and_day("Europe/Berlin")
        ticket = self._ticket_at("2026-10-24 23:30:00")
        self.assertDue(self._clock(ticket, "resolution"), "2026-10-25 03:30:00")

    def test_a_night_shift_is_shorter_and_longer(self):
        """00:00-06:00 has five hours in the night of March and seven in the night of October."""
        self._shift("Europe/Berlin", 0, 6)
        spring = self._ticket_at("2026-03-28 23:00:00")  # midnight in Berlin
        with self._at("2026-03-29 12:00:00"):
            spring._write_state({"state": "solved", "resolution": "<p>x</p>"})
        self.assertEqual(self._clock(spring, "resolution").used_seconds, 5 * 3600)
        self.assertEqual(
            self._clock(spring, "resolution").missed_at, self._moment("2026-03-29 03:00:00")
        )
        autumn = self._ticket_at("2026-10-24 22:00:00")
        with self._at("2026-10-25 12:00:00"):
            autumn._write_state({"state": "solved", "resolution": "<p>x</p>"})
        self.assertEqual(self._clock(autumn, "resolution").used_seconds, 7 * 3600)

    def test_a_wait_through_the_repeated_hour(self):
        self._night_and_day("Europe/Berlin")
        ticket = self._ticket_at("2026-10-25 00:00:00")
        with self._at("2026-10-25 00:30:00"):
            ticket._write_state(
                {"state": "waiting", "waiting_reason_id": self.waits_for_requester.id}
            )
        with self._at("2026-10-25 01:30:00"):
            ticket._write_state({"state": "open"})
        self.assertDue(self._clock(ticket, "resolution"), "2026-10-25 05:00:00")

    def test_the_turn_of_the_year(self):
        ticket = self._ticket_at("2026-12-31 17:00:00")
        self.assertDue(self._clock(ticket, "resolution"), "2027-01-01 12:00:00")

    # -------------------------------------------------------------- time zones
    @contextmanager
    def _server_in(self, zone):
        before = os.environ.get("TZ")
        os.environ["TZ"] = zone
        time.tzset()
        try:
            yield
        finally:
            if before is None:
                del os.environ["TZ"]
            else:
                os.environ["TZ"] = before
            time.tzset()

    def test_the_time_zone_of_server_and_reader_do_not_count(self):
        with self._server_in("Asia/Tokyo"):
            here = self._ticket_at("2026-03-02 09:00:00")
        self.agent.tz = "America/Los_Angeles"
        with self._at("2026-03-02 09:00:00"):
            there = (
                self.env["service_desk.ticket"]
                .with_user(self.agent)
                .create({"name": "From far away", "team_id": self.team_it.id})
            )
        for ticket in here | there:
            self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 13:00:00")
        with self._server_in("Asia/Tokyo"):
            self.assertSettled(here, "2026-03-02 12:00:00")

    # -------------------------------------------------- while the clocks run
    def test_an_agreement_that_ends_keeps_its_promises(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 10:00:00"):
            self.standard.active = False
            ticket.write({"user_id": self.agent.id})
            self._answer(ticket)
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 13:00:00")
        self.assertRecordValues(
            self._clock(ticket, "first_response"), [{"state": "stopped", "is_missed": False}]
        )
        after = self._ticket_at("2026-03-02 10:00:00")
        self.assertFalse(self._clock(after, "resolution"))

    def test_hours_by_which_clocks_count_are_not_deleted(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        self.standard.calendar_id = False
        with self.assertRefused(UserError, "“Office”"):
            self.office.unlink()
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 13:00:00")

    def test_another_companys_holiday_moves_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        ticket = self._ticket_at("2026-03-02 16:00:00")
        leaves = self.env["resource.calendar.leaves"].with_company(company)
        leave = leaves.create(
            {
                "name": "Theirs",
                "date_from": "2026-03-03 00:00:00",
                "date_to": "2026-03-03 23:59:59",
            }
        )
        self.assertEqual(leave.company_id, company)
        self.env.cr.precommit.run()
        self.Clock._settle(ticket, stopped=True)
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-03 11:00:00")

    def test_a_lost_clock_comes_back_with_its_corrections(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 12:00:00"):
            self._correct(
                ticket, "pause", from_at="2026-03-02 10:00:00", to_at="2026-03-02 11:00:00"
            )
            self._clock(ticket, "resolution").sudo().unlink()
            self.Clock._settle(ticket)
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 15:00:00")

    def test_a_copy_takes_over_no_correction(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 12:00:00"):
            self._correct(
                ticket, "pause", from_at="2026-03-02 10:00:00", to_at="2026-03-02 11:00:00"
            )
            copy = ticket.copy()
        self.assertFalse(copy.correction_ids)
        self.assertDue(self._clock(copy, "resolution"), "2026-03-02 17:00:00")

    def test_a_ticket_that_is_deleted_takes_its_corrections_along(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 12:00:00"):
            correction = self._correct(ticket, "start", from_at="2026-03-02 09:30:00")
        ticket.unlink()
        self.assertFalse(correction.exists())
