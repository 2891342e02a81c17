from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether somebody is being called: only then it asks for the calls."""
        result = super().session_info()
        user = self.env.user
        if self.env["service_desk.oncall"]._kept_rotas() and user._is_service_desk_staff():
            result["service_desk_is_called"] = self._service_desk_is_called_sudo(user)
        return result

    def _service_desk_is_called_sudo(self, user):
        """Tell whether a duty call rings for the user; sudo: the ticket may not be his to see yet."""
        calls_sudo = self.env["service_desk.oncall.call"].sudo()
        ringing = [("user_id", "=", user.id), ("state", "=", "ringing")]
        return bool(calls_sudo.search_count(ringing, limit=1))
