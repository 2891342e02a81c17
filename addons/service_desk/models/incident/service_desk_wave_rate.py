"""How many tickets with which words are usual: counted once for each day that is over."""

from collections import Counter
from datetime import date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...waves import Item, key_text, keys_of, words_of

#: Days of which the usual number is made.
DAYS = 14
#: Under this key stands how many tickets the day had at all.
ALL = ""
#: Words of so few tickets of a day are not kept: what is missing is rare.
KEPT_FROM = 2
#: So many tickets of one day are read at most.
LIMIT = 50_000


class ServiceDeskWaveRate(models.Model):
    _name = "service_desk.wave.rate"
    _description = "Usual Number of Tickets"
    _order = "day desc, tickets desc"
    _rec_name = "key"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade", index=True)
    day = fields.Date(required=True)
    key = fields.Char(help="Stems of words, @ a service, # a site; empty: all tickets of the day.")
    tickets = fields.Integer(required=True)

    _key_uniq = models.UniqueIndex("(company_id, key, day)", "This is counted already.")

    # ------------------------------------------------------------------ reading
    @api.model
    def _items(self, company, since, until, limit=LIMIT):
        """Return the tickets of a time as :class:`Item`, oldest first: one query.

        Only those of teams that everybody sees: a wave shows its words to all agents.
        """
        tickets = self.env["service_desk.ticket"].sudo()  # sudo: the watch belongs to the desk
        query = tickets._search(
            [
                ("company_id", "=", company.id),
                ("create_date", ">", since),
                ("create_date", "<=", until),
                ("is_confidential", "=", False),
                ("is_master", "=", False),
                ("team_id.is_private", "=", False),
            ],
            order="create_date desc, id desc",
            limit=limit,
        )
        column = {
            name: tickets._field_to_sql(tickets._table, name, query)
            for name in (
                "id",
                "name",
                "description",
                "partner_id",
                "email_from",
                "service_id",
                "site_id",
            )
        }
        rows = self.env.execute_query(
            query.select(
                column["id"],
                self._stems(column["name"], 200),
                self._stems(column["description"], 300),
                SQL("COALESCE(%s::text, lower(%s))", column["partner_id"], column["email_from"]),
                column["service_id"],
                column["site_id"],
            )
        )
        return [self._item(*row) for row in reversed(rows)]

    @api.model
    def _stems(self, text, length):
        """Return SQL for the stems of the beginning of a text; Latin words get English stems."""
        return SQL(
            "tsvector_to_array(to_tsvector('pg_catalog.russian',"
            " translate(left(COALESCE(%s, ''), %s), 'ёЁ_-', 'еЕ  ')))",
            text,
            length,
        )

    @api.model
    def _item(self, ticket_id, stems, more, person, service_id, site_id):
        words = set(words_of(stems, more))
        if service_id:
            words.add(f"@{service_id}")
        if site_id:
            words.add(f"#{site_id}")
        return Item(ticket_id, frozenset(words), person or f"t{ticket_id}")

    @api.model
    def _days(self, company):
        """Return how many days with tickets are known, and how many tickets they had."""
        domain = [("company_id", "=", company.id), ("key", "=", ALL), ("tickets", ">", 0)]
        ((days, tickets),) = self._read_group(domain, aggregates=["__count", "tickets:sum"])
        return days, tickets or 0

    @api.model
    def _totals(self, company, keys):
        """Return ``{key: tickets in all known days}``."""
        names = {key_text(key): key for key in keys}
        domain = [("company_id", "=", company.id), ("key", "in", list(names))]
        rows = dict(self._read_group(domain, ["key"], ["tickets:sum"]))
        return {key: rows.get(name, 0) for name, key in names.items()}

    # ----------------------------------------------------------------- counting
    @api.model
    def _missing_days(self, company, today):
        known = set(self.search([("company_id", "=", company.id), ("key", "=", ALL)]).mapped("day"))
        days = [today - timedelta(days=back) for back in range(1, DAYS + 1)]
        return [day for day in days if day not in known]

    @api.model
    def _count_day(self, company, day):
        """Count one day that is over; an interrupted count leaves nothing and is done again."""
        since = datetime.combine(day, time.min)
        items = self._items(company, since, since + timedelta(days=1))
        counts = Counter(key_text(key) for item in items for key in keys_of(item.words, 2))
        rows = [(key, count) for key, count in counts.items() if count >= KEPT_FROM]
        rows.append((ALL, len(items)))
        self.create(
            [
                {"company_id": company.id, "day": day, "key": key, "tickets": count}
                for key, count in rows
            ]
        )

    @api.autovacuum
    def _gc_old(self):
        """Forget days that are no measure any more."""
        limit = date.today() - timedelta(days=DAYS + 1)
        self.search([("day", "<", limit)], limit=100_000).unlink()
