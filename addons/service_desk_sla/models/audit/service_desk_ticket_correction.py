from odoo import api, fields, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    correction_ids = fields.One2many(
        "service_desk.clock.correction", "ticket_id", "Corrections", readonly=True
    )
    can_correct_clocks = fields.Boolean(compute="_compute_can_correct_clocks")

    @api.depends("team_id")
    @api.depends_context("uid")
    def _compute_can_correct_clocks(self):
        user = self.env.user
        is_manager = user.has_group("service_desk.service_desk_group_manager")
        led = user.service_desk_led_team_ids
        for ticket in self:
            ticket.can_correct_clocks = is_manager or ticket.team_id in led

    def action_correct_clocks(self):
        """Ask what is to be corrected on the clocks of the tickets."""
        self.env["service_desk.clock.correction"]._check_may_correct(self)
        return self._action_wizard("service_desk.clock.correct", self.env._("Correct the clocks"))
