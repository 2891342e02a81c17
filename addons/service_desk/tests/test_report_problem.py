import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from ..hooks import uninstall_hook
from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestReportProblem(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.report.source"].with_context(active_test=False).search(
            []
        ).unlink()  # of the demo
        cls.source = (
            cls.env["service_desk.report.source"]
            .with_user(cls.manager)
            .create(
                {"model": "res.partner", "team_id": cls.team_it.id, "type_id": cls.type_incident.id}
            )
        )
        cls.subject = cls.env["res.partner"].create({"name": "Cash register 7"})

    def _wizard(self, records, **vals):
        wizards = self.env["service_desk.report.problem"].with_context(
            active_model=records._name, active_id=records[:1].id, active_ids=records.ids
        )
        return wizards.create({"name": "It prints no receipts", **vals})

    def _tickets(self):
        return self.env["service_desk.ticket"].sudo().search([("origin_model", "=", "res.partner")])

    # ------------------------------------------------------------ configuration
    def _bound(self, user):
        bindings = self.env["ir.actions.actions"].with_user(user).get_bindings("res.partner")
        return {action["name"] for action in bindings.get("action", ())}

    def test_manager_binds_and_unbinds_without_system_rights(self):
        self.assertFalse(self.manager.has_group("base.group_system"))
        names = {"Report a Problem", "Tickets of This Record"}
        self.assertLessEqual(names, self._bound(self.agent))
        self.assertIn("Report a Problem", self._bound(self.employee))
        self.assertNotIn(
            "Tickets of This Record", self._bound(self.employee), "he may read no tickets"
        )
        self.source.action_archive()
        self.assertFalse(names & self._bound(self.agent))
        self.source.action_unarchive()
        self.assertLessEqual(names, self._bound(self.agent))
        actions_sudo = self.source._actions_sudo()
        self.source.unlink()
        self.assertFalse(actions_sudo.exists())
        self.assertFalse(names & self._bound(self.agent))

    @users("sd_manager1")
    def test_technical_models_are_refused(self):
        sources = self.env["service_desk.report.source"]
        choices = dict(sources._selection_model())
        self.assertIn("res.partner", choices)
        wrong = (
            "ir.cron",
            "mail.message",
            "service_desk.ticket",
            "res.users",
            "base.language.install",
            "no.model",
            "",
        )
        for model in wrong:
            with self.subTest(model=model):
                self.assertNotIn(model, choices)
                with self.assertRaises(ValidationError):
                    sources.create({"model": model})
        with self.assertRaises(ValidationError):
            self.source.with_env(self.env).write({"model": "ir.rule"})

    def test_only_managers_choose(self):
        for user in (self.agent, self.lead, self.auditor, self.employee, self.portal_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["service_desk.report.source"].with_user(user).create(
                    {"model": "res.country"}
                )
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.source.with_user(user).write({"active": False})

    def test_actions_are_named_in_every_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        action = self.source.sudo().report_action_id
        expected = self.env(context={"lang": "ru_RU"})._("Report a Problem")
        self.assertEqual(action.with_context(lang="ru_RU").name, expected)
        self.assertEqual(action.with_context(lang="en_US").name, "Report a Problem")

    # ---------------------------------------------------------------- reporting
    @users("sd_employee1")
    def test_employee_reports(self):
        wizard = self._wizard(
            self.subject, description="Since <b>ten</b> o'clock", impact="2", urgency="3"
        )
        self.assertEqual(wizard.origin_name, "Cash register 7")
        action = wizard.action_confirm()
        ticket = self._tickets()
        self.assertRecordValues(
            ticket,
            [
                {
                    "name": "It prints no receipts",
                    "channel": "record",
                    "origin_id": self.subject.id,
                    "origin_name": "Cash register 7",
                    "partner_id": self.employee.partner_id.id,
                    "team_id": self.team_it.id,
                    "type_id": self.type_incident.id,
                    "impact": "2",
                    "urgency": "3",
                }
            ],
        )
        self.assertIn(ticket.number, action["params"]["title"])
        self.assertIn("&lt;b&gt;ten&lt;/b&gt;", ticket.description)
        wizard.action_confirm()
        self.assertEqual(self._tickets(), ticket, "a second click is the same ticket")

    @users("sd_employee1")
    def test_several_records_are_one_ticket(self):
        other = self.env["res.partner"].sudo().create({"name": "Cash register <8>"})
        self._wizard(self.subject | other.with_env(self.env)).action_confirm()
        ticket = self._tickets()
        self.assertEqual(ticket.origin_id, self.subject.id)
        self.assertIn("Cash register &lt;8&gt;", ticket.description)

    @users("sd_employee1")
    def test_files_travel_and_foreign_files_do_not(self):
        png = base64.b64encode(b"not really a picture")
        mine = self.env["ir.attachment"].create(
            {
                "name": "photo.txt",
                "datas": png,
                "res_model": "service_desk.report.problem",
                "res_id": 0,
            }
        )
        self._wizard(self.subject, attachment_ids=[(6, 0, mine.ids)]).action_confirm()
        ticket = self._tickets()
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", ticket._name), ("res_id", "=", ticket.id)])
        )
        self.assertEqual(files.mapped("name"), ["photo.txt"])
        self.assertEqual(files.raw, b"not really a picture")
        secret = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": "secret.txt",
                    "raw": b"secret",
                    "res_model": "res.users",
                    "res_id": self.manager.id,
                }
            )
        )
        with self.assertRaises(AccessError):
            self._wizard(self.subject, attachment_ids=[(6, 0, secret.ids)]).action_confirm()

    @users("sd_employee1")
    def test_foreign_records_are_refused_like_missing_ones(self):
        self.env["ir.rule"].sudo().create(
            {
                "name": "hide",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.subject.id})]",
            }
        )
        missing = self.env["res.partner"].browse(2**30)
        sentences = set()
        for record in (self.subject.with_env(self.env), missing):
            wizard = self._wizard(record)
            self.assertFalse(wizard.origin_name)
            with self.assertRaises(UserError) as caught:
                wizard.action_confirm()
            sentences.add(str(caught.exception))
        self.assertEqual(len(sentences), 1, "what is not his and what does not exist look alike")
        self.assertFalse(self._tickets())

    @users("sd_employee1")
    def test_unoffered_models_are_refused(self):
        for model, record_id in (
            ("res.company", 1),
            ("ir.config_parameter", 1),
            ("no.model", 1),
            (None, None),
        ):
            wizards = self.env["service_desk.report.problem"].with_context(
                active_model=model, active_id=record_id, active_ids=[record_id]
            )
            with self.subTest(model=model), self.assertRaises(UserError):
                wizards.create({"name": "x"}).action_confirm()

    @users("sd_employee1")
    def test_origin_is_not_taken_from_the_caller(self):
        wizard = self._wizard(self.subject, origin_model="res.company", origin_ids=[1])
        self.assertEqual(
            (wizard.origin_model, wizard.origin_ids), ("res.partner", self.subject.ids)
        )

    def test_report_of_another_person_is_hidden(self):
        wizard = (
            self.env["service_desk.report.problem"]
            .with_user(self.employee)
            .create({"name": "private"})
        )
        with self.assertRaises(AccessError):
            wizard.with_user(self.agent).read(["name"])
        with self.assertRaises(AccessError):
            wizard.with_user(self.agent).action_confirm()

    # --------------------------------------------------------------- the ticket
    def test_agent_opens_the_record_with_his_own_right(self):
        ticket = self._create_ticket(
            origin_model="res.partner", origin_id=self.subject.id, origin_name="Cash register 7"
        )
        action = ticket.with_user(self.agent).action_open_origin()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.subject.id))
        hidden = self._create_ticket(
            origin_model="ir.config_parameter", origin_id=1, origin_name="Parameter"
        )
        gone = self._create_ticket(origin_model="res.partner", origin_id=2**30, origin_name="Gone")
        for wrong in (hidden, gone):
            with self.assertRaises(UserError) as caught:
                wrong.with_user(self.agent).action_open_origin()
            self.assertNotIsInstance(caught.exception, AccessError)
            self.assertIn(wrong.origin_name, str(caught.exception))

    def test_uninstall_removes_the_bound_actions(self):
        actions_sudo = self.source._actions_sudo()
        self.assertEqual(len(actions_sudo), 2)
        uninstall_hook(self.env)
        self.assertFalse(actions_sudo.exists())
