"""What a warning tells and does, by configuration; what is refused when it is written."""

import json

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .alert_common import AlertCommon

NOON = "2026-03-02 12:00:00"
MISSED = "2026-03-02 14:00:01"


@tagged("post_install", "-at_install")
class TestAlertAct(AlertCommon):
    def _opened(self, **vals):
        return self._ticket_at("2026-03-02 09:00:00", **{"user_id": self.agent.id, **vals})

    def _text(self, ticket, lang="en_US"):
        decisions = ticket.with_context(lang=lang).decision_ids
        return decisions.filtered(lambda one: one.kind == "sla_alert")[:1].text

    # --------------------------------------------------------------------- tells
    def test_tells_those_it_names(self):
        self._agreement_with(
            {"notify_assignee": True, "notify_leads": True, "notify_responsible": True,
             "notify_user_ids": [(6, 0, self.auditor.ids)]},
            owner_id=self.manager.id,
        )  # fmt: skip
        ticket = self._opened()
        self._sweep(NOON)
        people = sorted(name for _event, name in self._told(ticket))
        self.assertEqual(people, ["Anna Agent", "Lena Lead", "Max Manager", "Olga Auditor"])
        self.assertIn("75% of the time", self._text(ticket))
        self.assertIn("Anna Agent", self._text(ticket))

    def test_nobody_hears_of_what_he_may_not_see(self):
        self._agreement_with({"notify_user_ids": [(6, 0, (self.agent | self.agent2).ids)]})
        ticket = self._opened(team_id=self.team_private.id, user_id=False)
        self._sweep(NOON)
        self.assertEqual(self._told(ticket), [("sla_warning", "Boris Agent")])

    def test_the_mail_says_what_is_left_and_what_to_do(self):
        self._agreement_with({"notify_assignee": True})
        ticket = self._opened()
        self._sweep(NOON)
        self._send_notices("2026-03-02 12:05:00")
        line = self.env["service_desk.notice"].search(
            [("ticket_id", "=", ticket.id), ("event", "=", "sla_warning")]
        )
        self.assertEqual(line.outcome, "sent")
        self.assertIn("55 min left", line.message_id.body)
        self.assertIn("Standard", line.message_id.body)
        self.assertIn("Soon due", line.message_id.subject)

    def test_the_requester_hears_honestly_and_nothing_internal(self):
        self._agreement_with({"moment": "breach", "tell_requester": True})
        ticket = self._opened()
        self._sweep(MISSED)
        self._send_notices("2026-03-02 14:10:00")
        line = self.env["service_desk.notice"].search(
            [("ticket_id", "=", ticket.id), ("event", "=", "sla_delay")]
        )
        self.assertEqual((line.partner_id, line.outcome), (self.customer_a, "sent"))
        self.assertIn("takes longer", line.message_id.body)
        self.assertNotIn("Standard", line.message_id.body)
        clock = self._clock(ticket, "resolution")
        self.assertFalse(clock.stopped_at)
        self.assertFalse(ticket.last_agent_message_at, "that is no answer of a person")

    def test_a_person_chooses_how_he_hears(self):
        self.agent.partner_id.service_desk_notice_sla_warning = "never"
        self._agreement_with({"notify_assignee": True})
        ticket = self._opened()
        self._sweep(NOON)
        self._send_notices("2026-03-02 12:05:00")
        line = self.env["service_desk.notice"].search(
            [("ticket_id", "=", ticket.id), ("event", "=", "sla_warning")]
        )
        self.assertEqual(line.outcome, "unwanted")

    # ---------------------------------------------------------------------- does
    def test_changes_the_ticket(self):
        self._agreement_with(
            {"raise_priority": True, "reassign": "person", "reassign_user_id": self.agent2.id,
             "post_note": True}
        )  # fmt: skip
        ticket = self._opened(priority="1")
        self._sweep(NOON)
        self.assertEqual((ticket.priority, ticket.user_id), ("2", self.agent2))
        note = ticket.message_ids.filtered(lambda m: "75% of the time" in (m.body or ""))
        self.assertTrue(note.is_internal or note.subtype_id.internal)
        self.assertIn("The priority was raised.", self._text(ticket))

    def test_ladder_before_after_and_on_demand(self):
        self.env["service_desk.escalation"].create(
            {
                "name": "By deadlines",
                "rung_ids": [
                    (0, 0, {"trigger": "before_sla_due", "minutes": 120}),
                    (0, 0, {"trigger": "sla_missed", "minutes": 30}),
                    (0, 0, {"trigger": "sla_alert"}),
                ],
            }
        )
        self._agreement_with({"escalate": True})
        with self._at("2026-03-02 09:00:00"):
            ticket = self._create_ticket(user_id=self.agent.id)
            self._end_of_transaction()
        self.assertEqual(self._timers(ticket), [("before_sla_due", "2026-03-02 11:00:00")])
        self._sweep(NOON)
        self.assertIn(("sla_alert", NOON), self._timers(ticket))
        self._sweep(MISSED)
        self.assertIn(("sla_missed", "2026-03-02 14:30:00"), self._timers(ticket))

    def _timers(self, ticket):
        timers = self.env["service_desk.escalation.timer"].search([("ticket_id", "=", ticket.id)])
        return [(timer.rung_id.trigger, str(timer.due_at)) for timer in timers]

    def test_webhook_tells_ids_and_moments_only(self):
        webhook = self.env["service_desk.webhook"].create(
            {"name": "Monitoring", "url": "https://example.com/"}
        )
        self._agreement_with({"webhook_ids": [(6, 0, webhook.ids)]})
        ticket = self._opened(name="Confidential words")
        self._sweep(NOON)
        body = webhook.delivery_ids.body
        payload = json.loads(body)
        self.assertEqual(payload["event"], "sla.warning")
        self.assertEqual(payload["ticket"], {"id": ticket.id, "number": ticket.number})
        self.assertEqual(payload["clock"]["due_at"], "2026-03-02T13:00:00Z")
        for secret in ("Confidential", "Alla", "Anna", webhook.secret):
            self.assertNotIn(secret, body)

    # ------------------------------------------------------------------- refused
    def test_usual_warnings_are_proposed_and_published(self):
        agreements = self.env["service_desk.agreement"].with_user(self.manager)
        form = Form(agreements.with_context(service_desk_usual_alerts=True))
        form.name = "New"
        agreement = form.save()
        self.assertEqual(
            agreement.alert_ids.mapped("summary"),
            ["75% of the time", "90% of the time", "The deadline is missed"],
        )
        keys = [one["key"] for one in agreement._alert_definitions()]
        self.assertEqual(keys, ["percent:75", "percent:90", "breach"])
        bare = agreements.create({"name": "Bare"})
        self.assertFalse(bare.alert_ids)
        bare.action_add_usual_alerts()
        self.assertEqual(len(bare.alert_ids), 3)
        with self.assertRaises(AccessError):
            bare.with_user(self.agent).action_add_usual_alerts()

    def test_refused(self):
        agreement = self._agreement_with()
        create = self.env["service_desk.agreement.alert"].create
        other = self.env["res.company"].create({"name": "Other"})
        webhook = self.env["service_desk.webhook"].create(
            {"name": "Elsewhere", "url": "https://example.com/", "company_id": other.id}
        )
        for vals, sentence in (
            ({}, "must do something"),
            ({"percent": 5000, "notify_leads": True}, "1 to 1000 percent"),
            ({"moment": "after", "minutes": 10**7, "notify_leads": True}, "a year"),
            ({"reassign": "person"}, "Choose the person"),
            ({"notify_user_ids": [(6, 0, self.portal_a.ids)]}, "does not work in"),
            ({"reassign": "person", "reassign_user_id": self.employee.id}, "not an agent"),
            ({"webhook_ids": [(6, 0, webhook.ids)]}, "must belong to"),
        ):
            with self.subTest(sentence=sentence), self.assertRefused(ValidationError, sentence):
                create({"agreement_id": agreement.id, **vals})
        with self.assertRaises(AccessError):
            agreement.with_user(self.agent).write({"alert_ids": [(0, 0, {"notify_leads": True})]})

    def test_people_who_are_gone_are_left_out(self):
        gone = self.agent2.copy({"login": "sd_gone_soon"})
        webhook = self.env["service_desk.webhook"].create(
            {"name": "Gone", "url": "https://example.com/"}
        )
        agreement = self._agreement_with(
            {
                "notify_user_ids": [(6, 0, (gone | self.lead).ids)],
                "webhook_ids": [(6, 0, webhook.ids)],
            }
        )
        ticket = self._opened()
        agreement.alert_ids.unlink()
        webhook.unlink()
        gone.active = False
        self._sweep(NOON)
        self.assertEqual(self._told(ticket), [("sla_warning", "Lena Lead")])
