from .mail_in_common import MailInCommon


class RoutingCommon(MailInCommon):
    """A desk without rules but those that a test makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["service_desk.routing.rule"]
        cls.rules.search([]).active = False
        cls.team_cash = cls.env["service_desk.team"].create(
            {
                "name": "Cash",
                "alias_name": "cash",
                "alias_contact": "everyone",
                "sequence": 99,
                "member_ids": [(6, 0, cls.agent2.ids)],
                "default_type_id": cls.type_incident.id,
            }
        )
        cls.service = cls.env["service_desk.service"].create({"name": "Tills"})

    @classmethod
    def _rule(cls, **vals):
        return cls.rules.create({"name": "Cash desks", "team_id": cls.team_cash.id, **vals})

    def _intake(self, facts=None, attachments=(), **vals):
        """Make a ticket as a channel does: by the desk itself."""
        values = {"name": "Question", "channel": "api", "team_id": self.team_it.id, **vals}
        return self.env["service_desk.ticket"].sudo()._intake(values, attachments, facts)

    def _open_as(self, user, **vals):
        """Open a ticket as a person does: with a form's values."""
        values = {"name": "Question", "team_id": self.team_it.id, **vals}
        return self.env["service_desk.ticket"].with_user(user).create(values)

    def _why(self, ticket, user=None):
        decisions = ticket.decision_ids.filtered(lambda d: d.kind == "routing")
        return decisions.with_user(user or self.env.user)[:1].text
