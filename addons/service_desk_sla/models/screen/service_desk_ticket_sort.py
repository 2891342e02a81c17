from odoo import models
from odoo.tools import SQL


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort tickets without a deadline behind the others, whichever way one sorts."""
        if field_name == "sla_due_at" and not nulls.code and direction.code == "DESC":
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
