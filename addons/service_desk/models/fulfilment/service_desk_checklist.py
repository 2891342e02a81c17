from odoo import api, fields, models, tools


class ServiceDeskChecklist(models.Model):
    """Lines to be ticked, kept for use on tasks and tickets."""

    _name = "service_desk.checklist"
    _description = "Checklist"
    _inherit = ["service_desk.kept.mixin", "service_desk.owned.mixin"]
    _order = "name, id"
    _check_company_auto = True

    service_id = fields.Many2one(required=True, help="Its owner edits the checklist.")
    line_ids = fields.One2many("service_desk.checklist.line", "checklist_id", "Lines", copy=True)
    line_count = fields.Integer(compute="_compute_line_count")
    # ------------------------------------------------------ put on new tickets
    of_service = fields.Boolean(
        "On All Tickets of the Service", help="Also of the services that are part of it."
    )
    offering_ids = fields.Many2many("service_desk.offering", string="On Tickets of Offerings")
    type_ids = fields.Many2many(
        "service_desk.ticket.type",
        string="Only for Types",
        help="Empty: whatever type the ticket has.",
    )

    @api.depends("line_ids")
    def _compute_line_count(self):
        for checklist in self:
            checklist.line_count = len(checklist.line_ids)

    @api.model
    @tools.ormcache()
    def _rules(self):
        """Return ``(checklist id, service ids, offering ids, type ids)`` of those put on tickets by themselves."""
        services_sudo = self.env["service_desk.service"].sudo().with_context(active_test=False)
        rules = []
        # a few for each service, and kept in memory
        for checklist in self.sudo().search([]):  # pylint: disable=no-search-all
            below = ()
            if checklist.of_service:
                below = services_sudo.search([("id", "child_of", checklist.service_id.id)]).ids
            if below or checklist.offering_ids:
                rules.append(
                    (
                        checklist.id,
                        frozenset(below),
                        frozenset(checklist.offering_ids.ids),
                        frozenset(checklist.type_ids.ids),
                    )
                )
        return tuple(rules)

    @api.model
    def _ids_for(self, ticket):
        """Return the ids of the checklists that a new ticket gets."""
        return [
            checklist_id
            for checklist_id, services, offerings, types in self._rules()
            if (ticket.service_id.id in services or ticket.offering_id.id in offerings)
            and (not types or ticket.type_id.id in types)
        ]


class ServiceDeskChecklistLine(models.Model):
    _name = "service_desk.checklist.line"
    _description = "Line of a Checklist"
    _inherit = "service_desk.anchored.mixin"
    _order = "checklist_id, sequence, id"
    _anchors = frozenset({"checklist_id"})

    checklist_id = fields.Many2one(
        "service_desk.checklist", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    is_mandatory = fields.Boolean(
        "Must Be Ticked", help="Before the task is done, or the ticket is solved."
    )
