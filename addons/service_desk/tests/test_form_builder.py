from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestFormBuilder(HttpCase, ServiceDeskCommon):
    """The owner of a service builds and tries a form by the screens alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form_owner = new_test_user(
            cls.env, "sd_formowner", groups="service_desk.service_desk_group_owner", lang="en_US"
        )
        cls.owned = cls.env["service_desk.service"].create(
            {"name": "Tills", "owner_id": cls.form_owner.id}
        )
        cls.form = cls.env["service_desk.form"].create(
            {"name": "Breakdown", "service_id": cls.owned.id}
        )

    def _as_owner(self, record):
        return record.with_user(self.form_owner)

    def test_owner_builds_publishes_and_previews(self):
        tickets = self.env["service_desk.ticket"].search_count([])
        self.start_tour(
            f"/odoo/request-forms/{self.form.id}/form-builder",
            "service_desk_form_builder",
            login="sd_formowner",
        )
        definition = self.form.version_id.definition
        self.assertEqual(
            [(question["key"], question["kind"]) for question in definition["questions"]],
            [("can_you_still_sell", "boolean"), ("what_is_broken", "text")],
        )
        self.assertEqual(
            definition["questions"][1]["shown_if"],
            {"all": [{"key": "can_you_still_sell", "op": "=", "value": False}]},
        )
        self.assertEqual(self.env["service_desk.ticket"].search_count([]), tickets)

    def test_what_the_builder_is_told(self):
        facts = self._as_owner(self.env["service_desk.form"]).get_builder_facts()
        kinds = [kind for kind, _label in facts["kinds"]]
        self.assertEqual(kinds[:2], ["section", "text"])
        self.assertIn("table", kinds)
        self.assertEqual(facts["models"]["contact"], "res.partner")
        self.assertIn("en_US", dict(facts["languages"]))
        with self.assertRaises(AccessError):
            self.env["service_desk.form"].with_user(self.employee).get_builder_facts()

    def test_offering_gets_its_form(self):
        offering = self.env["service_desk.offering"].create(
            {
                "name": "Till is broken",
                "service_id": self.owned.id,
                "type_id": self.env["service_desk.ticket.type"].search([], limit=1).id,
            }
        )
        action = self._as_owner(offering).action_build_form()
        self.assertEqual(offering.form_id.name, "Till is broken")
        self.assertEqual(offering.form_id.service_id, self.owned)
        self.assertEqual(action["tag"], "service_desk_form_builder")
        self.assertEqual(action["context"]["active_id"], offering.form_id.id)
        self._as_owner(offering).action_build_form()
        self.assertEqual(
            self.env["service_desk.form"].search_count([("name", "=", "Till is broken")]), 1
        )

    def test_only_the_owner_makes_a_form_for_an_offering(self):
        offering = self.env["service_desk.offering"].create(
            {
                "name": "Leaking tap",
                "service_id": self.env["service_desk.service"].create({"name": "Water"}).id,
                "type_id": self.env["service_desk.ticket.type"].search([], limit=1).id,
            }
        )
        with self.assertRaises(AccessError):
            self._as_owner(offering).action_build_form()

    def test_files_of_a_preview_are_checked_and_not_stored(self):
        self.form.question_ids = [
            (
                0,
                0,
                {
                    "name": "Photo",
                    "kind": "files",
                    "is_required": True,
                    "rules": {"types": ["jpg"]},
                },
            )
        ]
        attachments = self.env["ir.attachment"].search_count([])
        form = self._as_owner(self.form)
        tried = form.try_answers({"photo": [1]}, files=[{"id": 1, "name": "a.jpg", "size": 5}])
        self.assertEqual(tried, {"errors": {}})
        for files in (
            [{"id": 1, "name": "a.exe", "size": 5}],
            [{"id": 2, "name": "a.jpg", "size": 5}],
            [{"id": "1"}],
            "nonsense",
            None,
        ):
            with self.subTest(files=files):
                self.assertIn("photo", form.try_answers({"photo": [1]}, files=files)["errors"])
        self.assertEqual(self.env["ir.attachment"].search_count([]), attachments)

    def test_a_preview_as_another_shows_no_more_than_oneself_may_read(self):
        self.form.question_ids = [(0, 0, {"name": "Who", "kind": "contact"})]
        other = self.env["res.company"].create({"name": "Secret company"})
        hidden = self.env["res.partner"].create({"name": "Zzqx Hidden", "company_id": other.id})
        boss = new_test_user(self.env, "sd_formboss", groups="base.group_user")
        boss.write({"company_ids": [(4, other.id)]})
        found = self.form.with_user(boss).sudo().find_records("who", "Zzqx")
        self.assertEqual([row["id"] for row in found], [hidden.id])
        form = self._as_owner(self.form)
        self.assertEqual(form.find_records("who", "Zzqx", partner_id=boss.partner_id.id), [])

    def test_wrong_shapes_are_refused(self):
        self.form.question_ids = [(0, 0, {"name": "Who", "kind": "contact"})]
        form = self._as_owner(self.form)
        self.assertEqual(form.find_records("nobody", "a"), [])
        with self.assertRefused(UserError, "Choose a person"):
            form.find_records("who", "a", partner_id="1")
        self.assertIn("", form.try_answers("nonsense")["errors"])
