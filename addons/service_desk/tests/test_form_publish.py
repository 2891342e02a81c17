"""Forms are edited as drafts by whom they belong to, published, and never change then."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .form_common import FormCommon


@tagged("post_install", "-at_install")
class TestFormPublish(FormCommon):
    def test_versions(self):
        self.assertEqual((self.version.number, self.form.is_changed), (1, False))
        self.form.action_publish()
        self.assertEqual(self.form.version_id, self.version, "nothing has changed")
        self.questions["loss"].name = "What was lost"
        self.assertTrue(self.form.is_changed)
        self.assertEqual(self.offering._form_version(), self.version, "a draft is asked of nobody")
        self.form.action_publish()
        self.assertEqual((self.form.version_id.number, self.form.is_changed), (2, False))
        self.assertEqual(self.version._client_definition()["questions"][2]["label"], "Loss")

    def test_a_version_never_changes(self):
        root = self.env.ref("base.user_root")
        for user in (self.manager, root):
            with self.assertRaises(UserError):
                self.version.with_user(user).write({"definition": {}, "number": 5})
            with self.assertRaises(UserError):
                self.version.with_user(user).unlink()
        with self.assertRefused(UserError, "chosen by publishing"):
            self.form.with_user(self.manager).version_id = False

    def test_translations_are_part_of_a_version(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.questions["loss"].with_context(lang="ru_RU").name = "Ущерб"
        self.assertTrue(self.form.is_changed)
        self.form.action_publish()
        version = self.form.version_id
        self.assertEqual(version._client_definition("ru_RU")["questions"][2]["label"], "Ущерб")
        self.assertEqual(version._client_definition("de_DE")["questions"][2]["label"], "Loss")

    def test_keys_are_made_of_labels_and_differ(self):
        made = self.env["service_desk.form.question"].create(
            [
                {"form_id": self.form.id, "name": name}
                for name in ("Что сломано?", "Что сломано", "42", "!")
            ]
        )
        self.assertEqual(
            made.mapped("key"), ["chto_slomano", "chto_slomano_2", "question_42", "question"]
        )
        with self.assertRefused(ValidationError, "cannot be a key"):
            made[0].key = "Ключ"

    def test_problems_name_the_question(self):
        self.questions["what"].shown_if = {"all": [{"key": "loss", "op": "contains", "value": 1}]}
        self.questions["loss"].rules = {"min": 5, "max": 1}
        self.questions["who"].prefill = "name"
        found = {(one["key"], one["message"]) for one in self.form.get_problems()}
        self.assertEqual(
            found,
            {
                ("what", "Its condition asks about “Loss”, which comes later."),
                ("loss", "No answer lies between its least and its most."),
                ("who", "It cannot be filled with that fact of the requester."),
            },
        )
        with self.assertRefused(UserError, "– Loss: No answer lies between"):
            self.form.action_publish()
        self.assertEqual(self.form.version_id, self.version)

    def test_defaults_must_be_answers(self):
        self.questions["loss"].rules = {"default": -5, "min": 0}
        self.assertEqual([one["key"] for one in self.form.get_problems()], ["loss"])
        self.questions["loss"].rules = {"default": 5, "min": 0}
        self.assertFalse(self.form.get_problems())
        self.form.action_publish()
        values = self.form.version_id._prefill_values(self.customer_a)
        self.assertEqual(values, {"loss": 5, "who": self.customer_a.id})

    def test_owners_edit_what_is_theirs(self):
        owner = new_test_user(
            self.env, "form_owner", groups="service_desk.service_desk_group_owner"
        )
        mine = self.form.with_user(owner)
        with self.assertRaises(AccessError):
            mine.name = "Mine"
        with self.assertRaises(AccessError):
            mine.action_publish()
        self.service.owner_id = owner
        mine.write({"question_ids": [(0, 0, {"name": "When?", "kind": "date"})]})
        mine.action_publish()
        self.assertEqual(mine.version_id.number, 2)
        other = self.env["service_desk.form"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            self.questions["loss"].with_user(owner).form_id = other
        with self.assertRaises(AccessError):
            self.env["service_desk.form.question"].with_user(owner).create(
                {"form_id": other.id, "name": "Mine"}
            )
        foreign = self.env["service_desk.service"].create({"name": "Foreign"})
        with self.assertRaises(AccessError):
            mine.service_id = foreign

    def test_used_forms_are_kept_and_copies_begin_anew(self):
        copy = self.form.copy()
        self.assertEqual((copy.name, bool(copy.version_id)), ("Breakdown (copy)", False))
        self.assertEqual(copy.question_ids.mapped("key"), self.form.question_ids.mapped("key"))
        self.assertEqual(len(copy.question_ids.column_ids), 2)
        self.assertFalse(copy.get_problems())
        copy.action_publish()
        copy.unlink()
        self._request(self.good)
        self.offering.form_id = False
        with self.assertRefused(UserError, "Archive it instead"):
            self.form.unlink()

    def test_preview_stores_nothing(self):
        preview = self.form.with_user(self.manager).get_preview(self.customer_a.id, "en_US")
        self.assertEqual(preview["answers"], {"who": self.customer_a.id})
        self.assertEqual(
            preview["names"]["contact"], {str(self.customer_a.id): self.customer_a.display_name}
        )
        form = self.form.with_user(self.manager)
        self.assertEqual(
            form.try_answers({}, self.customer_a.id), {"errors": {"what": "Please answer this."}}
        )
        good = dict(self.good)
        self.assertEqual(form.try_answers(good, self.customer_a.id), {"errors": {}})
        found = form.find_records("who", "Alla", self.customer_a.id)
        self.assertEqual([one["id"] for one in found], self.customer_a.ids)
        self.assertEqual(form.find_records("who", "Bella", self.customer_a.id), [])
        self.assertEqual(form.find_records("loss"), [])
        for wrong in ("x", True, [1]):
            with self.assertRefused(UserError, "Choose a person"):
                form.get_preview(wrong)
        self.assertEqual(
            form.try_answers("nonsense"), {"errors": {"": "The answers cannot be read."}}
        )

    def test_kinds_that_are_not_here_cannot_be_asked(self):
        kinds = self.env["service_desk.form.kind"]._kinds()
        self.assertEqual("product" in kinds, "product.product" in self.env)
        self.assertEqual("asset" in kinds, "maintenance.equipment" in self.env)
