"""What searches taught, taken from the log of the last hour, which is forgotten then."""

from odoo import api, fields, models

from ...wordsearch import key_of
from ...wordsearch.query import words_of
from .service_desk_catalog_search import SESSION

#: Searches of one piece of work, and people.
PIECE = 200


class ServiceDeskCatalogSearch(models.Model):
    _inherit = "service_desk.catalog.search"

    @api.model
    def _cron_learn(self):
        """Learn from all sessions that are over, and forget them."""
        while people := self._people_who_left():
            searches = self.search([("person", "in", people)]).try_lock_for_update()
            searches._learn()
            searches.unlink()
            if not searches or not self.env["ir.cron"]._commit_progress(len(searches)):
                break

    @api.model
    def _people_who_left(self):
        """Return the marks of people whose last search is a while ago."""
        groups = self._read_group(
            [],
            ["person"],
            having=[("at:max", "<", fields.Datetime.now() - SESSION)],
            limit=PIECE,
        )
        return [person for (person,) in groups]

    def _learn(self):
        """Learn from the searches of ``self``: whole sessions."""
        stem_of = self.env["service_desk.routing"]._stems(
            {word for search in self for word in words_of(search.text or "")}
        )
        terms, misses = [], []
        for session in self._sessions():
            chosen = session._last_choice()
            for search in session:
                key = key_of(search.text or "", stem_of)
                if not key or search._was_found(chosen):
                    continue
                moment, person = search.at, search.person
                misses.append(
                    (search.company_id.id, key, search.text, person, moment, bool(search.shown_ids), chosen.id)
                )  # fmt: skip
                if chosen:
                    terms.append((chosen.id, key, search.text, person, moment))
        if terms:
            self.env["service_desk.catalog.term"]._learn(terms)
        if misses:
            self.env["service_desk.catalog.miss"]._note(misses)

    def _sessions(self):
        """Return the searches of each person that follow each other within half an hour."""
        sessions = []
        for search in self.sorted(lambda search: (search.person, search.at, search.id)):
            last = sessions[-1][-1] if sessions else None
            if last and last.person == search.person and search.at - last.at <= SESSION:
                sessions[-1] |= search
            else:
                sessions.append(search)
        return sessions

    def _last_choice(self):
        """Return the offering that was taken in the end."""
        return self.filtered("chosen_id")[-1:].chosen_id

    def _was_found(self, chosen):
        """Tell whether the search did what it is for: what was taken was among what it showed."""
        return bool(self.chosen_id or chosen) and (
            self.chosen_id.id in (self.shown_ids or ()) or chosen.id in (self.shown_ids or ())
        )
