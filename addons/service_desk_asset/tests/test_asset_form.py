"""Forms know equipment, and its owner may have to agree."""

from odoo.tests import tagged

from odoo.addons.service_desk.tests.common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestAssetForm(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.printer, cls.van = cls.env["maintenance.equipment"].create(
            [{"name": "Printer 7"}, {"name": "Van 3"}]
        )
        # where employees have equipment, creating it asks them and no user
        cls.printer.owner_user_id, cls.van.owner_user_id = cls.agent, cls.agent2
        form = cls.env["service_desk.form"].create(
            {
                "name": "Move equipment",
                "question_ids": [
                    (0, 0, {"name": "Which?", "key": "which", "kind": "asset", "prefill": "asset"})
                ],
            }
        )
        form.action_publish()
        cls.form, cls.version = form, form.version_id

    def test_what_somebody_has_alone_is_filled_in(self):
        self.assertEqual(
            self.version._prefill_values(self.agent.partner_id), {"which": self.printer.id}
        )
        self.van.owner_user_id = self.agent
        self.assertEqual(self.version._prefill_values(self.agent.partner_id), {})

    def test_nobody_names_what_he_may_not_see(self):
        answers = {"which": self.printer.id}
        self.assertEqual(self.version._check(answers, self.agent.partner_id), answers)
        for partner in (self.employee.partner_id, self.customer_a):
            with self.assertRefused(Exception, "nothing like that"):
                self.version._check(answers, partner)

    def test_the_owner_of_the_equipment_agrees(self):
        policy = self.env["service_desk.approval.policy"].create(
            {"name": "Owner", "step_ids": [(0, 0, {"name": "Owner", "who": "asset_owner"})]}
        )
        service = self.env["service_desk.service"].create(
            {"name": "Moves", "company_id": self.company.id}
        )
        offering = self.env["service_desk.offering"].create(
            {
                "name": "Move equipment",
                "service_id": service.id,
                "type_id": self.type_request.id,
                "team_id": self.team_it.id,
                "form_id": self.form.id,
                "approval_policy_id": policy.id,
                "state": "published",
            }
        )
        manager = self.manager.partner_id
        self.van.message_subscribe(manager.ids)  # who follows equipment may see it
        ticket = self.env["service_desk.ticket"]._intake(
            {"name": "Move it", "offering_id": offering.id, "partner_id": self.customer_a.id}
        )
        self.assertNotIn(self.agent2.partner_id, ticket.approval_ids.request_ids.partner_id)
        ticket = self.env["service_desk.ticket"]._intake(
            {"name": "Move it", "offering_id": offering.id, "partner_id": manager.id},
            answers={"which": self.van.id},
        )
        self.assertEqual(ticket.approval_ids.request_ids.partner_id, self.agent2.partner_id)
