"""Every field of the ticket, filled with what does not belong there: a sentence, and nothing written."""

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged

from .rights_common import RightsCommon

WRONG = {
    "char": [{"a": 1}, ["x"], 7, "a\x00b", "x" * 10_000_000],
    "text": [{"a": 1}, ["x"], 7, "a\x00b", "x" * 10_000_000],
    "html": [{"a": 1}, ["x"], 7, "a\x00b", "<p>" * 4_000_000],
    "boolean": ["yes", 7, [1]],
    "integer": ["x", 1e308, float("nan"), 2**40, [1], -(2**40)],
    "float": ["x", float("nan"), float("inf"), 1e308, [1]],
    "selection": ["nonsense", 7, ["1"], {"a": 1}, "x" * 1_000_000],
    "many2one": ["x", -1, 0.5, 1e308, float("nan"), 2**30, 2**70, [1], {"id": 1}, True],
    "datetime": ["x", "0001-01-01 00:00:00", "2024-13-45", "9999-12-31 23:59:59", 1e308, [1], 7, "2024-01-01 25:00:00"],
    "many2many": ["x", 7, [[9, 1]], [[6, 0, ["x"]]], [[4, 2**30]], [[4, "x"]], [["x"]], {"a": 1}],
    "one2many": ["x", 7, [[9, 1]], [[4, "x"]], [["x"]], {"a": 1}],
    "properties": ["x", 7, [["a"]]],
    "many2one_reference": ["x", -1],
    "json": [{"a": 1}],
}  # fmt: skip
#: What a client gets as a sentence: Odoo turns the complaints of the database's constraints into one.
CLEAN = (UserError, psycopg2.IntegrityError)


@tagged("post_install", "-at_install")
class TestRightsInput(RightsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        deleted = cls.env["res.partner"].create({"name": "deleted"})
        cls.deleted_id = deleted.id
        deleted.unlink()
        cls.mine = cls._create_ticket(user_id=cls.agent.id)
        cls.env.flush_all()

    def _row(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT t::text, (SELECT count(*) FROM service_desk_ticket) FROM service_desk_ticket t WHERE id = %s",
            [self.mine.id],
        )
        return self.env.cr.fetchone()

    def _refused(self, method, args):
        """Call as a client does, and return what it gets."""
        tickets = self.env["service_desk.ticket"].with_user(self.agent)
        return self._call_as_client(tickets, method, args, {})

    def test_wrong_values(self):
        before = self._row()
        for name, field in self.mine._fields.items():
            for value in WRONG.get(field.type, ()):
                if not field.store:
                    continue
                shown = f"{name} = {str(value)[:40]}"
                for method, args in (
                    ("write", [self.mine.ids, {name: value}]),
                    ("web_save", [self.mine.ids, {name: value}, {}]),
                    ("create", [{"name": "x", "team_id": self.team_it.id, name: value}]),
                ):
                    error = self._refused(method, args)
                    with self.subTest(method=method, value=shown):
                        if name in ("create_uid", "write_uid", "create_date", "write_date", "id"):
                            continue  # Odoo drops them
                        self.assertIsInstance(error, CLEAN)
                        self.assertTrue(str(error))
        self.assertEqual(self._row(), before)

    def test_deleted_and_foreign_ids(self):
        before = self._row()
        partner_b = self.env["res.partner"].create(
            {"name": "of B", "company_id": self.company_b.id}
        )
        for vals in (
            {"partner_id": self.deleted_id},
            {"site_id": self.deleted_id},
            {"participant_ids": [[4, self.deleted_id]]},
            {"partner_id": partner_b.id},
            {"site_id": partner_b.id},
            {"team_id": self.team_b.id},
            {"team_id": self.team_private.id},
            {"user_id": self.employee.id},
            {"user_id": self.portal_a.id},
            {"user_id": self.agent_b.id},
            {"stage_id": 2**30},
            {"type_id": 2**30},
            {"link_ids": [[0, 0, {"other_id": self.confidential.id}]]},
            {"link_ids": [[0, 0, {"other_id": self.foreign.id}]]},
        ):
            for method, args in (
                ("write", [self.mine.ids, vals]),
                (
                    "create",
                    [
                        {
                            "name": "x",
                            "team_id": self.team_it.id,
                            "partner_id": self.customer_a.id,
                            **vals,
                        }
                    ],
                ),
            ):
                with self.subTest(method=method, vals=vals):
                    self.assertIsInstance(self._refused(method, args), CLEAN)
        self.assertEqual(self._row(), before)

    def test_unknown_fields_and_shapes(self):
        for method, args in (
            ("write", [self.mine.ids, {"no_such_field": 1}]),
            ("write", [self.mine.ids, {"message_ids.body": 1}]),
            ("create", [{"name": "x", "no_such_field": 1}]),
            ("create", [{"name": ""}]),
            ("create", [{"name": " \t "}]),
            ("write", [self.mine.ids, {"name": False}]),
            ("write", [[2**30], {"next_step": "x"}]),
        ):
            with self.subTest(method=method, args=args):
                self.assertIsInstance(self._refused(method, args), UserError)
