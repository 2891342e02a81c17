from datetime import datetime

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import HrCommon

QUEUE = "odoo.addons.service_desk.models.fulfilment.service_desk_task_instant"


@tagged("post_install", "-at_install")
class TestCertificate(HrCommon):
    """A certificate of employment comes by itself, and only to the person it is about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cook = new_test_user(
            cls.env,
            login="sd_cook001",
            groups="base.group_user",
            name="Klara Cook",
            email="klara@desk.example.com",
        )
        department = cls.env["hr.department"].create(
            {"name": "Canteen", "company_id": cls.company.id}
        )
        cls.klara = cls._create_employee(
            cls.cook,
            job_title="Head cook",
            department_id=department.id,
            contract_date_start="2021-05-17",
        )
        service = cls.env["service_desk.service"].create(
            {"name": "Papers", "company_id": cls.company.id}
        )
        plan = cls.env["service_desk.fulfilment.plan"].create(
            {
                "name": "Certificate",
                "service_id": service.id,
                "task_ids": [
                    Command.create(
                        {
                            "name": "Certificate of employment",
                            "kind": "document",
                            "permit_id": cls.env.ref(
                                "service_desk_hr.permit_employment_certificate"
                            ).id,
                        }
                    )
                ],
            }
        )
        cls.offering = cls.env["service_desk.offering"].create(
            {
                "name": "Certificate of employment",
                "service_id": service.id,
                "type_id": cls.type_request.id,
                "team_id": cls.team_it.id,
                "state": "published",
                "plan_id": plan.id,
            }
        )

    def _ask(self, partner):
        vals = {
            "name": "Certificate",
            "partner_id": partner.id,
            "offering_id": self.offering.id,
            "channel": "portal",
        }
        ticket = self.env["service_desk.ticket"].sudo()._intake(vals)
        with self.enter_registry_test_mode(), mute_logger(QUEUE):
            self.env.ref("service_desk.ir_cron_run_tasks").method_direct_trigger()
        return ticket

    def test_it_comes_without_an_agent(self):
        ticket = self._ask(self.cook.partner_id)
        self.assertEqual(ticket.state, "solved", ticket.task_ids.failure)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", ticket._name), ("res_id", "=", ticket.id)]
        )
        text = file.raw.decode()
        for word in ("Klara Cook", "Head cook", "Canteen", "2021", self.company.name):
            self.assertIn(word, text)
        message = self.env["mail.message"].search([("attachment_ids", "in", file.ids)])
        self.assertEqual(message.partner_ids, self.cook.partner_id)

    def test_in_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env.ref("base.module_service_desk_hr")._update_translations("ru_RU")
        self.cook.lang = "ru_RU"
        ticket = self._ask(self.cook.partner_id)
        self.assertEqual(ticket.task_ids._document_lang(), "ru_RU")
        self.assertEqual(ticket.state, "solved", ticket.task_ids.failure)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", ticket._name), ("res_id", "=", ticket.id)]
        )
        self.assertIn("Справка с места работы", file.raw.decode())
        self.assertIn("Должность", file.raw.decode())

    def test_who_is_no_employee_gets_none(self):
        ticket = self._ask(self.customer_a)
        self.assertIn("It is not certain which employee", ticket.task_ids.failure)
        self.assertFalse(
            self.env["ir.attachment"].search_count(
                [("res_model", "=", ticket._name), ("res_id", "=", ticket.id)]
            )
        )

    def test_who_leaves_keeps_no_membership(self):
        group = self.env["res.groups"].create({"name": "Reports"})
        permit = self.env["service_desk.fulfilment.permit"].create(
            {"name": "x", "kind": "membership", "group_id": group.id}
        )
        self.env["service_desk.grant"]._give(
            permit, self.cook.partner_id, datetime(2036, 1, 1), self.env["service_desk.task"]
        )
        self.assertIn(group, self.cook.group_ids)
        self.klara.active = False
        self.assertNotIn(group, self.cook.group_ids)
