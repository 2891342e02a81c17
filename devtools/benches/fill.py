"""Fill a database with years of tickets by SQL, for both sides in the same ratios.

One in fifty tickets is open, most of them among the newest. Each has two messages (the customer's and
the agent's), a notification of the second, and its followers. The random numbers start from a seed, so
two fills of a size are alike.
"""

import re
import sys
import time

from odoo.tools import SQL

from . import fill_sides

#: Words of subjects: the first is in every tenth, "zyzzyva" in about one of fifty thousand.
WORDS = (
    "printer invoice order password screen phone access delivery scanner keyboard account report price "
    "label stock return payment contract router camera door light heating cable monitor laptop mailbox "
    "calendar folder backup update licence user role shop cash desk terminal card receipt barcode scale "
    "принтер счёт заказ пароль экран телефон доступ доставка сканер касса отчёт цена этикетка склад возврат "
    "оплата договор роутер камера дверь свет кабель монитор ноутбук почта календарь папка лицензия роль "
    "broken slow missing wrong empty blocked late lost old new double strange red blue small large"
).split()
FREQUENT, RARE = "printer", "zyzzyva"
TABLES = (
    "service_desk_ticket",
    "helpdesk_ticket",
    "mail_message",
    "mail_followers",
    "mail_notification",
)


