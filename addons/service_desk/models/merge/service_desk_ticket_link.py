"""Links read from both ends, and a ticket that waits for another one."""

from odoo import api, fields, models


class ServiceDeskTicketLink(models.Model):
    _inherit = "service_desk.ticket.link"

    kind = fields.Selection(
        selection_add=[("split_from", "was split from")], ondelete={"split_from": "cascade"}
    )

    @api.model
    def _words(self, kind, is_reverse=False):
        """Return what a kind of link says, read from its ticket or from the other one."""
        if is_reverse:
            return self._reverse_words().get(kind, "")
        return dict(self._fields["kind"]._description_selection(self.env)).get(kind, "")

    @api.model
    def _reverse_words(self):
        return {
            "relates": self.env._("relates to"),
            "duplicates": self.env._("is duplicated by"),
            "caused_by": self.env._("causes"),
            "blocked_by": self.env._("blocks"),
            "follows_up": self.env._("is followed up by"),
            "split_from": self.env._("was split into"),
        }


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    is_blocked = fields.Boolean("Blocked", compute="_compute_is_blocked")
    blocked_text = fields.Char("Blocked By", compute="_compute_is_blocked")

    @api.depends("link_ids.kind", "link_ids.other_id.is_open")
    def _compute_is_blocked(self):
        """A ticket waits for others that are open; those the user may not see are not told of."""
        for ticket in self:
            blockers = ticket._open_blockers()
            ticket.is_blocked = bool(blockers)
            ticket.blocked_text = ", ".join(blockers.mapped("display_name"))

    def _open_blockers(self):
        links = self.link_ids.filtered(lambda link: link.kind == "blocked_by")
        return links.other_id.filtered("is_open")
