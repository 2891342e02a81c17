from contextlib import contextmanager

from odoo.tests import TransactionCase, new_test_user


class ServiceDeskCommon(TransactionCase):
    """People, firms and teams that every test of the desk needs; bridges reuse it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, no_reset_password=True))
        cls._create_mail_domain()
        cls._create_people()
        cls._create_teams()

    @classmethod
    def _create_mail_domain(cls):
        cls.company = cls.env.company
        cls.alias_domain = cls.env["mail.alias.domain"].create(
            {"name": "desk.example.com", "bounce_alias": "bounce", "catchall_alias": "catchall"}
        )
        cls.company.alias_domain_id = cls.alias_domain
        cls.company.email = "company@desk.example.com"

    @classmethod
    def _create_people(cls):
        def user(login, groups, **kwargs):
            return new_test_user(
                cls.env, login=login, groups=groups, email=f"{login}@desk.example.com", **kwargs
            )

        cls.agent = user("sd_agent1", "service_desk.service_desk_group_agent", name="Anna Agent")
        cls.agent2 = user("sd_agent2", "service_desk.service_desk_group_agent", name="Boris Agent")
        cls.lead = user("sd_lead1", "service_desk.service_desk_group_lead", name="Lena Lead")
        cls.manager = user(
            "sd_manager1", "service_desk.service_desk_group_manager", name="Max Manager"
        )
        cls.auditor = user(
            "sd_auditor1", "service_desk.service_desk_group_auditor", name="Olga Auditor"
        )
        cls.employee = user("sd_employee1", "base.group_user", name="Egor Employee")
        cls.firm_a, cls.firm_b = cls.env["res.partner"].create(
            [
                {"name": "Firm A", "is_company": True, "email": "info@firm-a.example.org"},
                {"name": "Firm B", "is_company": True, "email": "info@firm-b.example.org"},
            ]
        )
        cls.portal_a = new_test_user(
            cls.env,
            login="sd_portal1",
            groups="base.group_portal",
            name="Alla Customer",
            email="alla@firm-a.example.org",
        )
        cls.portal_b = new_test_user(
            cls.env,
            login="sd_portal2",
            groups="base.group_portal",
            name="Bella Customer",
            email="bella@firm-b.example.org",
        )
        cls.customer_a, cls.customer_b = cls.portal_a.partner_id, cls.portal_b.partner_id
        cls.customer_a.parent_id, cls.customer_b.parent_id = cls.firm_a, cls.firm_b

    @classmethod
    def _create_teams(cls):
        Team = cls.env["service_desk.team"]
        cls.team_it = Team.create(
            {
                "name": "IT",
                "alias_name": "it",
                "alias_contact": "everyone",
                "member_ids": [(6, 0, (cls.agent | cls.agent2).ids)],
                "lead_ids": [(6, 0, cls.lead.ids)],
            }
        )
        cls.team_private = Team.create(
            {
                "name": "Security",
                "alias_name": "security",
                "alias_contact": "everyone",
                "is_private": True,
                "member_ids": [(6, 0, cls.agent2.ids)],
            }
        )
        cls.type_incident = cls.env.ref("service_desk.ticket_type_incident")
        cls.type_request = cls.env.ref("service_desk.ticket_type_request")
        cls.type_question = cls.env.ref("service_desk.ticket_type_question")

    @classmethod
    def _create_ticket(cls, **vals):
        return cls.env["service_desk.ticket"].create(
            {
                "name": "The printer does not print",
                "team_id": cls.team_it.id,
                "type_id": cls.type_question.id,
                "partner_id": cls.customer_a.id,
                **vals,
            }
        )

    @contextmanager
    def assertRefused(self, exception, text):
        """Assert a refusal whose sentence holds ``text``; what was half-written is rolled back."""
        with self.assertRaises(exception) as refusal:
            yield
        self.assertIn(text, str(refusal.exception))
