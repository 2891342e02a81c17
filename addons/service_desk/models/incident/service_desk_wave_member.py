from odoo import api, fields, models


class ServiceDeskWaveMember(models.Model):
    """A ticket of a wave, and why it is taken for one."""

    _name = "service_desk.wave.member"
    _description = "Ticket of a Wave"
    _inherit = "service_desk.marks.mixin"
    _order = "id"
    _rec_name = "ticket_id"

    wave_id = fields.Many2one(
        "service_desk.wave", required=True, readonly=True, ondelete="cascade", index=True
    )
    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    is_selected = fields.Boolean("Take", default=True)
    words = fields.Char("In Common", readonly=True)
    is_free = fields.Boolean(
        "Free",
        compute="_compute_is_free",
        store=True,
        help="Not part of a mass incident yet.",
    )
    ticket_name = fields.Char(related="ticket_id.name", string="Subject")
    partner_name = fields.Char(related="ticket_id.partner_name", string="Requester")
    service_id = fields.Many2one(related="ticket_id.service_id")
    site_id = fields.Many2one(related="ticket_id.site_id")
    create_moment = fields.Datetime(related="ticket_id.create_date", string="Opened")

    _ticket_uniq = models.UniqueIndex(
        "(wave_id, ticket_id)", "This ticket belongs to the wave already."
    )

    @api.depends("ticket_id.master_id", "ticket_id.is_master")
    def _compute_is_free(self):
        for member in self:
            ticket_sudo = member.ticket_id.sudo()  # sudo: stored for everybody alike
            member.is_free = not ticket_sudo.master_id and not ticket_sudo.is_master
