from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether somebody is being called: only then it asks for the calls."""
        result = super().session_info()
        user = self.env.user
        if self.env["service_desk.oncall"]._kept_rotas() and user._is_service_desk_staff():
            # sudo: one's own calls
            result["service_desk_is_called"] = bool(
                self.env["service_desk.oncall.call"]
                .sudo()
                .search_count([("user_id", "=", user.id), ("state", "=", "ringing")], limit=1)
            )
        return result
