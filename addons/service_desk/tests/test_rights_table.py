"""Who may do what with which record: one table in a file, and every cell of it is tried."""

import csv

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rights_common import DATA, RightsCommon

TABLE = DATA / "rights.tsv"
LETTERS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestRightsTable(RightsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = cls._create_records()
        with TABLE.open(encoding="utf-8", newline="") as file:
            cls.table = {row.pop("record"): row for row in csv.DictReader(file, delimiter="\t")}

    @classmethod
    def _create_records(cls):
        """Return one record for each row of the table; the model of each is in its name."""
        env = cls.env
        records = {
            "service_desk.ticket open": cls.open_ticket,
            "service_desk.ticket private": cls.private,
            "service_desk.ticket confidential": cls.confidential,
            "service_desk.ticket of B": cls.foreign,
            "service_desk.team open": cls.team_it,
            "service_desk.team private": cls.team_private,
            "service_desk.team of B": cls.team_b,
            "service_desk.settings of A": env["service_desk.settings"].search(
                [("company_id", "=", cls.company.id)]
            )
            or env["service_desk.settings"].create({}),
            "service_desk.settings of B": env["service_desk.settings"].create(
                {"company_id": cls.company_b.id}
            ),
        }
        link = env["service_desk.ticket.link"].create(
            [
                {"ticket_id": cls.open_ticket.id, "other_id": other.id}
                for other in (cls._create_ticket(), cls.private)
            ]
        )
        (
            records["service_desk.ticket.link open"],
            records["service_desk.ticket.link to a private one"],
        ) = link
        for name, team in (("open", cls.team_it), ("private", cls.team_private)):
            records[f"service_desk.team.address {name}"] = env["service_desk.team.address"].create(
                {"team_id": team.id, "alias_name": f"rights-{name}"}
            )
        env["service_desk.report.source"].with_context(active_test=False).search(
            []
        ).unlink()  # of the demo
        for name, vals in cls._simple_vals().items():
            records[name] = env[name.split(" ")[0]].create(vals)
        for name in (
            "service_desk.ticket.type",
            "service_desk.stage",
            "service_desk.priority.rule",
        ):
            records[name] = env[name].search([], limit=1)
        records["service_desk.notice.template"] = env["service_desk.notice.template"].search(
            [], limit=1
        )
        return records

    @classmethod
    def _simple_vals(cls):
        own = {
            "name": "private macro of the agent",
            "user_id": cls.agent.id,
            "impact": "2",
            "message_kind": "none",
        }
        return {
            "service_desk.tag": {"name": "rights"},
            "service_desk.waiting.reason": {"name": "rights"},
            "service_desk.close.reason": {"name": "rights"},
            "service_desk.macro shared": {"name": "shared", "user_id": False, "impact": "2", "message_kind": "none"},
            "service_desk.macro of the agent": own,
            "service_desk.macro of the private team": {
                "name": "private", "user_id": False, "team_ids": [(6, 0, cls.team_private.ids)], "impact": "2",
                "message_kind": "none",
            },
            "service_desk.report.source": {"model": "res.partner"},
            "service_desk.report.source of B": {"model": "res.company", "team_id": cls.team_b.id},
            "service_desk.notice private": {
                "ticket_id": cls.private.id, "event": "assigned", "due_at": "2030-01-01 00:00:00",
            },
            "service_desk.notice of B": {
                "ticket_id": cls.foreign.id, "event": "assigned", "due_at": "2030-01-01 00:00:00",
            },
            "service_desk.notice.preference": {"event": "assigned", "partner_id": cls.customer_b.id},
            "service_desk.mail.intake open": {"raw_hash": "1" * 64, "team_id": cls.team_it.id, "company_id": cls.company.id},
            "service_desk.mail.intake private": {
                "raw_hash": "2" * 64, "team_id": cls.team_private.id, "company_id": cls.company.id,
            },
            "service_desk.mail.intake of B": {
                "raw_hash": "3" * 64, "team_id": cls.team_b.id, "company_id": cls.company_b.id,
            },
            "service_desk.mail.intake foreign": {"raw_hash": "4" * 64, "is_foreign": True},
            "service_desk.report.problem": {"name": "a draft of somebody else"},
            "service_desk.ticket.wait": {"ticket_ids": [(6, 0, cls.open_ticket.ids)]},
            "service_desk.ticket.solve": {"ticket_ids": [(6, 0, cls.open_ticket.ids)]},
        }  # fmt: skip

    def _rights(self, record, user):
        record = record.with_user(user)
        return (
            "".join(letter for letter, operation in LETTERS.items() if record.has_access(operation))
            or "-"
        )

    def test_every_model_has_a_row(self):
        ours = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("service_desk.")
            and not model._abstract
            and model._original_module == "service_desk"
        }
        self.assertEqual(ours - {name.split(" ")[0] for name in self.table}, set())
        self.assertEqual(set(self.table), set(self.records))

    def test_rights_are_as_the_table_says(self):
        found = {
            name: {actor: self._rights(record, user) for actor, user in self.actors.items()}
            for name, record in self.records.items()
        }
        wrong = [
            f"{name}: {actor} has {rights}, the table says {self.table.get(name, {}).get(actor)}"
            for name, row in found.items()
            for actor, rights in row.items()
            if self.table.get(name, {}).get(actor) != rights
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_what_the_table_refuses_is_refused(self):
        """The same through the calls that a client makes; nothing is changed by a refused one."""
        for name, row in self.table.items():
            record = self.records[name]
            for actor, rights in row.items():
                mine = record.with_user(self.actors[actor])
                with self.subTest(record=name, actor=actor):
                    self._try("r" in rights, mine.read, ["display_name"])
                    self._try(
                        "w" in rights,
                        mine.write,
                        {"sequence": 7} if "sequence" in mine._fields else {},
                    )
                    self._try("u" in rights, mine.unlink)

    def _try(self, allowed, method, *args):
        self.env.flush_all()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint() as savepoint:
                method(*args)
                savepoint.close(rollback=True)
        except AccessError:
            self.assertFalse(allowed, f"{method.__name__} must be allowed")
        except (UserError, psycopg2.IntegrityError):
            self.assertTrue(allowed, f"{method.__name__} is refused, but not for want of rights")
        else:
            self.assertTrue(allowed, f"{method.__name__} must be refused")
        finally:
            self.env.invalidate_all(flush=False)
