from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether the agent takes new tickets; nothing to whoever is no agent."""
        result = super().session_info()
        user = self.env.user
        if user._is_internal() and user._is_service_desk_staff():
            # the page may be read on a replica: no profile is made here
            agent = self.env["service_desk.agent"].search([("user_id", "=", user.id)])
            result["service_desk_accepts_work"] = agent.accepts_work if agent else True
        return result
