from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.fulfilment.seen_ticket import SeenTicket


class ServiceDeskTicketMerge(models.TransientModel):
    """Shows tickets side by side and asks in which of them the others go on."""

    _name = "service_desk.ticket.merge"
    _description = "Merge Tickets"

    ticket_ids = fields.Many2many("service_desk.ticket", required=True)
    survivor_id = SeenTicket(
        "service_desk.ticket",
        "Goes On",
        compute="_compute_survivor_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', ticket_ids)]",
    )
    obstacle = fields.Char(compute="_compute_obstacle")
    can_put_under = fields.Boolean(compute="_compute_obstacle")
    warning = fields.Text(compute="_compute_warning")

    @api.constrains("survivor_id")
    def _check_ticket_seen(self):
        """Refuse tickets that the user may not see: the dialog would tell him their names."""
        # constraints run as superuser, and see what the field hides from the user
        self.survivor_id.sudo(False).check_access("read")

    @api.depends("ticket_ids")
    def _compute_survivor_id(self):
        """Propose the oldest open ticket: it has waited longest, and its number is known best."""
        for wizard in self:
            tickets = wizard.ticket_ids._origin.filtered(lambda t: not t.merged_into_id)
            candidates = tickets.filtered("is_open") or tickets
            wizard.survivor_id = candidates.sorted("id")[:1]

    @api.depends("ticket_ids", "survivor_id")
    def _compute_obstacle(self):
        for wizard in self:
            merging, survivor = wizard._sides()
            wizard.obstacle, wizard.can_put_under = False, False
            if not (merging and survivor):
                continue
            try:
                merging._check_may_merge_into(survivor)
            except (UserError, AccessError) as error:
                wizard.obstacle = str(error)
                obstacles = merging._merge_obstacles(survivor)
                codes = {code for code, _sentence in obstacles}
                wizard.can_put_under = codes == {"customers"}

    @api.depends("ticket_ids", "survivor_id")
    def _compute_warning(self):
        for wizard in self:
            merging, survivor = wizard._sides()
            lines = []
            if survivor and any(t._is_asked_by_several(survivor) for t in merging):
                lines.append(
                    self.env._(
                        "The requesters differ: each will get the answers to the others, and his later messages"
                        " are seen by all of them."
                    )
                )
            if survivor and any(ticket.type_id != survivor.type_id for ticket in merging):
                lines.append(
                    self.env._(
                        "The types differ: %(type)s remains.", type=survivor.type_id.display_name
                    )
                )
            if survivor and any(ticket.team_id != survivor.team_id for ticket in merging):
                lines.append(
                    self.env._(
                        "The teams differ: %(team)s remains.", team=survivor.team_id.display_name
                    )
                )
            wizard.warning = "\n".join(lines)

    def _sides(self):
        """Return the tickets that end and the one that goes on, as they are in the database."""
        survivor = self.survivor_id._origin
        return self.ticket_ids._origin - survivor, survivor

    def action_confirm(self):
        """Merge, and open the ticket in which the others go on."""
        merging, survivor = self._chosen()
        merging._merge_into(survivor)
        return survivor._get_records_action(name=survivor.display_name)

    def action_put_under(self):
        """Put the tickets under the chosen one as its children: nobody reads what others wrote."""
        merging, survivor = self._chosen()
        merging.write({"parent_id": survivor.id})
        return survivor._get_records_action(name=survivor.display_name)

    def _chosen(self):
        self.ensure_one()
        merging, survivor = self._sides()
        if not survivor or not merging:
            raise UserError(self.env._("Choose at least two tickets to merge."))
        return merging, survivor
