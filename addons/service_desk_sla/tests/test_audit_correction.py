"""Clocks are corrected with a reason, by those who may, and the correction stays for all to see."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .audit_common import AuditCommon


@tagged("post_install", "-at_install")
class TestCorrection(AuditCommon):
    # ------------------------------------------------------------------- times
    def test_the_start_moves_to_when_he_called(self):
        ticket = self._ticket_at("2026-03-02 10:00:00")
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 15:00:00")
        with self._at("2026-03-02 10:30:00"):
            self._correct(ticket, "start", from_at="2026-03-02 09:05:00")
        self.assertSettled(ticket, "2026-03-02 10:30:00")
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 14:05:00")
        self.assertDue(self._clock(ticket, "first_response"), "2026-03-02 10:05:00")
        self.assertEqual(
            self._clock(ticket, "first_response").missed_at, self._moment("2026-03-02 10:05:00")
        )

    def test_the_start_moves_later(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 11:00:00"):
            self._correct(ticket, "start", from_at="2026-03-02 10:00:00")
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 15:00:00")

    def test_a_wait_is_added_afterwards(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 12:00:00"):
            self._correct(
                ticket, "pause", from_at="2026-03-02 10:00:00", to_at="2026-03-02 11:30:00"
            )
            self.assertSettled(ticket, "2026-03-02 12:00:00")
            clock = self._clock(ticket, "resolution")
            self.assertDue(clock, "2026-03-02 15:30:00")
            ticket._write_state({"state": "solved", "resolution": "<p>Done</p>"})
        self.assertRecordValues(clock, [{"used_seconds": 90 * 60, "paused_seconds": 90 * 60}])

    def test_a_recorded_wait_was_none(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 10:00:00"):
            ticket._write_state(
                {"state": "waiting", "waiting_reason_id": self.waits_for_requester.id}
            )
        with self._at("2026-03-02 11:00:00"):
            ticket._write_state({"state": "open"})
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 15:00:00")
        with self._at("2026-03-02 12:00:00"):
            self._correct(ticket, "run", from_at="2026-03-02 10:00:00", to_at="2026-03-02 11:00:00")
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 13:00:00")

    def test_one_metric_or_one_clock_alone(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        resolution = self.env.ref("service_desk_sla.metric_resolution")
        span = {"from_at": "2026-03-02 09:00:00", "to_at": "2026-03-02 09:30:00"}
        with self._at("2026-03-02 09:40:00"):
            self._correct(ticket, "pause", metric_ids=resolution.ids, **span)
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 14:30:00")
        self.assertDue(self._clock(ticket, "first_response"), "2026-03-02 10:00:00")
        with self._at("2026-03-02 09:40:00"):
            first = self._clock(ticket, "first_response")
            self._correct(
                ticket, "pause", metric_ids=first.metric_id.ids, slot=first.slot, cycle=1, **span
            )
        self.assertDue(self._clock(ticket, "first_response"), "2026-03-02 10:30:00")

    def test_many_tickets_at_once(self):
        tickets = self._ticket_at("2026-03-02 09:00:00") | self._ticket_at("2026-03-02 09:30:00")
        with self._at("2026-03-02 12:00:00"):
            made = self._correct(
                tickets, "pause", from_at="2026-03-02 10:00:00", to_at="2026-03-02 11:00:00"
            )
        self.assertEqual(made.ticket_id, tickets)
        self.assertEqual(
            [self._clock(ticket, "resolution").due_at for ticket in tickets],
            [self._moment("2026-03-02 15:00:00"), self._moment("2026-03-02 15:30:00")],
        )

    # ----------------------------------------------------------------- excuses
    def _missed_ticket(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 15:00:00"):
            self._answer(ticket)
            ticket._write_state({"state": "solved", "resolution": "<p>Done</p>"})
        return ticket

    def test_a_breach_is_excused_and_both_are_told(self):
        ticket = self._missed_ticket()
        clock = self._clock(ticket, "resolution")
        self.assertTrue(clock.is_missed)
        self.assertFalse(clock.is_excused)
        self.assertEqual(ticket.sla_state, "missed")
        with self._at("2026-03-03 09:00:00"):
            self._correct(ticket, "excuse")
        self.assertRecordValues(clock, [{"is_missed": True, "is_excused": True}])
        self.assertEqual(ticket.sla_state, "met")
        self.assertSettled(ticket, "2026-03-03 09:00:00")

    def test_what_is_in_time_needs_no_excuse(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 09:10:00"), self.assertRefused(UserError, "change no clock"):
            self._correct(ticket, "excuse")
        self.assertFalse(self.corrections.search([("ticket_id", "=", ticket.id)]))

    def test_an_excuse_is_taken_back_and_nothing_is_lost(self):
        ticket = self._missed_ticket()
        excuse = self._correct(ticket, "excuse")
        with self.assertRefused(UserError, "needs an explanation"):
            self._correct(ticket, "revoke", revoked_id=excuse.id, reason_id=self.reason_in_words.id)
        self._correct(ticket, "revoke", revoked_id=excuse.id)
        self.assertFalse(self._clock(ticket, "resolution").is_excused)
        self.assertTrue(excuse.is_revoked)
        self.assertEqual(ticket.sla_state, "missed")
        with self.assertRefused(UserError, "taken back already"):
            self._correct(ticket, "revoke", revoked_id=excuse.id)
        self.assertEqual(len(ticket.correction_ids), 2)

    # ------------------------------------------------------------------ refusals
    def test_who_may(self):
        ticket = self._missed_ticket()
        for user in (self.agent, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._correct(ticket, "excuse", user=user)
        other = self._create_ticket(team_id=self.team_private.id)
        with self.assertRaises(AccessError) as refusal:
            self._correct(other, "excuse", user=self.lead)
        self.assertNotIn(other.number, str(refusal.exception))
        elsewhere = self._create_ticket(
            team_id=self.env["service_desk.team"].create({"name": "Others"}).id
        )
        with self.assertRefused(AccessError, "leads of the ticket's team"):
            self._correct(elsewhere, "excuse", user=self.lead)
        self.assertTrue(self._correct(ticket, "excuse", user=self.manager))

    def test_what_it_must_say(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 10:00:00"):
            for kind, vals, sentence in (
                ("start", {"from_at": "2026-03-02 08:00:00", "reason_id": 0}, "Choose a reason"),
                (
                    "start",
                    {"from_at": "2026-03-02 08:00:00", "reason_id": 2**30},
                    "Choose a reason",
                ),
                ("start", {}, "from when"),
                ("start", {"from_at": "2026-03-02 10:00:01"}, "nothing to come"),
                ("start", {"from_at": "0026-03-02 09:00:00"}, "last ten years"),
                ("pause", {"from_at": "2026-03-02 09:30:00"}, "from when"),
                (
                    "pause",
                    {"from_at": "2026-03-02 09:30:00", "to_at": "2026-03-02 09:30:00"},
                    "later than the beginning",
                ),
                (
                    "pause",
                    {"from_at": "2026-03-01 09:00:00", "to_at": "2026-03-01 10:00:00"},
                    "change no clock",
                ),
                ("excuse", {"note": "x" * 1001}, "too long"),
                ("nonsense", {}, "Choose what"),
                ("revoke", {"revoked_id": 2**30}, "Choose the correction"),
            ):
                with self.subTest(kind=kind, vals=vals), self.assertRefused(UserError, sentence):
                    self._correct(ticket, kind, **vals)
        self.assertFalse(ticket.correction_ids)

    def test_a_correction_is_never_edited_or_deleted(self):
        correction = self._correct(self._missed_ticket(), "excuse")
        for user in (self.lead, self.manager):
            with self.assertRaises(AccessError):
                correction.with_user(user).write({"note": "other"})
            with self.assertRaises(AccessError):
                correction.with_user(user).unlink()
        with self.assertRefused(UserError, "stays as it is"):
            correction.sudo().write({"note": "other"})
        with self.assertRefused(UserError, "never deleted"):
            correction.sudo().unlink()
        with self.assertRaises(AccessError):
            self.corrections.with_user(self.manager).create(
                {
                    "ticket_id": correction.ticket_id.id,
                    "kind": "excuse",
                    "reason_id": self.reason.id,
                }
            )

    def test_a_revocation_of_another_ticket_is_refused(self):
        excuse = self._correct(self._missed_ticket(), "excuse")
        other = self._missed_ticket()
        private = self._create_ticket(team_id=self.team_private.id)
        self.env["service_desk.team"].browse(self.team_it.id).lead_ids = False
        with self.assertRaises(AccessError):
            self._correct(private, "revoke", revoked_id=excuse.id)
        with self.assertRefused(UserError, "of this ticket"):
            self._correct(other, "revoke", user=self.manager, revoked_id=excuse.id)
        self.assertFalse(excuse.is_revoked)

    # -------------------------------------------------------------------- told
    def test_it_is_told_on_the_ticket(self):
        ticket = self._missed_ticket()
        self._correct(ticket, "excuse", note="The shop was closed")
        note = ticket.message_ids[0]
        for text in (note.body, ticket.decision_ids.filtered(lambda d: d.kind == "clock")[0].text):
            for words in (
                "Lena Lead",
                "Told by telephone",
                "The shop was closed",
                "missed → excused",
            ):
                self.assertIn(words, text)
        self.assertTrue(note.subtype_id.internal)
        told = ticket.with_user(self.agent).get_clock_explanation(
            self._clock(ticket, "resolution").id
        )
        self.assertIn("Lena Lead: the breach is excused", " ".join(told["summary"]))
        correction = ticket.correction_ids
        self.assertIn("Resolution: missed → excused", correction.changes_text)
        self.assertEqual(correction.user_id, self.lead)
        self.assertEqual(
            self.corrections.with_user(self.auditor).search([("id", "=", correction.id)]),
            correction,
        )

    def test_the_dialog_shows_what_would_come_of_it(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        with self._at("2026-03-02 12:00:00"):
            wizard = Form(
                self.env["service_desk.clock.correct"]
                .with_user(self.lead)
                .with_context(default_ticket_ids=ticket.ids)
            )
            wizard.kind = "pause"
            self.assertIn("from when", wizard.hint)
            wizard.from_at = "2026-03-02 10:00:00"
            wizard.to_at = "2026-03-02 11:00:00"
            self.assertIn("15:00", str(wizard.preview))
            self.assertFalse(self.corrections.search([("ticket_id", "=", ticket.id)]))
            self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 13:00:00")
            wizard.reason_id = self.reason
            wizard.save().action_confirm()
            self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 15:00:00")

    def test_constant_queries(self):
        tickets = self.env["service_desk.ticket"].concat(
            *(self._ticket_at("2026-03-02 09:00:00") for _index in range(6))
        )
        span = {"from_at": "2026-03-02 10:00:00", "to_at": "2026-03-02 11:00:00"}
        with self._at("2026-03-02 12:00:00"):
            few = self._queries(lambda: self._correct(tickets[:1], "pause", **span))
            many = self._queries(lambda: self._correct(tickets[1:], "pause", **span))
        self.assertLessEqual(many, few + 12)
