from odoo import Command

from odoo.addons.service_desk.tests.common import ServiceDeskCommon


class AutomationCommon(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model_id = cls.env["ir.model"]._get_id("service_desk.ticket")

    def _rule(self, name, trigger, code, model_id=None, **vals):
        """Make an automation rule that runs ``code``."""
        model_id = model_id or self.model_id
        action = self.env["ir.actions.server"].create(
            {
                "name": name,
                "model_id": model_id,
                "state": "code",
                "code": code,
                "usage": "base_automation",
            }
        )
        return self.env["base.automation"].create(
            {
                "name": name,
                "model_id": model_id,
                "trigger": trigger,
                "action_server_ids": [Command.set(action.ids)],
                **vals,
            }
        )

    def _stops(self, rule):
        return self.env["service_desk.automation.stop"].search([("automation_id", "=", rule.id)])
