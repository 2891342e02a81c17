"""Every method that can be called from outside is known, and refused where the record is not one's own.

A new public method, of this add-on or of one that stands on it, fails here until somebody has looked at it
and added its line to a golden file of its add-on.
"""

import inspect
from pathlib import Path

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.modules import get_module_path
from odoo.tests import tagged

from .rights_common import RightsCommon

#: Where an add-on keeps its golden files, one for each topic.
GOLDEN = Path("tests", "data", "callable")
PACKAGE = "odoo.addons.service_desk"
#: Public methods of the mail and portal layers that act on a ticket, with arguments that would do something.
CORE_METHODS = {
    "message_post": [{"body": "x", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}],
    "message_notify": [{"body": "x", "partner_ids": [3]}],
    "message_subscribe": [{"partner_ids": [3]}],
    "message_unsubscribe": [{"partner_ids": [3]}],
    "message_get_followers": [{}],
    "message_new": [{"msg_dict": {"subject": "x", "body": "x", "email_from": "x@example.com"}}],
    "message_update": [{"msg_dict": {"subject": "x", "body": "x", "email_from": "x@example.com"}}],
    "activity_schedule": [{"act_type_xmlid": "mail.mail_activity_data_todo"}],
    "activity_send_mail": [{"template_id": 1}],
    "message_mail_with_source": [{"source_ref": "mail.message_origin_link", "render_values": {}}],
    "message_post_with_source": [{"source_ref": "mail.message_origin_link", "render_values": {}}],
    "read": [{"fields": ["name"]}],
    "write": [{"vals": {"next_step": "x"}}],
    "web_save": [{"vals": {"next_step": "x"}, "specification": {}}],
    "web_read": [{"specification": {"name": {}}}],
    "copy": [{}],
    "unlink": [{}],
    "action_archive": [{}],
    "action_unarchive": [{}],
}
#: These read nothing of the record and change nothing: they return a window whose content is read with one's
#: own rights, look for a mail template that does not exist, or read what one's own rules let through.
OPENERS = {
    "action_open_hand_over", "action_pull_next", "action_open_held_mail", "action_open_solve_wizard", "action_open_wait_wizard", "activity_send_mail",
    "read_progress_bar", "web_search_read",
    "action_open_merge_wizard", "get_likely_duplicates", "search_catalog", "note_choice", "get_catalog", "get_offering",
    "find_answer_records", "submit_request", "search_articles",
}  # fmt: skip
#: Odoo complains to its log of nonsense that it refuses all the same.
NOISY = ("odoo.sql_db", "odoo.models", "odoo.domains", "odoo.addons.mail.models.mail_thread")
#: What stands for an argument of each name; others get 1.
ARGUMENTS = {
    "kind": "type",
    "msg_dict": {"subject": "x"},
    "text": "x",
    "vals": {},
    "team_ids": [],
    "domain": [],
    "specification": {"name": {}},
    "group_by": "stage_id",
    "progress_bar": {"field": "priority", "colors": {"1": "info"}},
}


def public_methods(registry, package=PACKAGE):
    """Return ``{"model.method(signature)": (model, method)}`` of what our add-ons define for remote calls.

    :param str package: with what the module's name begins: all of ours, or one add-on
    """
    base, found = set(dir(models.BaseModel)), {}
    for model_name, model in registry.items():
        for cls in model.mro():
            own = getattr(cls, "_name", None) or getattr(cls, "_inherit", None)
            if not cls.__module__.startswith(package) or own not in (
                model_name,
                [model_name],
            ):
                continue
            for name, function in vars(cls).items():
                if name.startswith("_") or name in base or not inspect.isfunction(function):
                    continue
                if not any(
                    getattr(getattr(c, name, None), "_api_private", False) for c in model.mro()
                ):
                    signature = ", ".join(
                        list(map(str, inspect.signature(function).parameters.values()))[1:]
                    )
                    found[f"{model_name}.{name}({signature})"] = (model_name, name)
    return found


