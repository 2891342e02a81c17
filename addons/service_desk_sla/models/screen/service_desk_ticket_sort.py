from odoo import api, models
from odoo.tools import SQL

#: Views that show many tickets, and how they are sorted for people who go by deadlines.
SORTED_VIEWS = ("list", "kanban")
BY_DUE = "sla_due_at, priority desc, id desc"


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort tickets without a deadline behind the others, whichever way one sorts."""
        if field_name == "sla_due_at" and not nulls.code and direction.code == "DESC":
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.user.service_desk_order) if view_type in SORTED_VIEWS else key

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Sort lists and boards as the user prefers it, where the view has no order of its own."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in SORTED_VIEWS and self.env.user.service_desk_order == "due":
            arch.set("default_order", arch.get("default_order") or BY_DUE)
        return arch, view
