from werkzeug.exceptions import MethodNotAllowed

from odoo import models
from odoo.http import request

#: Where the desk's own routes live.
OURS = "odoo.addons.service_desk"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Start the web client; on the way look whether the desk's jobs still have a future that comes."""
        result = super().session_info()
        jobs = self.env["ir.cron"]
        if self.env.user._is_internal() and jobs._service_desk_jumped_sudo():
            # the page may be read on a replica: the correction has a transaction of its own
            with self.env.registry.cursor() as cr:
                jobs.with_env(self.env(cr=cr))._service_desk_revive_sudo()
        return result

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Let no question about a route call it: Odoo adds OPTIONS to all methods, and asks it for no CSRF token."""
        if request.httprequest.method == "OPTIONS" and rule.endpoint.func.__module__.startswith(
            OURS
        ):
            raise MethodNotAllowed(rule.endpoint.routing.get("methods"))
        return super()._pre_dispatch(rule, args)
