"""Merging: everything goes over, nothing is lost, nothing is told to the wrong people, and it can be undone."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users, warmup

from .common import ServiceDeskCommon


class MergeCommon(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.env["res.partner"].create(
            {
                "name": "Karl Colleague",
                "email": "karl@firm-a.example.org",
                "parent_id": cls.firm_a.id,
            }
        )
        cls.survivor = cls._create_ticket(name="No network in the shop", channel="email")
        cls.other = cls._create_ticket(name="Network down", partner_id=cls.colleague.id)
        cls._settle()

    @classmethod
    def _settle(cls):
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.env.flush_all()

    @classmethod
    def _say(cls, ticket, body, author=None, note=False, **kwargs):
        kind = "mail.mt_note" if note else "mail.mt_comment"
        author = author or ticket.partner_id
        return ticket.message_post(
            body=body,
            message_type="comment",
            subtype_xmlid=kind,
            author_id=author.id,
            **kwargs,
        )

    def _merge(self, tickets=None, survivor=None, user=None):
        user = user or self.agent
        tickets = self.other if tickets is None else tickets
        return tickets.with_user(user)._merge_into((survivor or self.survivor).with_user(user))

    def _file(self, ticket, name="plan.txt"):
        return self.env["ir.attachment"].create(
            {"name": name, "raw": b"x", "res_model": ticket._name, "res_id": ticket.id}
        )


@tagged("post_install", "-at_install")
class TestMerge(MergeCommon):
    def test_conversation_files_and_people_go_over(self):
        comment = self._say(self.other, "It is dark here")
        note = self._say(self.other, "Canary of a note", self.agent.partner_id, note=True)
        kept = [(m.author_id, m.date, m.subtype_id, m.is_internal) for m in comment | note]
        file = self._file(self.other)
        self.other.message_subscribe(self.agent2.partner_id.ids)
        self.other.tag_ids = self.env["service_desk.tag"].create({"name": "network"})
        activity = self.other.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.agent.id, summary="Call"
        )
        self._merge()
        self.assertEqual((comment | note).mapped("res_id"), [self.survivor.id] * 2)
        self.assertEqual(
            [(m.author_id, m.date, m.subtype_id, m.is_internal) for m in comment | note], kept
        )
        self.assertEqual(file.res_id, self.survivor.id)
        self.assertEqual(activity.res_id, self.survivor.id)
        self.assertEqual(activity.res_name, self.survivor.display_name)
        self.assertIn(self.colleague, self.survivor.participant_ids)
        self.assertIn(self.agent2.partner_id, self.survivor.message_partner_ids)
        self.assertEqual(self.survivor.tag_ids.mapped("name"), ["network"])

    def test_merged_ticket_ends_as_duplicate_and_points_on(self):
        self._merge()
        self.assertRecordValues(
            self.other,
            [
                {
                    "merged_into_id": self.survivor.id,
                    "state": "cancelled",
                    "close_reason_id": self.env.ref("service_desk.close_reason_duplicate").id,
                    "needs_reply": False,
                }
            ],
        )
        self.assertEqual(self.survivor.merged_ids, self.other)

    def test_oldest_question_and_first_answer_are_true_of_both(self):
        early = fields.Datetime.now() - timedelta(hours=5)
        self.other._set_marks(needs_reply_since=early, last_requester_message_at=early)
        late = fields.Datetime.now() - timedelta(hours=1)
        self.survivor._set_marks(needs_reply_since=late, last_requester_message_at=late)
        self._merge()
        self.assertEqual(self.survivor.needs_reply_since, early)
        self.assertEqual(self.survivor.last_requester_message_at, late)

    def test_links_and_children_go_over_once(self):
        third = self._create_ticket(name="Router")
        links = self.env["service_desk.ticket.link"]
        links.create({"ticket_id": self.survivor.id, "kind": "caused_by", "other_id": third.id})
        same = links.create({"ticket_id": self.other.id, "kind": "caused_by", "other_id": third.id})
        moved = links.create(
            {"ticket_id": third.id, "kind": "blocked_by", "other_id": self.other.id}
        )
        child = self._create_ticket(parent_id=self.other.id)
        self._merge()
        self.assertEqual(same.ticket_id, self.other, "the survivor has this link already")
        self.assertEqual(moved.other_id, self.survivor)
        self.assertEqual(child.parent_id, self.survivor)

    def test_held_mail_goes_over(self):
        row = self.env["service_desk.mail.intake"].create(
            {"raw_hash": "5" * 64, "state": "held", "ticket_id": self.other.id}
        )
        self.other._set_marks(has_unverified_mail=True)
        call = self.env["service_desk.call"].create(
            {"ticket_id": self.other.id, "company_id": self.company.id}
        )
        self._merge()
        self.assertEqual(call.ticket_id, self.survivor)
        self.assertEqual(row.ticket_id, self.survivor)
        self.assertTrue(self.survivor.has_unverified_mail)

    def test_words_that_were_no_message_are_quoted_in_a_note(self):
        self.other.description = "<p>Since nine o'clock</p>"
        self._merge()
        note = self.survivor.message_ids[0]
        self.assertIn("Since nine", note.body)
        self.assertIn(self.other.number, note.body)
        self.assertTrue(note.subtype_id.internal)

    def test_decisions_say_who(self):
        self._merge()
        self.assertIn(self.survivor.number, self.other.decision_ids.text)
        self.assertIn("Anna Agent", self.survivor.decision_ids.text)

    # ---------------------------------------------------------------- refusals
    def test_other_customer_is_refused_with_a_way_out(self):
        foreign = self._create_ticket(partner_id=self.customer_b.id)
        with self.assertRefused(UserError, "different customers"):
            self._merge(foreign)

    def test_mass_incident_goes_on_itself(self):
        self.other._set_marks(is_master=True)
        with self.assertRefused(UserError, "mass incident"):
            self._merge()

    def test_other_company_is_refused(self):
        company = self.env["res.company"].create({"name": "B"})
        team = self.env["service_desk.team"].create({"name": "B", "company_id": company.id})
        foreign = self._create_ticket(team_id=team.id, partner_id=self.firm_a.id)
        with self.assertRefused(UserError, "different companies"):
            foreign._merge_into(self.survivor)

    def test_confidential_and_open_do_not_mix(self):
        hidden = self._create_ticket(is_confidential=True, user_id=self.agent.id)
        with self.assertRefused(UserError, "same people"):
            self._merge(hidden)
        with self.assertRefused(UserError, "same people"):
            self._merge(self.other, hidden)

    def test_private_team_and_open_do_not_mix(self):
        private = self._create_ticket(team_id=self.team_private.id)
        with self.assertRefused(UserError, "same people"):
            self._merge(private, user=self.agent2)

    def test_confidential_of_two_people_are_refused(self):
        hidden = {"is_confidential": True, "user_id": self.agent.id}
        first = self._create_ticket(**hidden)
        second = self._create_ticket(partner_id=self.colleague.id, **hidden)
        with self.assertRefused(UserError, "different requesters"):
            self._merge(second, first)

    def test_who_may_not_write_both_is_refused(self):
        private = self._create_ticket(team_id=self.team_private.id)
        with self.assertRefused(AccessError, ""):
            self._merge(private)
        with self.assertRefused(AccessError, ""):
            self._merge(user=self.auditor)

    def test_open_into_done_is_refused(self):
        self.survivor.write({"state": "solved", "resolution": "<p>Done</p>"})
        with self.assertRefused(UserError, "Re-open"):
            self._merge()

    def test_no_way_back_and_no_circle(self):
        self._merge()
        with self.assertRefused(UserError, "merged into another ticket already"):
            self._merge(self.survivor, self.other)
        with self.assertRefused(UserError, "merged into another ticket already"):
            self._merge(self.other, self._create_ticket())

    def test_itself_alone_is_refused(self):
        with self.assertRefused(UserError, "at least two"):
            self._merge(self.survivor)

    def test_who_holds_a_ticket_lets_the_other_wait(self):
        """Two people merge in opposite directions: one of them gets a sentence."""
        self.patch(type(self.survivor), "lock_for_update", raise_lock_error)
        with self.assertRefused(UserError, "just now"):
            self._merge()

    def test_nothing_happens_when_it_is_killed_in_the_middle(self):
        """All of it is one transaction: what breaks at the last step has moved nothing."""
        comment = self._say(self.other, "It is dark here")
        self._settle()
        self.patch(type(self.other), "_tell_of_merge", lambda *_args: 1 / 0)
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self._merge()
        self.env.invalidate_all()
        self.assertEqual(comment.res_id, self.other.id)
        self.assertFalse(self.other.merged_into_id)
        self.assertEqual(self.other.state, "new")
        self.assertFalse(self.survivor.participant_ids)

    def test_no_context_from_outside_unlocks_a_merged_ticket(self):
        self._merge()
        mine = self.other.with_user(self.agent).with_context(service_desk_merging=True)
        with self.assertRefused(UserError, "is merged"):
            mine.write({"state": "open"})

    # --------------------------------------------------------------- afterwards
    def test_words_to_the_merged_one_land_on_the_survivor_through_a_chain(self):
        last = self._create_ticket(name="All of it")
        self._merge()
        self._merge(self.survivor, last)
        message = self._say(self.other, "Any news?")
        self.assertEqual(message.res_id, last.id)
        self.assertTrue(last.needs_reply)
        self.assertEqual(self.other._mail_survivor(), last)

    def test_merged_ticket_is_not_worked_on(self):
        self._merge()
        mine = self.other.with_user(self.agent)
        with self.assertRefused(UserError, "is merged"):
            mine.action_reopen()
        with self.assertRefused(UserError, "is merged"):
            mine.write({"is_confidential": True})

    def test_survivor_is_kept(self):
        self._merge()
        with self.assertRefused(UserError, "keeps their conversation"):
            self.survivor.with_user(self.manager).unlink()

    def test_merged_follows_into_secrecy(self):
        self._merge()
        self.survivor.write({"is_confidential": True, "user_id": self.agent2.id})
        self.assertTrue(self.other.is_confidential)
        self.assertFalse(self.other.with_user(self.agent).has_access("read"))

    def test_merged_follows_into_a_private_team_and_stays_there(self):
        self.other.user_id = self.agent
        self._merge()
        self.survivor.team_id = self.team_private
        self.assertEqual(self.other.team_id, self.team_private)
        self.assertFalse(self.other.with_user(self.agent).has_access("read"))
        self.other.with_user(self.agent2).action_undo_merge()
        self.assertEqual(self.other.team_id, self.team_private)
        self.assertEqual(self.other.state, "new")

    # -------------------------------------------------------------------- undo
    def test_undo_restores_exactly(self):
        comment = self._say(self.other, "It is dark here")
        file = self._file(self.other)
        child = self._create_ticket(parent_id=self.other.id)
        self.other.write({"user_id": self.agent2.id, "tag_ids": [(0, 0, {"name": "network"})]})
        self._settle()
        watched = ["state", "stage_id", "close_reason_id", "needs_reply_since", "closed_at", "solved_at",
                   "reopen_count", "user_id", "merged_into_id", "first_response_at", "participant_ids", "tag_ids",
                   "message_partner_ids", "last_requester_message_at", "date_last_stage_update"]  # fmt: skip
        before = (self.other | self.survivor).read(watched)
        self._merge()
        self._settle()
        later = self._say(self.other, "And now?")
        self.survivor._set_marks(needs_reply_since=False, last_requester_message_at=False)
        self.assertNotEqual((self.other | self.survivor).read(watched), before)
        self.other.with_user(self.agent).action_undo_merge()
        self._settle()
        self.env.invalidate_all()
        after = (self.other | self.survivor).read(watched)
        for row in (*before, *after):
            for name in ("needs_reply_since", "last_requester_message_at"):
                if row["id"] == self.survivor.id:
                    row.pop(name)  # changed since: stays
            row["message_partner_ids"] = sorted(row["message_partner_ids"])
        self.assertEqual(after, before)
        self.assertEqual(comment.res_id, self.other.id)
        self.assertEqual(file.res_id, self.other.id)
        self.assertEqual(child.parent_id, self.other)
        self.assertEqual(later.res_id, self.survivor.id, "what came after stays")

    def test_undo_only_within_a_day(self):
        merge = self._merge()
        self.assertTrue(self.other.is_merge_undoable)
        merge.sudo().merged_at -= timedelta(hours=25)
        self.other.invalidate_recordset()
        self.assertFalse(self.other.is_merge_undoable)
        with self.assertRefused(UserError, "24 hours"):
            self.other.with_user(self.agent).action_undo_merge()

    def test_what_undoing_needs_is_forgotten_afterwards(self):
        merge = self._merge().sudo()
        merge._gc_moved()
        self.assertTrue(merge.before)
        merge.merged_at -= timedelta(hours=25)
        merge._gc_moved()
        self.assertFalse(merge.before or merge.moved)
        self.assertEqual(merge.survivor_id, self.survivor)

    def test_undo_of_the_last_first(self):
        self._merge()
        self._merge(self.survivor, self._create_ticket(name="All of it"))
        with self.assertRefused(UserError, "Undo that merge first"):
            self.other.with_user(self.agent).action_undo_merge()
        self.survivor.with_user(self.agent).action_undo_merge()
        self.other.with_user(self.agent).action_undo_merge()
        self.assertFalse((self.other | self.survivor).merged_into_id)

    def test_undo_of_nothing(self):
        with self.assertRefused(UserError, "not merged"):
            self.other.with_user(self.agent).action_undo_merge()

    def test_merge_again_after_undo(self):
        self._merge()
        self.other.with_user(self.agent).action_undo_merge()
        self._merge()
        self.assertEqual(self.other.merged_into_id, self.survivor)

    # ------------------------------------------------------------------ dialog
    def test_dialogs_tell_nothing_of_hidden_tickets(self):
        hidden = self._create_ticket(is_confidential=True)
        for model, name in (
            ("service_desk.ticket.merge", "survivor_id"),
            ("service_desk.ticket.attach", "master_id"),
            ("service_desk.put.checklist", "ticket_id"),
        ):
            dialogs = self.env[model].with_user(self.agent)
            with self.subTest(model=model), self.assertRaises(AccessError):
                dialogs.create({name: hidden.id})
            begun = dialogs.with_context(**{f"default_{name}": hidden.id}).onchange(
                {}, [], {name: {"fields": {"display_name": {}}}}
            )
            self.assertFalse(begun["value"].get(name), model)

    @users("sd_agent1")
    def test_dialog_proposes_the_oldest_and_merges(self):
        both = (self.other | self.survivor).with_env(self.env)
        action = both.action_open_merge_wizard()
        wizard = Form(self.env["service_desk.ticket.merge"].with_context(**action["context"]))
        self.assertEqual(wizard.survivor_id, self.survivor)
        self.assertIn("requesters differ", wizard.warning)
        opened = wizard.save().action_confirm()
        self.assertEqual(opened["res_id"], self.survivor.id)
        self.assertEqual(self.other.merged_into_id, self.survivor)

    @users("sd_agent1")
    def test_dialog_offers_children_for_other_customers(self):
        foreign = self._create_ticket(partner_id=self.customer_b.id)
        both = (foreign | self.survivor).with_env(self.env)
        action = both.action_open_merge_wizard()
        wizard = Form(self.env["service_desk.ticket.merge"].with_context(**action["context"]))
        self.assertIn("different customers", wizard.obstacle)
        self.assertTrue(wizard.can_put_under)
        wizard.save().action_put_under()
        self.assertEqual(foreign.parent_id, self.survivor)
        self.assertFalse(foreign.merged_into_id)

    # ------------------------------------------------------------------- speed
    @users("sd_agent1")
    @warmup
    def test_thousands_of_messages_and_hundreds_of_followers(self):
        """As many statements as for a few: rows move by one statement for each table."""
        partners = (
            self.env["res.partner"]
            .sudo()
            .create([{"name": f"P{i}", "parent_id": self.firm_a.id} for i in range(100)])
        )
        self.other.participant_ids = partners
        self.env["mail.message"].sudo().create(
            [
                {"model": self.other._name, "res_id": self.other.id, "body": f"{i}",
                 "message_type": "comment", "subtype_id": self.env.ref("mail.mt_comment").id}
                for i in range(1000)
            ]
        )  # fmt: skip
        self._settle()
        self.env.invalidate_all()
        with self.assertQueryCount(sd_agent1=60):
            self.other.with_env(self.env)._merge_into(self.survivor.with_env(self.env))
            self._settle()
        self.assertEqual(len(self.survivor.participant_ids), 101)

    @users("sd_agent1")
    @warmup
    def test_hundred_at_once(self):
        tickets = self._create_ticket()
        for _number in range(99):
            tickets |= self._create_ticket()
        self._settle()
        self.env.invalidate_all()
        with self.assertQueryCount(sd_agent1=246):
            tickets.with_env(self.env)._merge_into(self.survivor.with_env(self.env))
            self._settle()
        self.assertEqual(set(tickets.mapped("state")), {"cancelled"})


def raise_lock_error(self, **kwargs):
    from odoo.exceptions import LockError

    raise LockError("locked")
