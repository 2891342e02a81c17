from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .catalog_common import CatalogCommon

PRESS = "press-1234"


@tagged("post_install", "-at_install")
class TestCatalogDoor(CatalogCommon):
    def _names(self, user, **kwargs):
        return [row["name"] for row in self._door(user).get_catalog(**kwargs)["offerings"]]

    def test_everybody_sees_what_is_published(self):
        self._create_offering(name="Draft")
        for user in (self.portal_a, self.employee, self.agent):
            self.assertEqual(self._names(user), ["Order a laptop"], user.name)
        # who works on it sees his drafts, marked as such, in his own catalog only
        rows = self._door(self.owner).get_catalog()["offerings"]
        told = {row["name"]: (row["state_label"], row["can_edit"]) for row in rows}
        self.assertEqual(told, {"Order a laptop": ("", True), "Draft": ("Draft", True)})
        with self.assertRefused(AccessError, "Log in"):
            self._door(self.env.ref("base.public_user")).get_catalog()

    def test_the_tree_has_only_what_leads_to_something(self):
        self._create_offering(name="Part", service_id=self.part.id, state="published")
        found = self._door(self.portal_a).get_catalog()
        self.assertEqual({row["name"] for row in found["services"]}, {"Workplaces", "Laptops"})
        self.assertFalse(found["can_choose_person"])

    def test_words_are_the_caller_s(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.offering.with_context(lang="ru_RU").name = "Заказать ноутбук"
        door = self._door(self.portal_a).with_context(lang="ru_RU")
        self.assertEqual(door.get_catalog()["offerings"][0]["name"], "Заказать ноутбук")
        self.assertEqual(door.get_offering(self.offering.id)["name"], "Заказать ноутбук")

    def test_a_request(self):
        vals = {"name": "For me", "description": "A light one\n<b>please</b>"}
        told = self._door(self.portal_a).submit_request(self.offering.id, {}, vals, press=PRESS)
        self.assertFalse(told["ticket_id"])
        ticket = self.env["service_desk.ticket"].search([("number", "=", told["number"])])
        self.assertEqual(ticket.partner_id, self.customer_a)
        self.assertEqual(ticket.offering_id, self.offering)
        self.assertEqual(ticket.channel, "portal")
        self.assertEqual(ticket.type_id, self.type_request)
        self.assertNotIn("<b>", ticket.description)
        again = self._door(self.portal_a).submit_request(self.offering.id, {}, vals, press=PRESS)
        self.assertEqual(again["number"], told["number"])
        other = self._door(self.portal_b).submit_request(self.offering.id, {}, vals, press=PRESS)
        self.assertNotEqual(other["number"], told["number"])

    def test_an_agent_asks_for_somebody(self):
        told = self._door(self.agent).submit_request(
            self.offering.id, partner_id=self.customer_b.id, press=PRESS
        )
        ticket = self.env["service_desk.ticket"].browse(told["ticket_id"])
        self.assertEqual(ticket.partner_id, self.customer_b)
        self.assertEqual(ticket.channel, "manual")
        self.assertEqual(ticket.name, "Order a laptop")

    def test_nobody_else_asks_for_others(self):
        for user in (self.portal_a, self.employee, self.owner):
            for partner_id in (self.customer_b.id, 2**30):
                for call in (
                    lambda door, p: door.get_catalog(partner_id=p),
                    lambda door, p: door.get_offering(self.offering.id, partner_id=p),
                    lambda door, p: door.submit_request(self.offering.id, partner_id=p),
                ):
                    with self.assertRefused(AccessError, "There is no such person"):
                        call(self._door(user), partner_id)

    def test_hidden_and_unknown_give_the_same_answer(self):
        draft = self._create_offering()
        retired = self._create_offering(state="retired")
        for offering_id in (draft.id, retired.id, 2**30):
            for call in ("get_offering", "submit_request"):
                with self.assertRefused(AccessError, "There is no such offering for the requester"):
                    getattr(self._door(self.agent), call)(offering_id)

    def test_a_picture_shows_with_its_offering_only(self):
        draft = self._create_offering(name="Draft")
        shows = self._door(self.portal_a)._shows
        self.assertTrue(shows("offering", self.offering.id))
        self.assertTrue(shows("service", self.service.id))
        for kind, record_id in (
            ("offering", draft.id),
            ("offering", 2**30),
            ("service", self.foreign_service.id),
        ):
            self.assertFalse(shows(kind, record_id))

    def test_nonsense_is_refused_in_words(self):
        door = self._door(self.portal_a)
        bad = (
            {"vals": {"team_id": self.team_it.id}},
            {"vals": "x"},
            {"vals": {"name": 3}},
            {"vals": {"description": "x" * 30_000}},
            {"vals": {"site_id": self.firm_b.id}},
            {"press": "../.."},
            {"press": 7},
            {"answers": {"unknown": 1}},
        )
        for kwargs in bad:
            with self.assertRaises(UserError, msg=str(kwargs)):
                door.submit_request(self.offering.id, **kwargs)
        for offering_id in ("x", [1], True, -1, None):
            with self.assertRaises(UserError):
                door.get_offering(offering_id)

    def test_a_request_to_a_private_team(self):
        """The door sends where the offering says; who asked, and is no member, learns the number only."""
        self.offering.team_id = self.team_private
        told = self._door(self.agent).submit_request(
            self.offering.id, partner_id=self.customer_a.id
        )
        self.assertFalse(told["ticket_id"])
        ticket = self.env["service_desk.ticket"].search([("number", "=", told["number"])])
        self.assertEqual(ticket.team_id, self.team_private)

    def test_the_number_of_queries_does_not_grow(self):
        door = self._door(self.portal_a)

        def count():
            self.env.registry.clear_cache()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            door.get_catalog()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(20):
            self._create_offering(name=f"More {number}", state="published")
        self.env.flush_all()
        self.assertLessEqual(count(), few)


@tagged("post_install", "-at_install")
class TestCatalogForm(CatalogCommon):
    """An offering with a form: asked, checked and kept through the door; its answers route."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls.env["service_desk.form"].create(
            {
                "name": "Laptop",
                "service_id": cls.service.id,
                "question_ids": [
                    (0, 0, {"name": "How many", "key": "how_many", "kind": "number", "is_required": True}),
                    (0, 0, {"name": "Why", "key": "why", "kind": "text"}),
                ],
            }
        )  # fmt: skip
        cls.form.action_publish()
        cls.offering.form_id = cls.form

    def test_a_copy_has_a_form_of_its_own(self):
        copy = self.offering.copy()
        self.assertNotEqual(copy.form_id, self.form)
        self.assertEqual(copy.form_id.question_ids.mapped("key"), ["how_many", "why"])

    def test_it_is_asked_and_kept(self):
        door = self._door(self.portal_a)
        shown = door.get_offering(self.offering.id)
        self.assertEqual([q["key"] for q in shown["definition"]["questions"]], ["how_many", "why"])
        told = door.submit_request(self.offering.id, {"how_many": 3})
        ticket = self.env["service_desk.ticket"].search([("number", "=", told["number"])])
        self.assertEqual(ticket._answers(), {"how_many": 3})

    def test_wrong_answers_are_named(self):
        for answers in ({}, {"how_many": "many"}, None):
            with self.assertRaises(UserError) as refusal:
                self._door(self.portal_a).submit_request(self.offering.id, answers)
            self.assertEqual(set(refusal.exception.errors), {"how_many"})
            self.assertEqual(refusal.exception.context["errors"], refusal.exception.errors)
        with self.assertRaises(UserError):
            self._door(self.portal_a).submit_request(self.offering.id, [1])

    def test_answers_route(self):
        condition = {"all": [{"key": "how_many", "op": ">=", "value": 10}]}
        self.offering.route_ids = [
            (0, 0, {"name": "Many", "condition": condition, "priority": "3"}),
        ]
        priorities = []
        for number in (3, 10):
            told = self._door(self.portal_a).submit_request(self.offering.id, {"how_many": number})
            ticket = self.env["service_desk.ticket"].search([("number", "=", told["number"])])
            priorities.append(ticket.priority)
        self.assertNotEqual(priorities[0], "3")
        self.assertEqual(priorities[1], "3")
        text = ticket.decision_ids.filtered(lambda d: d.kind == "offering").text
        self.assertIn("By its line “Many”: the answers fit.", text)

    def test_lines_ask_for_what_the_form_gives(self):
        self.offering.route_ids = [
            (
                0,
                0,
                {
                    "name": "Odd",
                    "condition": {"all": [{"key": "colour", "op": "=", "value": "red"}]},
                    "priority": "3",
                },
            )
        ]
        self.offering.action_draft()
        with self.assertRefused(UserError, "The line “Odd” asks for answers"):
            self.offering.action_publish()