@tagged("post_install", "-at_install")
class TestRightsMethods(RightsCommon):
    """Another add-on of the desk inherits it, and looks at its own methods only."""

    #: whose methods: all of the desk's installed add-ons, with their golden files
    package = PACKAGE
    addons = "service_desk%"
    core_methods = CORE_METHODS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.methods = public_methods(cls.env.registry, cls.package)

    def _known_methods(self, addons):
        installed = self.env["ir.module.module"].search(
            [("name", "=like", addons), ("state", "=", "installed")]
        )
        for name in installed.mapped("name"):
            for path in (Path(get_module_path(name)) / GOLDEN).glob("*.txt"):
                lines = path.read_text(encoding="utf-8").splitlines()
                yield from (line for line in lines if line and line[0] != "#")

    def test_golden_files(self):
        known = set(self._known_methods("service_desk%"))
        own = set(self._known_methods(self.addons))
        found = set(self.methods)
        self.assertFalse(found - known, "review these methods, then add them to the golden file")
        self.assertFalse(own - found, "these methods are gone: take them out of the golden file")

    # ------------------------------------------------------------ hidden records
    def _fingerprint(self):
        """Return what would change if a refused call did something after all."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT (SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM service_desk_ticket t),
                      (SELECT count(*) FROM mail_message), (SELECT count(*) FROM mail_followers),
                      (SELECT count(*) FROM mail_activity), (SELECT count(*) FROM mail_mail)"""
        )
        return self.env.cr.fetchone()

    def _arguments(self, model_name, name):
        parameters = list(
            inspect.signature(getattr(self.env.registry[model_name], name)).parameters.values()
        )[1:]
        return {
            parameter.name: ARGUMENTS.get(parameter.name, 1)
            for parameter in parameters
            if parameter.default is parameter.empty
            and parameter.kind == parameter.POSITIONAL_OR_KEYWORD
        }

    def _call(self, record, name, kwargs):
        """Call as a client does; return the error, or ``None`` and undo what it did."""
        is_model_method = getattr(getattr(type(record), name), "_api_model", False)
        args = [] if is_model_method else [record.ids]
        return self._call_as_client(record.browse(), name, args, kwargs, NOISY)

    def _people_and_tickets(self):
        for user in self.strangers:
            yield user, self.open_ticket
            yield user, self.private
        for user, hidden in self.hidden_from:
            for ticket in hidden:
                yield user, ticket

    def _assert_refused(self, user, record, name, kwargs):
        error = self._call(record.with_user(user).with_context(lang="en_US"), name, kwargs)
        with self.subTest(user=user.login, method=f"{record._name}.{name}", record=record.id):
            if error is not None or name not in OPENERS:
                self.assertIsInstance(error, AccessError)

    def test_hidden_tickets(self):
        before = self._fingerprint()
        calls = [(name, kwargs) for name, many in self.core_methods.items() for kwargs in many]
        calls += [
            (name, self._arguments(model, name))
            for model, name in self.methods.values()
            if model == "service_desk.ticket" and name not in self.core_methods
        ]
        for user, ticket in self._people_and_tickets():
            for name, kwargs in calls:
                self._assert_refused(user, ticket, name, kwargs)
        self.assertEqual(self._fingerprint(), before, "a refused call has changed something")

    def test_hidden_teams(self):
        for user in (*self.strangers, self.agent):
            for model, name in self.methods.values():
                if model == "service_desk.team":
                    self._assert_refused(
                        user, self.team_private, name, self._arguments(model, name)
                    )

    def test_other_models_as_strangers(self):
        for model, name in self.methods.values():
            if not model.startswith("service_desk.") or model in (
                "service_desk.ticket", "service_desk.team", "service_desk.report.problem",
            ):  # fmt: skip
                continue
            records = self.env[model]
            record = (not records._abstract and records.search([], limit=1)) or records.browse(1)
            for user in self.strangers:
                # what an owner may write is his to act on: which records, the rights table says
                if not (user == self.owner and records.with_user(user).has_access("write")):
                    self._assert_refused(user, record, name, self._arguments(model, name))

    # -------------------------------------------------------------- wrong values
    def test_wrong_ids_and_arguments(self):
        """Nonsense gets a clear word or Odoo's own complaint about the call, never a traceback of ours."""
        nonsense = ("abc", -1, 2**70, None, [], {}, [["a"]], 1.5, True, "\x00")
        for model, name in self.methods.values():
            if not model.startswith("service_desk."):
                continue
            required = self._arguments(model, name)
            for value in nonsense:
                for ids in ([2**30], [value], value):
                    self._check_clean(model, name, ids, dict.fromkeys(required, value))
            self._check_clean(model, name, [2**30], {"no_such_argument": 1})

    def _check_clean(self, model_name, name, ids, kwargs):
        model = self.env[model_name].with_user(self.agent)
        is_model_method = getattr(getattr(type(model), name), "_api_model", False)
        error = self._call_as_client(model, name, [] if is_model_method else [ids], kwargs, NOISY)
        if isinstance(error, UserError):
            self.assertTrue(str(error))
        elif error is not None:
            frame = inspect.getinnerframes(error.__traceback__)[-1] if error.__traceback__ else None
            with self.subTest(method=f"{model_name}.{name}", ids=ids, kwargs=kwargs):
                self.assertNotIn(
                    "/addons/service_desk", frame.filename if frame else "", repr(error)
                )
