"""One table of rights for each topic in a file, and every cell of it is tried."""

import csv

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .rights_common import RightsCommon

LETTERS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


class RightsTable(RightsCommon):
    """Bridges reuse it: they name themselves, their folder of tables, and who makes the records of these."""

    addon = None
    #: folder of ``<topic>.tsv`` files: a row for each record, a column for each actor
    tables = None
    #: modules with a function ``records(case)`` that returns ``{row: record}``
    makers = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = {}
        for maker in cls.makers:
            cls.records.update(maker.records(cls))
        cls.table = {}
        for path in cls.tables.glob("*.tsv"):
            with path.open(encoding="utf-8", newline="") as file:
                cls.table.update(
                    {row.pop("record"): row for row in csv.DictReader(file, delimiter="\t")}
                )

    def _own_models(self):
        return {
            name
            for name, model in self.env.registry.items()
            if name.startswith("service_desk.")
            and not model._abstract
            and model._original_module == self.addon
        }

    def _rights(self, record, user):
        record = record.with_user(user)
        return (
            "".join(letter for letter, operation in LETTERS.items() if record.has_access(operation))
            or "-"
        )

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

    def _check_every_model_has_a_row(self):
        self.assertEqual(self._own_models() - {name.split(" ")[0] for name in self.table}, set())
        self.assertEqual(set(self.table), set(self.records))

    def _check_rights_are_as_the_table_says(self):
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

    def _check_what_the_table_refuses(self):
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
