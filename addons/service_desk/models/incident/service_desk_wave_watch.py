"""The watch: every minute it looks at the newest tickets, and asks people about those that come in a wave."""

from datetime import timedelta

from odoo import api, fields, models

from ...waves import Usual, find_clusters, key_text, surface_of

#: A flood of alarms (an import of old tickets) is none: so many for a company in an hour.
MOST_ALARMS = 3
#: Days counted in one run: the first runs after an installation have two weeks to count.
DAYS_A_RUN = 2


class ServiceDeskWave(models.Model):
    _inherit = "service_desk.wave"

    @api.model
    def _cron_watch(self):
        """Look for waves in each company; what is usual is counted on the way, a day at a time."""
        settings = self.env["service_desk.settings"]
        for company in self.env["res.company"].search([("active", "=", True)]):
            if not settings._of(company).wave_minutes:
                continue
            self.with_company(company)._watch(company)
            self.env["ir.cron"]._commit_progress()
            for day in self.env["service_desk.wave.rate"]._missing_days(
                company, fields.Date.today()
            )[:DAYS_A_RUN]:
                self.env["service_desk.wave.rate"]._count_day(company, day)
                self.env["ir.cron"]._commit_progress()

    @api.model
    def _watch(self, company, now=None):
        """Add new tickets to the waves they belong to, and raise an alarm for each new wave.

        :param now: the moment to look from; else this one
        :return: the new waves
        """
        settings = self.env["service_desk.settings"]._of(company)
        now = now or fields.Datetime.now()
        since = now - timedelta(minutes=settings.wave_minutes)
        items = self.env["service_desk.wave.rate"]._items(company, since, now)
        if len(items) < settings.wave_least:
            return self.browse()
        known = self._known_waves(company, since, now)
        volume = len(items)
        items = known._take_members(items)
        alarms = self.browse()
        for cluster in self._find(company, items, volume, since, settings):
            wave = known._same_matter(cluster)
            if wave:
                wave._add_members(cluster.items.values(), cluster.keys)
            elif self._may_alarm(company, now):
                wave = self._create_from(company, cluster)
                known |= wave
                alarms |= wave
        alarms._raise_alarm()
        return alarms

    @api.model
    def _may_alarm(self, company, now):
        recent = [("company_id", "=", company.id), ("last_at", ">", now - timedelta(hours=1))]
        return self.search_count(recent, limit=MOST_ALARMS) < MOST_ALARMS

    # ------------------------------------------------------------ known waves
    @api.model
    def _known_waves(self, company, since, now):
        """Return the waves that still go on, and those that people have said are none, for a while."""
        return self.search(
            [
                ("company_id", "=", company.id),
                "|",
                "&",
                ("state", "in", ("alarm", "confirmed")),
                ("last_at", ">=", since - (now - since)),
                "&",
                ("state", "=", "dismissed"),
                ("muted_until", ">", now),
            ],
        )

    def _take_members(self, items):
        """Add to the waves what is like them; return what is not."""
        rest = list(items)
        for wave in self:
            keys = [frozenset(key.split()) for key in wave.keys or ()]
            known = set(wave.member_ids.ticket_id.ids)
            alike = [
                item for item in rest if item.id in known or any(key <= item.words for key in keys)
            ]
            wave._add_members(alike)
            taken = {item.id for item in alike}
            rest = [item for item in rest if item.id not in taken]
        return rest

    def _same_matter(self, cluster):
        """Return the wave of which ``cluster`` is another side: a typical word of both is the same."""
        words = {word for word in cluster.words if word[0] not in "@#"}
        for wave in self:
            typical = {
                word for key in wave.keys or () for word in key.split() if word[0] not in "@#"
            }
            if words & typical:
                return wave
        return self.browse()

    def _add_members(self, items, keys=()):
        """Add tickets to the wave; of one that is muted nothing is kept but that it goes on."""
        if self.state == "dismissed":
            return
        if keys:
            self.keys = sorted({*(self.keys or ()), *map(key_text, keys)})
        known = set(self.member_ids.ticket_id.ids)
        new = [item for item in items if item.id not in known]
        if new:
            self._create_members(new)

    # --------------------------------------------------------------- new waves
    @api.model
    def _find(self, company, items, volume, since, settings):
        """Return the groups of alike tickets that are more than usual.

        :param int volume: all tickets of the watched time, those of known waves too
        """
        days, tickets = self.env["service_desk.wave.rate"]._days(company)
        usual = Usual(days, tickets, volume, settings.wave_minutes / 60)

        def expected(keys):
            return self._expected(company, usual, keys, since)

        return find_clusters(items, expected, settings.wave_least, usual.largest_key)

    @api.model
    def _expected(self, company, usual, keys, since):
        """Return ``{key: tickets expected}``; of three words not more than of the rarest two of them."""
        parts = {key: [key] if len(key) < 3 else self._pairs(key) for key in keys}
        asked = {part for many in parts.values() for part in many}
        history = self.env["service_desk.wave.rate"]._totals(company, asked)
        earlier = self._earlier_today(company, asked, since)
        return {
            key: usual.expected(
                len(key), min(history[part] for part in many), min(earlier[part] for part in many)
            )
            for key, many in parts.items()
        }

    @api.model
    def _pairs(self, key):
        first, second, third = key
        return [(first, second), (first, third), (second, third)]

    @api.model
    def _earlier_today(self, company, keys, since):
        """Return ``{key: tickets in the 24 hours before the window}``; asked only when something stands out."""
        items = self.env["service_desk.wave.rate"]._items(
            company, since - timedelta(days=1), since, limit=5000
        )
        sets = {key: frozenset(key) for key in keys}
        counts = dict.fromkeys(keys, 0)
        for item in items:
            for key, words in sets.items():
                counts[key] += words <= item.words
        return counts

    @api.model
    def _create_from(self, company, cluster):
        tickets = self.env["service_desk.ticket"].browse(cluster.items)
        words = cluster.words
        typical = max(
            cluster.items.values(), key=lambda item: (len(item.words & set(words)), -item.id)
        )
        wave = self.create(
            {
                "name": tickets.browse(typical.id).name,
                "company_id": company.id,
                "keys": sorted(map(key_text, cluster.keys)),
                "words": self._readable(words, tickets),
                "service_id": self._shared(words, "@"),
                "site_id": self._shared(words, "#"),
            }
        )
        wave._create_members(cluster.items.values())
        return wave

    def _create_members(self, items):
        tickets = self.env["service_desk.ticket"].browse([item.id for item in items])
        stems = {word for key in self.keys or () for word in key.split()}
        self.env["service_desk.wave.member"].create(
            [
                {
                    "wave_id": self.id,
                    "ticket_id": item.id,
                    "words": self._readable(sorted(item.words & stems), tickets.browse(item.id)),
                }
                for item in items
            ]
        )
        moments = tickets.mapped("create_date")
        self.write(
            {
                "first_at": min([*moments, *filter(None, [self.first_at])]),
                "last_at": max([*moments, *filter(None, [self.last_at])]),
                "team_ids": [(4, team_id) for team_id in tickets.team_id.ids],
            }
        )

    @api.model
    def _readable(self, words, tickets):
        texts = tickets.mapped("name")
        return ", ".join(surface_of(word, texts) for word in words if word[0] not in "@#")

    @api.model
    def _shared(self, words, mark):
        return next((int(word[1:]) for word in words if word[0] == mark), False)
