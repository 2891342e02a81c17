"""A hidden ticket does not exist for those it is hidden from, by whatever way they ask."""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rights_common import CANARY, MISS, RightsCommon


@tagged("post_install", "-at_install")
class TestRightsHidden(RightsCommon):
    def _each(self, check):
        """Call ``check`` with each hidden ticket as each of those it is hidden from."""
        for user, hidden in self.hidden_from:
            for ticket in hidden:
                with self.subTest(user=user.login, ticket=ticket.number):
                    self.env.invalidate_all()
                    check(ticket.with_user(user))

    def test_lists_counts_and_names(self):
        self._each(self._check_lists)

    def _check_lists(self, ticket):
        tickets = ticket.browse()
        by_id = [("id", "=", ticket.id)]
        number, name = ticket.sudo().number, ticket.sudo().name
        self.assertFalse(tickets.search(by_id))
        self.assertEqual(tickets.search_count(by_id), 0)
        self.assertFalse(tickets.search([("number", "=", number)]))
        self.assertFalse(tickets.search([("query", "ilike", number)]))
        self.assertFalse(tickets.name_search(number))
        self.assertNotIn(ticket.id, [found[0] for found in tickets.name_search(name)])
        self.assertFalse(tickets.web_search_read(by_id, {"name": {}})["records"])
        self.assertFalse(tickets._read_group(by_id, ["team_id"], ["__count"]))
        self.assertFalse(tickets.formatted_read_group(by_id, ["state"], ["__count"]))
        self.assertFalse(tickets.web_read_group(by_id, ["team_id"], ["__count"])["groups"])
        self.assertNotIn(
            ticket.id,
            tickets.search([("link_ids.other_id.name", "ilike", CANARY)]).link_ids.other_id.ids,
        )

    def test_reading_writing_and_copying_by_id(self):
        self._each(self._check_calls)
        self.assertFalse(self.hidden.filtered(lambda t: t.next_step or not t.active))

    def _check_calls(self, ticket):
        ticket.env.user.sudo().group_ids |= self.env.ref("base.group_allow_export")
        for call in (
            lambda: ticket.read(["name"]),
            lambda: ticket.web_read({"name": {}}),
            lambda: ticket.name,
            lambda: ticket.export_data(["name"]),
            lambda: ticket.copy(),
            lambda: ticket.write({"next_step": "x"}),
            lambda: ticket.web_save({"next_step": "x"}, {"name": {}}),
            lambda: ticket.unlink(),
            lambda: ticket.message_post(body="x"),
            lambda: ticket.message_get_followers(),
            lambda: ticket.activity_schedule(
                "mail.mail_activity_data_todo", user_id=ticket.env.uid
            ),
            lambda: ticket.action_assign_to_me(),
            lambda: ticket.action_archive(),
        ):
            with self.subTest(call=inspect.getsource(call).strip()), self.assertRaises(AccessError):
                call()
        me = ticket.env.user.partner_id
        ticket.message_subscribe(me.ids)  # Odoo answers with silence
        self.assertNotIn(me, ticket.sudo().message_partner_ids)

    def test_what_hangs_on_it(self):
        self._each(self._check_hanging)

    def _check_hanging(self, ticket):
        for model, records in self.hanging[ticket.id].items():
            mine = records.with_env(ticket.env)
            with self.subTest(model=model):
                self.assertFalse(mine.search([("id", "in", mine.ids)]))
                self.assertEqual(mine.search_count([("id", "in", mine.ids)]), 0)
                for record in mine:
                    with self.assertRaises(AccessError):
                        record.read(["display_name"])
                    with self.assertRaises(AccessError):
                        record.write({})
                    with self.assertRaises(AccessError):
                        record.unlink()

    def test_strangers_know_nothing_even_of_their_own_tickets(self):
        """Portal users and employees have no right on the model: pages for them have their own narrow door."""
        tickets = self.open_ticket | self.hidden
        self.assertEqual(self.open_ticket.partner_id, self.customer_a)
        for user in self.strangers:
            for ticket in tickets:
                mine = ticket.with_user(user)
                for call in (
                    lambda t=mine: t.search([]),
                    lambda t=mine: t.search_count([]),
                    lambda t=mine: t.name_search("a"),
                    lambda t=mine: t.read(["name"]),
                    lambda t=mine: t.web_read({"name": {}}),
                    lambda t=mine: t._read_group([], ["team_id"], ["__count"]),
                    lambda t=mine: t.message_post(body="x"),
                    lambda t=mine: t.create({"name": "x"}),
                ):
                    with (
                        self.subTest(user=user.login, ticket=ticket.number),
                        self.assertRaises(AccessError),
                    ):
                        call()

    def test_links_do_not_tell_of_the_other_end(self):
        link = self.env["service_desk.ticket.link"].create(
            {"ticket_id": self.open_ticket.id, "other_id": self.private.id}
        )
        seen = self.open_ticket.with_user(self.agent)
        self.assertFalse(seen.link_ids)
        row = seen.web_read(
            {"link_ids": {"fields": {"other_id": {"fields": {"display_name": {}}}}}}
        )[0]
        self.assertNotIn(CANARY, str(row))
        with self.assertRaises(AccessError):
            link.with_user(self.agent).read(["other_id"])
        with self.assertRaises(AccessError):
            seen.write(
                {"link_ids": [(0, 0, {"other_id": self.confidential.id, "kind": "blocked_by"})]}
            )

    def test_counters_count_what_is_seen(self):
        team = self.team_it.with_user(self.agent)
        before = team.open_count
        self._hide(is_confidential=True, user_id=self.agent2.id)
        self.env.invalidate_all()
        self.assertEqual(team.open_count, before)
        self.assertEqual(self.team_it.with_user(self.agent2).open_count, before + 2)

    # ------------------------------------------------------------------ oracles
    def _paths(self, model):
        """Return searchable paths into what hangs on records of ``model``, two steps deep."""
        paths = []
        for name, field in self.env[model]._fields.items():
            if not field._description_searchable:
                continue
            if field.type in ("char", "text", "html"):
                paths.append(name)
            elif field.relational and field.comodel_name in self.env:
                inner = self.env[field.comodel_name]._fields
                paths += [
                    f"{name}.{deep}"
                    for deep in (
                        "body",
                        "subject",
                        "name",
                        "summary",
                        "note",
                        "number",
                        "description",
                        "preview",
                    )
                    if deep in inner and inner[deep]._description_searchable
                ]
        return paths

    def _answer(self, records, path, value):
        """Return what a search tells: a number, or that it is refused."""
        try:
            # Odoo warns of searches by a name that a model does not have
            with mute_logger("odoo.models", "odoo.domains", "odoo.sql_db"), self.env.cr.savepoint():
                return records.search_count(Domain(path, "ilike", value))
        except (UserError, ValueError, NotImplementedError) as error:
            return type(error).__name__

    def _assert_blind(self, user, models):
        for model in models:
            records = self.env[model].with_user(user).with_context(active_test=False)
            if model.startswith("service_desk.") and not records.has_access("read"):
                with self.assertRaises(AccessError):  # whatever is asked for
                    records.search_count([])
                continue
            for path in self._paths(model):
                hit, miss = self._answer(records, path, CANARY), self._answer(records, path, MISS)
                with self.subTest(user=user.login, model=model, path=path):
                    self.assertEqual(hit, miss, "a search tells what a hidden ticket contains")

    def _models_that_reach_tickets(self):
        core = [
            "mail.message", "mail.activity", "mail.followers", "mail.notification", "mail.tracking.value",
            "ir.attachment", "res.partner", "res.users", "mail.mail", "mail.scheduled.message", "mail.link.preview",
        ]  # fmt: skip
        ours = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("service_desk.") and not model._abstract
        ]
        return [name for name in core if name in self.env] + ours

    def test_no_oracle_for_strangers(self):
        models = self._models_that_reach_tickets()
        for user in (self.portal_b, self.employee, self.env.ref("base.public_user")):
            self._assert_blind(user, models)

    def test_no_oracle_for_other_agents(self):
        models = self._models_that_reach_tickets()
        for user in (self.agent, self.agent_b):
            self._assert_blind(user, models)

    def test_twin_the_oracle_sees_what_is_visible(self):
        """With the right to see them the same question finds them: the silence above proves something."""
        tickets = self.env["service_desk.ticket"].with_user(self.agent2)
        for path in ("message_ids.body", "name", "activity_ids.summary"):
            self.assertNotEqual(
                self._answer(tickets, path, CANARY), self._answer(tickets, path, MISS), path
            )
