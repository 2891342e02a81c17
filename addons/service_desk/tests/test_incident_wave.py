"""A wave is noticed by itself, once; a day of ordinary work raises no alarm."""

import random
from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import ServiceDeskCommon
from .wave_replay import WAVE_EN, WAVE_RU, moments, subjects

DAY = datetime(2025, 3, 11)


class WaveCommon(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.waves = cls.env["service_desk.wave"].sudo()
        cls.rates = cls.env["service_desk.wave.rate"].sudo()
        cls.rates.search([]).unlink()
        cls.people = cls.env["res.partner"].create([{"name": f"P{i}"} for i in range(300)])
        cls.env["service_desk.settings"]._of(cls.company)

    @classmethod
    def _arrive(cls, texts, times, **vals):
        """Let tickets arrive at these moments; each of somebody else as far as people last."""
        tickets = (
            cls.env["service_desk.ticket"]
            .with_context(tracking_disable=True, mail_create_nosubscribe=True)
            .create(
                [
                    {
                        "name": text,
                        "team_id": cls.team_it.id,
                        "type_id": cls.type_question.id,
                        "partner_id": cls.people[number % len(cls.people)].id,
                        **vals,
                    }
                    for number, text in enumerate(texts)
                ]
            )
        )
        cls.env.flush_all()
        for ticket, moment in zip(tickets, times, strict=True):
            cls.env.cr.execute(
                SQL(
                    "UPDATE service_desk_ticket SET create_date = %s WHERE id = %s",
                    moment,
                    ticket.id,
                )
            )
        cls.env.invalidate_all()
        return tickets

    @classmethod
    def _history(cls, days=5, count=600):
        """Let the days before be alike: one is made and counted, the others are taken for its copies."""
        day = DAY - timedelta(days=1)
        cls._arrive(subjects(count, 1), moments(count, day - timedelta(days=9), 1))
        cls.rates._count_day(cls.company, (day - timedelta(days=9)).date())
        counted = cls.rates.search([("company_id", "=", cls.company.id)])
        for back in range(days):
            counted.copy({"day": (day - timedelta(days=back)).date()})

    def _watch(self, moment):
        found = self.waves._watch(self.company, moment)
        self.env.flush_all()
        return found

    def _replay(self, step, hours=(8, 19)):
        """Look every ``step`` minutes; return ``[(moment, alarm)]``."""
        alarms = []
        for minute in range(int(hours[0] * 60), int(hours[1] * 60), step):
            moment = DAY + timedelta(minutes=minute)
            alarms += [(moment, wave) for wave in self._watch(moment)]
        return alarms


@tagged("post_install", "-at_install")
class TestIncidentWave(WaveCommon):
    def _five(self, **vals):
        return self._arrive(
            WAVE_RU[:5], [DAY + timedelta(hours=9, minutes=i) for i in range(5)], **vals
        )

    # ----------------------------------------------------------------- replays
    def _assert_noticed(self, texts, seed):
        chance = random.Random(seed)
        self._history()
        self._arrive(subjects(1000, 50 + seed), moments(1000, DAY, 50 + seed))
        hour = chance.choice((9, 11, 14))
        start = DAY + timedelta(hours=hour)
        times = sorted(start + timedelta(minutes=chance.uniform(0, 60)) for _i in range(30))
        planted = self._arrive([chance.choice(texts) for _i in range(30)], times)
        # the hours around by ten minutes, the one of the outage by each
        alarms = self._replay(10, (8, hour)) + self._replay(1, (hour, hour + 1))
        alarms += self._replay(10, (hour + 1, 19))
        self.assertEqual(len(alarms), 1, [(m, w.name, w.words) for m, w in alarms])
        moment, wave = alarms[0]
        self.assertLessEqual(moment - times[4], timedelta(minutes=5))
        members = wave.member_ids.ticket_id
        self.assertGreaterEqual(len(members & planted), 28)
        self.assertLessEqual(len(members - planted), 3)

    def test_thirty_russian_ones_among_a_thousand(self):
        self._assert_noticed(WAVE_RU, 1)

    def test_thirty_english_ones_among_a_thousand(self):
        self._assert_noticed(WAVE_EN, 2)

    def test_a_quiet_day_raises_no_alarm(self):
        self._history()
        self._arrive(subjects(1000, 77), moments(1000, DAY, 77))
        self.assertLessEqual(len(self._replay(5)), 1)

    def test_a_quiet_first_day_raises_no_alarm(self):
        """Nothing is known yet of what is usual."""
        self._arrive(subjects(1000, 78), moments(1000, DAY, 78))
        self.assertLessEqual(len(self._replay(5)), 1)

    def test_what_is_usual_raises_no_alarm(self):
        """Forty alike tickets every day are no news on the sixth."""
        for back in range(1, 6):
            day = DAY - timedelta(days=back)
            self._arrive(WAVE_RU * 7, moments(42, day, back))
            self.rates._count_day(self.company, day.date())
        self._arrive(WAVE_RU * 7, moments(42, DAY, 9))
        self.assertFalse(self._replay(20))

    # ------------------------------------------------------------------ rules
    def test_four_are_no_wave_and_one_person_is_no_crowd(self):
        self._history(3, 60)
        tickets = self._five()
        tickets[4].unlink()
        self.assertFalse(self._watch(DAY + timedelta(hours=9, minutes=6)))
        self._arrive(
            WAVE_RU,
            [DAY + timedelta(hours=12, minutes=i) for i in range(6)],
            partner_id=self.customer_a.id,
        )
        self.assertFalse(self._watch(DAY + timedelta(hours=12, minutes=7)))

    def test_hidden_tickets_are_not_looked_at(self):
        self._five(team_id=self.team_private.id)
        self._five(is_confidential=True)
        self.assertFalse(self._watch(DAY + timedelta(hours=9, minutes=6)))

    def test_later_ones_join_and_words_are_told(self):
        self._five()
        wave = self._watch(DAY + timedelta(hours=9, minutes=6))
        self.assertEqual(len(wave), 1)
        self.assertIn("чек", wave.words)
        self.assertIn("кас", wave.member_ids[0].words)
        late = self._arrive(["Чек на кассе не печатается"], [DAY + timedelta(hours=9, minutes=20)])
        self.assertFalse(self._watch(DAY + timedelta(hours=9, minutes=21)))
        self.assertIn(late, wave.member_ids.ticket_id)
        self.assertEqual(wave.ticket_count, 6)

    def test_the_leads_are_asked(self):
        self._five()
        self.env["bus.bus"].search([]).unlink()
        wave = self._watch(DAY + timedelta(hours=9, minutes=6))
        self.assertEqual(wave.activity_ids.user_id, self.lead)
        self.assertIn("5 tickets are alike", wave.activity_ids.summary)
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search([]).mapped("message")
        self.assertTrue(any("A wave of tickets" in text for text in told))

    def test_switched_off(self):
        settings = self.env["service_desk.settings"].search(
            [("company_id", "=", self.company.id)]
        ) or self.env["service_desk.settings"].create({})
        settings.wave_minutes = 0
        self._five()
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_watch_waves").method_direct_trigger()
        self.assertFalse(self.waves.search([("company_id", "=", self.company.id)]))
        with self.assertRefused(ValidationError, "cannot be negative"):
            settings.wave_least = -1

    def test_the_scheduled_job_runs_and_counts_days(self):
        self._five()
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_watch_waves").method_direct_trigger()
        counted = self.rates.search([("company_id", "=", self.company.id), ("key", "=", "")])
        self.assertEqual(len(counted), 2, "two days in a run")

    # --------------------------------------------------------------- decisions
    def test_a_lead_makes_a_mass_incident_of_what_he_chose(self):
        tickets = self._five()
        wave = self._watch(DAY + timedelta(hours=9, minutes=6)).with_user(self.lead)
        wave.member_ids[-1].is_selected = False
        action = wave.action_confirm()
        master = self.env["service_desk.ticket"].browse(action["res_id"])
        self.assertTrue(master.is_master)
        self.assertEqual(tickets[:4].master_id, master)
        self.assertFalse(tickets[4].master_id)
        self.assertRecordValues(wave, [{"state": "confirmed", "user_id": self.lead.id}])
        self.assertFalse(wave.sudo().activity_ids)
        self._arrive(["Чек на кассе не печатается"], [DAY + timedelta(hours=9, minutes=20)])
        self._watch(DAY + timedelta(hours=9, minutes=21))
        self.assertEqual(wave.new_count, 2)
        wave.action_confirm()
        self.assertEqual(master.member_count, 5)

    def test_the_oldest_becomes_the_mass_incident(self):
        tickets = self._five()
        wave = self._watch(DAY + timedelta(hours=9, minutes=6)).with_user(self.lead)
        wave.master_mode = "oldest"
        wave.action_confirm()
        self.assertTrue(tickets[0].is_master)
        self.assertEqual(tickets[1:].master_id, tickets[0])

    def test_no_incident_is_quiet_for_a_while(self):
        self._five()
        wave = self._watch(DAY + timedelta(hours=9, minutes=6))
        wave.with_user(self.lead).action_dismiss()
        self._arrive(WAVE_RU[:5], [DAY + timedelta(hours=10, minutes=i) for i in range(5)])
        self.assertFalse(self._watch(DAY + timedelta(hours=10, minutes=6)))
        with self.assertRefused(UserError, "no incident"):
            wave.with_user(self.lead).action_confirm()
        tomorrow = DAY + timedelta(days=2, hours=10)
        wave.muted_until = tomorrow
        self._arrive(WAVE_RU[:5], [tomorrow + timedelta(minutes=i) for i in range(5)])
        self.assertTrue(self._watch(tomorrow + timedelta(minutes=6)))

    def test_agents_read_and_leads_decide(self):
        self._five()
        wave = self._watch(DAY + timedelta(hours=9, minutes=6))
        mine = wave.with_user(self.agent)
        self.assertEqual(mine.ticket_count, 5)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            mine.action_confirm()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            wave.with_user(self.lead).write({"state": "confirmed"})
        wave.member_ids[0].ticket_id.team_id = self.team_private
        self.env.invalidate_all()
        self.assertEqual(mine.ticket_count, 4, "what was hidden since is not shown")
        self.assertEqual(len(mine.member_ids), 4)

    def test_looking_costs_few_queries(self):
        self._history(3, 60)
        self._arrive(subjects(1000, 5), moments(1000, DAY, 5))
        self._watch(DAY + timedelta(hours=11))
        self.env.invalidate_all()
        with self.assertQueryCount(9):
            self._watch(DAY + timedelta(hours=11, minutes=1))
