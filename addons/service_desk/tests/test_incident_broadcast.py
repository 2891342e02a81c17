"""One answer for all: to each person once, in his language, in his own ticket, however often it is killed."""

from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_mail import ServiceDeskMailCommon

CRON = "service_desk.ir_cron_run_broadcasts"


@tagged("post_install", "-at_install")
class TestIncidentBroadcast(ServiceDeskMailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.russian = cls.env["res.partner"].create(
            {"name": "Марина Кассир", "email": "marina@firm-a.example.org", "lang": "ru_RU"}
        )
        cls.master = cls._create_silent_ticket(name="Tills print no receipts", partner_id=False)
        cls.master.action_make_master()
        cls.broadcasts = cls.env["service_desk.broadcast"].with_user(cls.agent)

    def _member(self, **vals):
        return self._create_silent_ticket(master_id=self.master.id, **vals)

    def _broadcast(self, body="<p>We know, and repair it.</p>", **vals):
        return self.broadcasts.create(
            {"master_id": self.master.id, "body": body, "lang": "en_US", **vals}
        )

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def _send(self, broadcast):
        broadcast.action_send()
        self._run()
        self.assertEqual(broadcast.state, "done")

    def _said(self, ticket, text="repair it"):
        return ticket.message_ids.filtered(lambda message: text in (message.body or ""))

    # ------------------------------------------------------------ who hears what
    def test_everybody_hears_it_in_his_own_ticket(self):
        mine, theirs = self._member(), self._member(partner_id=self.colleague.id)
        self._send(self._broadcast("<p>Dear {{requester.name}}, see {{ticket.number}}.</p>"))
        for ticket in (mine, theirs):
            (mail,) = self._new_mails(ticket.partner_id)
            self.assertIn(f"Dear {ticket.partner_id.name}, see {ticket.number}.", self._text(mail))
            self.assertIn(ticket.number, self._subject(mail))
            self.assertEqual(ticket.state, "open")
            self.assertTrue(ticket.first_response_at)
            self.assertEqual(self._said(ticket, "Dear").author_id, self.agent.partner_id)
        self._run_notices()
        self.assertEqual(len(self._new_mails(self.requester)), 1, "the answer says that work began")

    def test_one_person_with_five_tickets_gets_one_message(self):
        tickets = self.master.browse()
        for _i in range(5):
            tickets |= self._member(needs_reply_since="2030-01-01 00:00:00")
        broadcast = self._broadcast()
        self.assertIn("1 people in 5 tickets", broadcast.audience_note)
        self._send(broadcast)
        self._run_notices()
        self.assertEqual(len(self._new_mails(self.requester)), 1)
        self.assertEqual(broadcast.line_ids.mapped("state"), ["sent"] + ["noted"] * 4)
        for ticket in tickets:
            self.assertRecordValues(ticket, [{"needs_reply": False, "state": "open"}])
            self.assertTrue(self._said(ticket))
        self.assertFalse(self._said(tickets[0]).subtype_id.internal)
        self.assertTrue(all(self._said(ticket).subtype_id.internal for ticket in tickets[1:]))

    def test_an_address_without_a_contact_is_the_same_person(self):
        self._member()
        self._member(partner_id=False, email_from="Rita <RITA@firm-a.example.org>")
        self._member(partner_id=False, email_from="walk-in@example.net")
        self._member(partner_id=False, email_from="Walk In <walk-in@example.net>")
        self._send(self._broadcast())
        self.assertEqual(len(self._new_mails(self.requester)), 1)
        self.assertEqual(len(self._new_mails(email="walk-in@example.net")), 1)
        self.assertFalse(self._new_mails(email="rita@firm-a"))

    def test_who_takes_part_in_several_tickets_hears_it_once(self):
        self._member(participant_ids=[(6, 0, (self.colleague | self.russian).ids)])
        self._member(partner_id=self.russian.id, participant_ids=[(6, 0, self.colleague.ids)])
        self._send(self._broadcast())
        for person in (self.requester, self.russian, self.colleague):
            self.assertEqual(len(self._new_mails(person)), 1, person.name)

    def test_colleagues_are_not_flooded(self):
        self._member(user_id=self.agent2.id)
        self._send(self._broadcast())
        self.assertFalse(self._new_mails(self.agent2.partner_id))

    def test_each_reads_his_language(self):
        self._member()
        self._member(partner_id=self.russian.id)
        british = self.colleague
        british.lang = False
        self._member(partner_id=british.id)
        self._send(self._broadcast(other_lang="ru_RU", other_body="<p>Мы чиним.</p>"))
        self.assertIn("repair it", self._text(self._new_mails(self.requester)))
        self.assertIn("Мы чиним", self._text(self._new_mails(self.russian)))
        self.assertNotIn("repair", self._text(self._new_mails(self.russian)))
        self.assertIn("repair it", self._text(self._new_mails(british)))

    def test_nobody_reads_of_anybody_else(self):
        """The canary: names, addresses, numbers of others, and the mass incident itself."""
        self.master.description = "<p>zanzibar-canary</p>"
        self.master.with_user(self.agent).message_post(body="zanzibar-canary")
        people = {
            self.requester: self._member(),
            self.colleague: self._member(partner_id=self.colleague.id),
            self.russian: self._member(partner_id=self.russian.id),
        }
        self._send(self._broadcast("<p>Dear {{requester.name}}, we repair it.</p>"))
        self._run_notices()
        for person, ticket in people.items():
            (mail,) = self._new_mails(person)
            seen = (
                f"{mail.subject} {mail.body_html} {mail.headers} {mail.email_to} {mail.references}"
            )
            self.assertIn(ticket.number, seen)
            self.assertNotIn("zanzibar-canary", seen)
            self.assertNotIn(self.master.number, seen)
            self.assertEqual(mail.recipient_ids, person)
            for other, other_ticket in people.items():
                if other != person:
                    for word in (other.name, other.email, other_ticket.number):
                        self.assertNotIn(word, seen)

    # ------------------------------------------------------------------- solving
    def test_members_are_solved_each_as_its_type_demands(self):
        question = self._member()
        incident = self._member(type_id=self.type_incident.id, partner_id=self.colleague.id)
        broadcast = self._broadcast("<p>The driver was replaced.</p>", kind="solve")
        self._send(broadcast)
        self._run_notices()
        self.assertEqual((question.state, incident.state), ("solved", "new"))
        self.assertIn("driver", question.resolution)
        self.assertEqual(len(self._new_mails(self.requester)), 1)
        self.assertFalse(
            self._new_mails(self.colleague), "what failed was rolled back, message too"
        )
        failed = broadcast.line_ids.filtered(lambda line: line.state == "failed")
        self.assertEqual(failed.ticket_id, incident)
        self.assertIn("choose a close reason", failed.reason)
        broadcast.action_retry()
        self._run()
        self.assertEqual(failed.state, "failed")
        again = self._broadcast(
            "<p>The driver was replaced.</p>",
            kind="solve",
            close_reason_id=self.env.ref("service_desk.close_reason_fixed").id,
        )
        self._send(again)
        self.assertEqual(incident.state, "solved")
        self.assertEqual(again.line_ids.ticket_id, incident, "what is solved is left alone")

    def test_five_tickets_of_one_person_are_solved_by_one_message(self):
        for _i in range(5):
            self._member()
        self._send(self._broadcast("<p>Replaced.</p>", kind="solve"))
        self._run_notices(digests=True)
        self.assertEqual(len(self._new_mails(self.requester)), 1)

    # --------------------------------------------------------------- joining later
    def test_who_joins_later_gets_the_last_answer(self):
        self._member()
        self._send(self._broadcast())
        self._send(self._broadcast("<p>The second word.</p>"))
        late = self._create_silent_ticket(partner_id=self.colleague.id)
        late.with_user(self.agent2).master_id = self.master
        again = self._create_silent_ticket()
        again.with_user(self.agent2).master_id = self.master
        self._run()
        (mail,) = self._new_mails(self.colleague)
        self.assertIn("The second word", self._text(mail))
        self.assertEqual(len(self._new_mails(self.requester)), 2, "one for each answer, no third")
        quiet = self._create_silent_ticket(partner_id=self.russian.id)
        quiet.with_context(service_desk_quiet_join=True).master_id = self.master
        self._run()
        self.assertFalse(self._new_mails(self.russian))

    def test_later_tickets_hear_nothing_where_that_is_not_wanted(self):
        self._member()
        self._send(self._broadcast(for_later=False))
        self._member(partner_id=self.colleague.id)
        self._run()
        self.assertFalse(self._new_mails(self.colleague))

    # ----------------------------------------------------------------------- once
    def test_it_is_sent_once(self):
        self._member()
        broadcast = self._broadcast()
        self._send(broadcast)
        with self.assertRefused(UserError, "cannot be changed"):
            broadcast.action_send()
        with self.assertRefused(UserError, "cannot be changed"):
            broadcast.body = "<p>Something else</p>"
        self._run()
        self.assertEqual(len(self._new_mails(self.requester)), 1)

    def test_a_killed_step_leaves_nothing_and_is_repeated_whole(self):
        """Whatever is killed: a message without its mark, or a mark without its message, is never committed."""
        tickets = self.master.browse()
        for i in range(6):
            partner = self.env["res.partner"].create({"name": f"P{i}", "email": f"p{i}@x.example"})
            tickets |= self._member(partner_id=partner.id)
        broadcast = self._broadcast()
        broadcast.action_send()
        self.env.flush_all()
        lines = self.env["service_desk.broadcast.line"]
        done, told = type(lines)._done, []

        def killed(self, state, reason=False):
            told.append(self.id)
            if len(told) == 4:
                raise psycopg2.errors.SerializationFailure
            return done(self, state, reason)

        for _attempt in range(2):
            told.clear()
            with (
                patch.object(type(lines), "_done", killed),
                self.assertRaises(psycopg2.OperationalError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                lines.search([("state", "=", "todo")])._run()
            self.assertEqual(broadcast.line_ids.mapped("state"), ["todo"] * 6)
            self.assertFalse(self._new_mails())
        self._run()
        for ticket in tickets:
            self.assertEqual(len(self._new_mails(ticket.partner_id)), 1)

    def test_one_that_fails_unexpectedly_does_not_stop_the_others(self):
        bad, good = self._member(), self._member(partner_id=self.colleague.id)
        broadcast = self._broadcast()
        broadcast.action_send()
        lines = type(self.env["service_desk.broadcast.line"])
        text = lines._text

        def broken(line, ticket):
            if ticket.id == bad.id:
                raise ZeroDivisionError
            return text(line, ticket)

        with (
            patch.object(lines, "_text", broken),
            mute_logger("odoo.addons.service_desk.models.incident.service_desk_broadcast_line"),
        ):
            self._run()
        self.assertEqual(broadcast.line_ids.mapped("state"), ["failed", "sent"])
        self.assertEqual(broadcast.line_ids[0].reason, "An unexpected error.")
        self.assertEqual(len(self._new_mails(good.partner_id)), 1)

    # ---------------------------------------------------------------------- rights
    def test_only_members_that_the_writer_sees(self):
        self._member()
        hidden = self._member(team_id=self.team_private.id, partner_id=self.colleague.id)
        broadcast = self._broadcast()
        self.assertIn("in 1 tickets", broadcast.audience_note)
        self._send(broadcast)
        self.assertNotIn(hidden, broadcast.sudo().line_ids.ticket_id)
        moved = self._member(partner_id=self.russian.id)
        second = self._broadcast("<p>Second</p>")
        second.action_send()
        moved.team_id = self.team_private
        self._run()
        self.assertFalse(self._new_mails(self.russian), "he lost the right before it was sent")
        line = second.sudo().line_ids.filtered(lambda line: line.ticket_id == moved)
        self.assertEqual(line.state, "failed")

    def test_who_wrote_it_cannot_be_chosen(self):
        with self.assertRefused(AccessError, "Nobody can set it"):
            self._broadcast(user_id=self.agent2.id)
        with self.assertRefused(AccessError, "Nobody can set it"):
            self._broadcast().write({"state": "done"})
        forged = self.broadcasts.with_context(default_state="done").create(
            {"master_id": self.master.id, "body": "<p>x</p>"}
        )
        self.assertEqual(forged.state, "draft")

    def test_bad_input_gets_a_sentence(self):
        ordinary = self._create_silent_ticket()
        with self.assertRefused(ValidationError, "Only a mass incident"):
            self._broadcast(master_id=ordinary.id)
        with self.assertRefused(UserError, "Only a mass incident"):
            ordinary.action_open_broadcast()
        with self.assertRefused(UserError, "nobody to tell"):
            self._broadcast().action_send()
        self._member()
        with self.assertRefused(UserError, "Write the text first"):
            self._broadcast("<p><br></p>").action_send()
        with self.assertRefused(UserError, "both its name and its text"):
            self._broadcast(other_lang="ru_RU").action_send()
        with self.assertRefused(ValidationError, "is not a placeholder"):
            self._broadcast("<p>{{ticket.secret}}</p>")
        with self.assertRefused(ValidationError, "is not a placeholder"):
            self._broadcast("<p>{{7*7}}</p>")

    # ----------------------------------------------------------------------- steps
    def test_a_thousand_go_out_in_steps(self):
        """Writing down who is told costs the same for 20 as for 200; telling goes in small transactions."""
        people = self.env["res.partner"].create(
            [{"name": f"N{i}", "email": f"n{i}@many.example"} for i in range(200)]
        )
        self.env["service_desk.ticket"].with_context(tracking_disable=True).create(
            [
                {
                    "name": "No receipt",
                    "team_id": self.team_it.id,
                    "partner_id": person.id,
                    "master_id": self.master.id,
                }
                for person in people
            ]
        )
        broadcast = self._broadcast()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            broadcast.action_send()
            self.env.flush_all()
        self.assertEqual(len(broadcast.line_ids), 200)
        steps = []
        lines = type(self.env["service_desk.broadcast.line"])
        run = lines._run

        def counted(self):
            steps.append((len(self), self.env.cr.sql_log_count))
            return run(self)

        with patch.object(lines, "_run", counted):
            self._run()
        self.assertEqual([size for size, _count in steps], [20] * 10)
        costs = [after[1] - before[1] for before, after in zip(steps, steps[1:], strict=False)]
        self.assertLess(max(costs[1:]) / 20, 32, "queries for each ticket told")
        self.assertEqual(broadcast.progress, 100)
        self.assertEqual(len(self._new_mails()), 200)
