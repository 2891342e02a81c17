from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .sla_common import SlaCommon


@tagged("post_install", "-at_install")
class TestScreenUi(SlaCommon, HttpCase):
    """The agent's way from the list to the reason of a deadline, in a browser."""

    def test_from_the_list_to_the_reason(self):
        self.env["service_desk.ticket"].search([]).active = False
        self.env.flush_all()
        self._create_agreement(
            {"first_response": 240, "resolution": (8, "hours")},
            lines=[({"priority": "3"}, {"first_response": 30, "resolution": 120})],
            calendar_id=False,
        )
        opened = fields.Datetime.now() - timedelta(minutes=5)
        self._create_ticket(
            name="Calm by clock", priority="1", user_id=self.agent.id, create_date=opened
        )
        self._create_ticket(name="Critical by clock", priority="3", user_id=self.agent.id)
        self.start_tour("/odoo/service-desk", "service_desk_service_levels", login="sd_agent1")
