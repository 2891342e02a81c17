"""Links from both ends, parents and children, what is blocked, splitting, and likely duplicates."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users, warmup

from ..models.merge.words import Likeness, stems
from .rights_common import CANARY, RightsCommon
from .test_merge import MergeCommon


@tagged("post_install", "-at_install")
class TestRelations(MergeCommon):
    def _relations(self, ticket, user=None):
        return ticket.with_user(user or self.agent).get_relations()

    @users("sd_agent1")
    def test_link_by_number_reads_right_from_both_ends(self):
        mine = self.survivor.with_env(self.env)
        mine.add_relation("blocks", self.other.number.lower())
        self.assertEqual(
            [row["words"] for row in self._relations(self.survivor)["links"]], ["blocks"]
        )
        self.assertEqual(
            [row["words"] for row in self._relations(self.other)["links"]], ["is blocked by"]
        )
        self.assertTrue(self.other.is_blocked)
        mine.add_relation("blocks", self.other.number)
        self.assertEqual(len(self.survivor.backlink_ids), 1, "twice is once")

    @users("sd_agent1")
    def test_bad_input_is_told(self):
        mine = self.survivor.with_env(self.env)
        with self.assertRefused(UserError, "no ticket ABC-1"):
            mine.add_relation("relates", "abc-1")
        with self.assertRefused(UserError, "no ticket ?"):
            mine.add_relation("relates", {"id": 1})
        with self.assertRefused(UserError, "this way"):
            mine.add_relation("hates", self.other.number)
        with self.assertRefused(UserError, "itself"):
            mine.add_relation("relates", self.survivor.number)
        with self.assertRefused(UserError, "not tied"):
            mine.remove_relation("link", 2**30)

    def test_removing(self):
        mine = self.survivor.with_user(self.agent)
        mine.add_relation("relates", self.other.number)
        mine.add_relation("child", self.other.number)
        mine.remove_relation("link", mine.link_ids.id)
        mine.remove_relation("child", self.other.id)
        self.assertFalse(self.survivor.link_ids or self.survivor.child_ids)

    def test_progress_of_children(self):
        done = self._create_ticket(parent_id=self.survivor.id)
        done.write({"state": "cancelled"})
        self.other.parent_id = self.survivor
        self.assertEqual(self._relations(self.survivor)["progress"], {"done": 1, "total": 2})

    def test_no_cycle_no_depth_without_end(self):
        self.other.parent_id = self.survivor
        with self.assertRefused(ValidationError, "its own parent"):
            self.survivor.parent_id = self.other
        ticket = self.other
        with self.assertRefused(ValidationError, "levels"):
            for _number in range(5):
                ticket = self._create_ticket(parent_id=ticket.id)

    def test_parent_of_another_audience_is_refused(self):
        hidden = self._create_ticket(is_confidential=True, user_id=self.agent.id)
        with self.assertRefused(ValidationError, "same people"):
            self.other.parent_id = hidden

    def test_what_becomes_confidential_leaves_its_parent(self):
        self.other.parent_id = self.survivor
        self.survivor.write({"is_confidential": True})
        self.assertFalse(self.other.parent_id)

    def test_children_first_where_the_type_says_so(self):
        self.type_question.require_children_done = True
        self.other.parent_id = self.survivor
        with self.assertRefused(UserError, "children are open"):
            self.survivor.with_user(self.agent).write({"state": "solved"})
        (self.survivor | self.other).with_user(self.agent).write({"state": "solved"})
        self.assertEqual(self.survivor.state, "solved")

    def test_split_makes_a_ticket_of_a_message(self):
        message = self._say(
            self.survivor, "And the printer is empty", attachments=[("photo.png", b"x")]
        )
        action = self.survivor.with_user(self.agent).action_split(message.id)
        ticket = self.env["service_desk.ticket"].browse(action["res_id"])
        self.assertRecordValues(
            ticket,
            [{"partner_id": self.customer_a.id, "team_id": self.team_it.id, "needs_reply": True}],
        )
        self.assertIn("printer", ticket.name)
        copy = ticket.message_ids.filtered("body").filtered(lambda m: "printer" in m.body)
        self.assertEqual((copy.author_id, copy.date), (message.author_id, message.date))
        self.assertEqual(copy.attachment_ids.res_id, ticket.id)
        self.assertEqual(message.res_id, self.survivor.id, "the original stays")
        self.assertNotEqual(copy.message_id, message.message_id)
        self.assertEqual(ticket.link_ids.kind, "split_from")

    def test_split_of_a_note_tells_nobody_outside(self):
        note = self._say(self.survivor, f"{CANARY} note", self.agent.partner_id, note=True)
        action = self.survivor.with_user(self.agent).action_split(note.id)
        ticket = self.env["service_desk.ticket"].browse(action["res_id"])
        self.assertFalse(ticket.description)
        self.assertNotIn(CANARY, ticket.name)
        copy = ticket.message_ids.filtered(lambda m: CANARY in (m.body or ""))
        self.assertTrue(copy.subtype_id.internal)
        self.assertFalse(ticket.needs_reply)

    def test_split_refuses_other_messages(self):
        message = self._say(self.other, "Mine")
        for wrong in (message.id, 2**30, "1", True):
            with self.assertRefused(UserError, ""):
                self.survivor.with_user(self.agent).action_split(wrong)

    # ------------------------------------------------------------- duplicates
    @users("sd_agent1")
    def test_likely_by_words_and_by_person(self):
        rows = self.env["service_desk.ticket"].get_likely_duplicates(
            {"name": "No network at the shop since morning", "partner_id": self.colleague.id}
        )
        self.assertEqual(
            {row["id"] for row in rows} & {self.survivor.id, self.other.id},
            {self.survivor.id, self.other.id},
        )
        self.assertEqual(rows[0]["reasons"][-1:], ["same words"])
        self.assertTrue(rows[0]["has_same_words"])

    @users("sd_agent1")
    def test_russian_words_in_another_form(self):
        self._create_ticket(name="В торговом зале не печатает принтер этикеток")
        rows = self.env["service_desk.ticket"].get_likely_duplicates(
            {"name": "Принтеры этикеток не печатают"}
        )
        self.assertIn("принтер", rows[0]["name"])

    @users("sd_agent1")
    def test_not_the_same_is_remembered_on_both(self):
        mine = self.other.with_env(self.env)
        mine.name = "The shop has no network"
        ids = {row["id"] for row in mine.get_my_duplicates()}
        self.assertIn(self.survivor.id, ids)
        mine.action_not_same(self.survivor.id)
        for ticket, other in ((self.other, self.survivor), (self.survivor, self.other)):
            rows = ticket.with_env(self.env).get_my_duplicates()
            self.assertNotIn(other.id, {row["id"] for row in rows})

    @users("sd_agent1")
    @warmup
    def test_duplicates_cost_three_queries(self):
        mine = self.other.with_env(self.env)
        mine.name, mine.company_id, mine.parent_id  # noqa: B018
        self.env.flush_all()
        with self.assertQueryCount(sd_agent1=4):
            mine._likely_duplicates()

    def test_stems(self):
        self.assertEqual(stems("Принтер принтера ПРИНТЕРЫ принтеров"), {"принтер"})
        self.assertEqual(stems("касса на кассе кассы"), {"касс"})
        self.assertEqual(stems("printing prints printed"), {"print"})
        self.assertFalse(stems("и в на the of … !!! 😀"))
        self.assertFalse(Likeness(["", "the"]).scores(""))


@tagged("post_install", "-at_install")
class TestHiddenRelations(RightsCommon):
    def test_hidden_tickets_are_not_told(self):
        mine = self.open_ticket
        links = self.env["service_desk.ticket.link"]
        for ticket in self.private | self.confidential:
            links.create({"ticket_id": mine.id, "kind": "blocked_by", "other_id": ticket.id})
        answer = mine.with_user(self.agent).get_relations()
        self.assertFalse(answer["links"])
        self.assertFalse(mine.with_user(self.agent).is_blocked)
        for ticket in self.hidden:
            with self.assertRefused(UserError, "There is no ticket"):
                mine.with_user(self.agent).add_relation("relates", ticket.number)

    def test_hidden_tickets_are_no_duplicates(self):
        for user, hidden in self.hidden_from:
            rows = (
                self.env["service_desk.ticket"]
                .with_user(user)
                .get_likely_duplicates({"name": f"{CANARY} was here"})
            )
            self.assertFalse({row["id"] for row in rows} & set(hidden.ids), user.login)

    def test_strangers_get_nothing(self):
        for user in self.strangers:
            ticket = self.open_ticket.with_user(user)
            for call in (
                ticket.get_relations,
                ticket.get_my_duplicates,
                lambda ticket=ticket: ticket.get_likely_duplicates({"name": "x"}),
                lambda ticket=ticket: ticket.action_not_same(self.private.id),
                lambda ticket=ticket: ticket.action_split(1),
                ticket.action_undo_merge,
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_not_same_as_a_hidden_one_is_refused(self):
        with self.assertRefused(UserError, "no such ticket"):
            self.open_ticket.with_user(self.agent).action_not_same(self.private.id)
