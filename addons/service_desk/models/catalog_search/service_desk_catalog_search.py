import re
from datetime import timedelta

from odoo import api, fields, models

from ...wordsearch.query import MAX_TEXT as LONGEST_QUESTION
from ...wordsearch.query import MAX_WORDS
from .voters import voter_of

#: Of one session are searches with less time between them.
SESSION = timedelta(minutes=30)
#: What was typed in this time and goes on is one search.
TYPING = timedelta(seconds=60)
#: A person's searches of a session that are noted; more is no person.
MOST_OF_SESSION = 60
#: Addresses, links and long numbers tell who somebody is, not what he looks for.
#: A word that has one of these in it is one; it has no repetition without an end: the text is anybody's.
PERSONAL = re.compile(r"@|https?://|\d{4}")
MAX_TEXT = 80


class ServiceDeskCatalogSearch(models.Model):
    """A search of the last hour: what was typed, what was shown, what was taken.

    It is there until the next run of the job that learns from it. Nobody is named in it.
    """

    _name = "service_desk.catalog.search"
    _description = "Search of the Catalog"
    _log_access = False
    _order = "id"
    _rec_name = "text"

    at = fields.Datetime(required=True, index=True)
    person = fields.Char(required=True, index=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    text = fields.Char()
    shown_ids = fields.Json(help="The offerings that were shown, the best first.")
    chosen_id = fields.Many2one("service_desk.offering", index="btree_not_null", ondelete="cascade")

    @api.model
    def _note(self, partner, text, shown_ids):
        """Write down a search; returns its id, or False where the person searches too often to be one."""
        person, now = voter_of(self.env, partner), fields.Datetime.now()
        before = self.search(
            [("person", "=", person), ("at", ">", now - SESSION)],
            order="id desc",
            limit=MOST_OF_SESSION,
        )
        if len(before) == MOST_OF_SESSION:
            return False
        vals = {"at": now, "text": cleaned(text), "shown_ids": shown_ids}
        last = before[:1]
        if last._goes_on(vals):
            last.write(vals)
            return last.id
        return self.create({**vals, "person": person, "company_id": self.env.company.id}).id

    def _goes_on(self, vals):
        """Tell whether a new search is only more of this one."""
        if not self or self.chosen_id or vals["at"] - self.at > TYPING:
            return False
        texts = sorted((self.text or "", vals["text"] or ""), key=len)
        return texts[1].startswith(texts[0])

    @api.model
    def _of(self, partner, search_id):
        """Return a search of the person's own, else nothing."""
        person = voter_of(self.env, partner)
        return self.search([("id", "=", search_id), ("person", "=", person)])

    def _note_choice(self, offering_id):
        """Write down what was taken; returns whether there is a search to write it to."""
        self.write({"chosen_id": offering_id, "at": fields.Datetime.now()})
        return bool(self)


def cleaned(text):
    """Return what of a text may be kept for an hour: its words, without what tells who typed it."""
    words = text[:LONGEST_QUESTION].replace("\x00", " ").lower().split()
    words = [word for word in words if not PERSONAL.search(word)]
    return " ".join(words[:MAX_WORDS])[:MAX_TEXT].strip()
