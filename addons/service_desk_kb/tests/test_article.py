"""Articles: what authors work on, what readers read, and how one becomes the other."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .kb_common import KbCommon


@tagged("post_install", "-at_install")
class TestArticle(KbCommon):
    def test_readers_read_what_was_published(self):
        article = self._article("Paper of a till", "Open the lid.")
        article.draft_body = "<p>Open the lid slowly.</p>"
        self.assertEqual(article.body, "<p>Open the lid.</p>")
        self.assertTrue(article.is_changed)
        article.action_publish()
        self.assertEqual(article.body, "<p>Open the lid slowly.</p>")
        article.invalidate_recordset(["version_ids"])
        self.assertEqual(article.version_ids.mapped("number"), [2, 1])

    def test_the_same_text_is_no_new_version(self):
        article = self._article("Paper of a till")
        article.action_publish()
        self.assertEqual(len(article.version_ids), 1)
        with self.assertRefused(UserError, "never changes"):
            article.version_ids.body = "<p>forged</p>"

    def test_nothing_is_published_without_a_text(self):
        article = self._article("Empty", publish=False)
        article.draft_body = "<p><br></p>"
        for act in (article.action_publish, article.action_submit):
            with self.assertRefused(UserError, "“Empty” has no text yet"):
                act()

    def test_agents_write_and_editors_publish(self):
        article = (
            self.env["service_desk.article"]
            .with_user(self.agent)
            .create({"name": "From a ticket", "draft_body": "<p>Restart it.</p>"})
        )
        with self.assertRefused(UserError, "Send it to review instead"):
            article.action_publish()
        article.action_submit()
        self.assertEqual(article.state, "review")
        article.with_user(self.manager).action_publish()
        self.assertEqual(article.state, "published")

    def test_nobody_publishes_past_the_buttons(self):
        article = (
            self.env["service_desk.article"]
            .with_user(self.agent)
            .create({"name": "Forged", "draft_body": "<p>x</p>"})
        )
        for vals in ({"state": "published"}, {"body": "<p>y</p>"}, {"published_at": "2026-01-01"}):
            with self.assertRaises(AccessError):
                article.write(vals)
        with self.assertRaises(AccessError):
            self.env["service_desk.article"].with_user(self.agent).create(
                {"name": "Forged", "body": "<p>x</p>", "state": "published"}
            )

    def test_what_was_published_is_kept(self):
        article = self._article("Kept")
        with self.assertRefused(UserError, "kept as evidence"):
            article.unlink()
        self._article("Never seen", publish=False).unlink()

    def test_texts_are_cleaned(self):
        article = self._article(
            "Attack", "<script>alert(1)</script><img src=x onerror=alert(1)>hello"
        )
        self.assertIn("hello", article.body)
        for danger in ("<script", "onerror"):
            self.assertNotIn(danger, article.body)

    def test_languages_stand_side_by_side(self):
        english = self._article("Paper of a till", lang="en_US")
        russian = self._article("Бумага в кассе", lang="ru_RU", original_id=english.id)
        self.assertEqual(russian._all_languages(), english | russian)
        with self.assertRefused(ValidationError, "in this language already"):
            self._article("Again", lang="en_US", original_id=english.id, publish=False)
        with self.assertRefused(ValidationError, "hangs on the original"):
            self._article("Third", lang="ru_RU", original_id=russian.id, publish=False)

    def test_no_article_is_below_itself(self):
        above = self._article("Above", publish=False)
        below = self._article("Below", publish=False, parent_id=above.id)
        with self.assertRaises(UserError):
            above.parent_id = below