class Fill:
    """Brings one database to a number of tickets on each side."""

    def __init__(self, firm):
        self.firm = firm
        self.env = firm.env
        self.cr = firm.env.cr

    def reach(self, size, peer_size):
        """Add tickets until there are ``size`` of ours and ``peer_size`` of the peer's."""
        goals = [(fill_sides.OURS, size)] + (
            [(fill_sides.PEERS, peer_size)] if self.firm.with_peer else []
        )
        missing = [(side, goal - self._count(side.table)) for side, goal in goals]
        missing = [(side, count) for side, count in missing if count > 0]
        if not missing:
            return
        begin = time.monotonic()
        self.cr.execute("SELECT setseed(0.42)")
        self._partners(size // 20)
        samples = {side: side.sample(self.firm) for side, _count in missing}
        self.env.flush_all()
        with _WithoutIndexes(self.cr):
            for side, count in missing:
                self._tickets(side, samples[side], count)
        self.env.cr.commit()
        sys.stderr.write(f"  filled to {size:,} tickets in {time.monotonic() - begin:.0f} s\n")

    def _count(self, table):
        self.cr.execute(SQL("SELECT count(*) FROM %s", SQL.identifier(table)))
        return self.cr.fetchone()[0]

    # ---------------------------------------------------------------- partners
    def _partners(self, wanted):
        """Add customers: five contacts to a company."""
        domain = [("ref", "=", "bench")]
        have = self.env["res.partner"].search_count(domain)
        if have >= wanted:
            return
        sample = self.env["res.partner"].create({"name": "Sample", "ref": "bench"})
        self.env.flush_all()
        base = self._next_id("res_partner")
        company = SQL("%s + ((x.g - 1) / 6) * 6 + 1", base)
        is_company = SQL("(x.g - 1) %% 6 = 0")
        name = SQL("'Customer ' || (%s + x.g)", base)
        self._copy(
            "res_partner",
            sample.id,
            wanted - have,
            {
                "id": SQL("%s + x.g", base),
                "name": name,
                "complete_name": name,
                "email": SQL("'c' || (%s + x.g) || '@customer.test'", base),
                "email_normalized": SQL("'c' || (%s + x.g) || '@customer.test'", base),
                "is_company": is_company,
                "parent_id": SQL("CASE WHEN %s THEN NULL ELSE %s END", is_company, company),
                "commercial_partner_id": company,
                "ref": SQL("'bench'"),
            },
        )

    # ----------------------------------------------------------------- tickets
    def _tickets(self, side, sample, count):
        base = self._next_id(side.table)
        self._copy(side.table, sample["ticket"], count, side.columns(self, base, count))
        self.cr.execute(SQL("ANALYZE %s", SQL.identifier(side.table)))
        self._messages(side, sample, base)
        self._followers(side, sample, base)

    def _messages(self, side, sample, base):
        first = self._next_id("mail_message")
        text = (
            "Good day! "
            + "The device at the till does not answer any more since this morning. " * 4
        )
        agents = SQL(
            "(SELECT partner_id FROM res_users WHERE id = coalesce(t.user_id, %s))",
            self.firm.agent.id,
        )
        self._copy(
            "mail_message",
            sample["message"],
            None,
            {
                "id": SQL("%s + (t.id - %s) * 2 + k", first, base),
                "model": SQL("%s", side.model),
                "res_id": SQL("t.id"),
                "parent_id": SQL("NULL::int"),
                "author_id": SQL("CASE WHEN k = 1 THEN t.partner_id ELSE %s END", agents),
                "message_type": SQL("CASE WHEN k = 1 THEN 'email' ELSE 'comment' END"),
                "message_id": SQL(
                    "'<bench-' || k || '-' || t.id || '-' || %s || '@bench.test>'", side.model
                ),
                "body": SQL("'<p>' || %s || t.id || '</p>'", text),
                "date": SQL("t.create_date + k * interval '1 hour'"),
                "create_date": SQL("t.create_date + k * interval '1 hour'"),
            },
            SQL("%s t CROSS JOIN generate_series(1, 2) k", SQL.identifier(side.table)),
            SQL("t.id > %s", base),
        )
        self._copy(
            "mail_notification",
            sample["notification"],
            None,
            {
                "mail_message_id": SQL("%s + (t.id - %s) * 2 + 2", first, base),
                "res_partner_id": SQL("t.partner_id"),
                "author_id": agents,
                "mail_mail_id_int": SQL("NULL::int"),
                "notification_status": SQL("'sent'"),
                "notification_type": SQL("'email'"),
                "is_read": SQL("true"),
            },
            SQL("%s t", SQL.identifier(side.table)),
            SQL("t.id > %s", base),
        )

    def _followers(self, side, sample, base):
        source = SQL(
            "(SELECT id, partner_id FROM %(table)s UNION ALL SELECT t.id, u.partner_id FROM %(table)s t"
            " JOIN res_users u ON u.id = t.user_id) t",
            table=SQL.identifier(side.table),
        )
        first = self._next_id("mail_followers")
        self._copy(
            "mail_followers",
            sample["follower"],
            None,
            {
                "res_model": SQL("%s", side.model),
                "res_id": SQL("t.id"),
                "partner_id": SQL("t.partner_id"),
            },
            source,
            SQL("t.id > %s", base),
        )
        self.cr.execute(
            SQL(
                "INSERT INTO mail_followers_mail_message_subtype_rel (mail_followers_id, mail_message_subtype_id)"
                " SELECT id, %s FROM mail_followers WHERE id > %s",
                self.env.ref("mail.mt_comment").id,
                first,
            )
        )

    # ------------------------------------------------------------------- tools
    def pick(self, values, dice):
        """Return SQL that takes one of ``values`` by the random number ``dice``."""
        return SQL(
            "(%s)[1 + floor(%s * %s)::int]",
            SQL("ARRAY[%s]", SQL(", ").join(SQL("%s", v) for v in values)),
            dice,
            len(values),
        )

    def words(self):
        """Return SQL for a subject of four words and a number."""
        return SQL(
            "CASE WHEN random() < 0.1 THEN %s || ' ' WHEN random() < 0.00002 OR x.g = 777 THEN %s || ' ' ELSE '' END"
            " || %s || ' ' || %s || ' ' || %s || ' ' || x.g",
            FREQUENT,
            RARE,
            *(self.pick(WORDS[1:], SQL("random()")) for _number in range(3)),
        )

    def partner(self):
        """Return SQL for the id of a customer, spread by the dice ``x.r3``."""
        self.cr.execute("SELECT min(id), max(id) FROM res_partner WHERE ref = 'bench'")
        low, high = self.cr.fetchone()
        return SQL("%s + floor(x.r3 * %s)::int", low, high - low + 1)

    def _next_id(self, table):
        self.cr.execute(SQL("SELECT coalesce(max(id), 0) FROM %s", SQL.identifier(table)))
        return self.cr.fetchone()[0]

    def _copy(self, table, sample_id, count, values, source=None, where=None):
        """Insert rows like the sample with other ``values`` (SQL); ``x.g`` counts, ``x.r1`` … are dice."""
        self.cr.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = ''",
            [table],
        )
        columns = [name for (name,) in self.cr.fetchall() if name != "id" or "id" in values]
        selected = [values.get(name) or SQL("s.%s", SQL.identifier(name)) for name in columns]
        if source is None:
            source = SQL(
                "(SELECT g, random() r1, random() r2, random() r3, random() r4, random() r5"
                " FROM generate_series(1, %s) g) x",
                count,
            )
        self.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(columns)s) SELECT %(values)s FROM %(source)s,"
                " (SELECT * FROM %(table)s WHERE id = %(sample)s) s WHERE %(where)s",
                table=SQL.identifier(table),
                columns=SQL(", ").join(map(SQL.identifier, columns)),
                values=SQL(", ").join(selected),
                source=source,
                sample=sample_id,
                where=where or SQL("true"),
            )
        )
        self.cr.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        self.cr.execute(SQL("SELECT setval(%s, %s)", self.cr.fetchone()[0], self._next_id(table)))


class _WithoutIndexes:
    """Drop indexes for the block and build them again: many times quicker than keeping them up."""

    def __init__(self, cr):
        self.cr = cr

    def __enter__(self):
        # Foreign keys are right by construction; checking each row would double the time.
        self.cr.execute("SET LOCAL session_replication_role = replica")
        self.cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
        self.cr.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid::regclass::text = ANY(%s) AND NOT indisunique",
            [list(TABLES)],
        )
        self.indexes = self.cr.fetchall()
        for name, _definition in self.indexes:
            self.cr.execute(f"DROP INDEX {name}")

    def __exit__(self, kind, *error):
        if kind:
            return
        for _name, definition in self.indexes:
            self.cr.execute(re.sub(r"%", "%%", definition))
