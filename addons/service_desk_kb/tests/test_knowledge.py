"""The door: plain data, and one answer for what is hidden and what does not exist."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .kb_common import KbCommon


@tagged("post_install", "-at_install")
class TestKnowledge(KbCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls._article("Wombat for all", "Feed the wombat.", reach="portal", lang="en_US")
        cls.russian = cls._article(
            "Вомбат для всех", "Накормите.", reach="portal", lang="ru_RU", original_id=cls.open.id
        )
        cls.hidden = cls._article("Wombat for the desk", "Wombat secrets.", reach="desk")

    def _door(self, user):
        return self.env["service_desk.knowledge"].with_user(user)

    def test_a_customer_searches_and_reads(self):
        found = self._door(self.portal_a).search_articles("wombats")
        self.assertEqual([one["id"] for one in found], [self.open.id])
        self.assertEqual(found[0]["snippet"], "Feed the wombat.")
        article = self._door(self.portal_a).get_article(self.open.id)
        self.assertEqual(article["body"], "<p>Feed the wombat.</p>")
        self.assertEqual([one["lang"] for one in article["languages"]], ["ru_RU"])

    def test_hidden_and_missing_are_the_same(self):
        answers = set()
        for article_id in (self.hidden.id, 2**30, 0, -1, 2**70, "1", None, True, [1]):
            for call in ("get_article", "vote"):
                args = (True,) if call == "vote" else ()
                with self.assertRaises(AccessError) as refusal:
                    getattr(self._door(self.portal_a), call)(article_id, *args)
                answers.add(str(refusal.exception))
        self.assertEqual(len(answers), 1)

    def test_wrong_questions_are_refused_or_find_nothing(self):
        door = self._door(self.portal_a)
        for text in (None, 5, ["wombat"], {}):
            with self.assertRefused(UserError, "A question is a text"):
                door.search_articles(text)
        self.assertEqual(len(door.search_articles("wombat", limit=-5)), 1)

    def test_votes_count_once_a_reader(self):
        self._door(self.portal_a).vote(self.open.id, True, " thanks ")
        self._door(self.portal_b).vote(self.open.id, False)
        self._door(self.portal_a).vote(self.open.id, False, "no longer true")
        self.open.invalidate_recordset()
        self.assertEqual((self.open.helpful_count, self.open.unhelpful_count), (0, 2))
        vote = self.open.vote_ids.filtered(lambda one: one.partner_id == self.customer_a)
        self.assertEqual(vote.comment, "no longer true")
        with self.assertRefused(UserError, "at most 2000 letters"):
            self._door(self.portal_a).vote(self.open.id, True, "x" * 2001)
        with self.assertRaises(AccessError):
            self.open.vote_ids.with_user(self.portal_a).read(["comment"])
