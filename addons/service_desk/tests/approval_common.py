from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from .common import ServiceDeskCommon


class ApprovalCommon(ServiceDeskCommon):
    """An offering, a policy, and people who decide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss, cls.owner, cls.buyer, cls.deputy = (
            new_test_user(
                cls.env,
                login=f"sd_{name.lower()}1",
                groups="base.group_user",
                name=f"{name} Approver",
                email=f"{name.lower()}@desk.example.com",
            )
            for name in ("Boss", "Owner", "Buyer", "Deputy")
        )
        cls._profile(cls.employee, manager_id=cls.boss.id)
        cls.service = cls.env["service_desk.service"].create(
            {
                "name": "Workplace",
                "owner_id": cls.owner.id,
                "team_id": cls.team_it.id,
                "company_id": cls.company.id,
            }
        )
        cls.policy = cls.env["service_desk.approval.policy"].create(
            {"name": "Manager, then owner", "service_id": cls.service.id}
        )
        cls.offering = cls.env["service_desk.offering"].create(
            {
                "name": "Order a workplace",
                "service_id": cls.service.id,
                "type_id": cls.type_request.id,
                "state": "published",
                "approval_policy_id": cls.policy.id,
            }
        )

    @classmethod
    def _profile(cls, user, **vals):
        return cls.env["service_desk.agent"].create({"user_id": user.id, **vals})

    @classmethod
    def _step(cls, **vals):
        return cls.env["service_desk.approval.policy.step"].create(
            {"policy_id": cls.policy.id, "name": "Agree", **vals}
        )

    @classmethod
    def _persons(cls, *users, **vals):
        partners = cls.env["res.partner"].union(*(user.partner_id for user in users))
        return cls._step(who="persons", partner_ids=[(6, 0, partners.ids)], **vals)

    def _order(self, **vals):
        return self._create_ticket(
            **{
                "name": "A new workplace",
                "offering_id": self.offering.id,
                "partner_id": self.employee.partner_id.id,
                "type_id": self.type_request.id,
                **vals,
            }
        )

    def _asked(self, ticket):
        """Return the requests of the ticket that wait for a decision."""
        return ticket.approval_ids.request_ids.filtered(lambda request: request.state == "pending")

    def _absent(self, user, **vals):
        now = fields.Datetime.now()
        user.write(
            {
                "out_of_office_from": now - timedelta(hours=1),
                "out_of_office_to": now + timedelta(days=5),
                **vals,
            }
        )
