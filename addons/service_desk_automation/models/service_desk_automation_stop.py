from odoo import fields, models


class ServiceDeskAutomationStop(models.Model):
    """A rule that chased itself on a ticket and was stopped: a line for whoever has to mend the rule."""

    _name = "service_desk.automation.stop"
    _description = "Stopped Automation"
    _order = "id desc"
    _rec_name = "rule_name"

    automation_id = fields.Many2one(
        "base.automation",
        required=True,
        ondelete="cascade",
        index=True,
        groups="base.group_system",
    )
    rule_name = fields.Char("Rule", related="automation_id.name")
    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, ondelete="cascade", index=True
    )
    team_id = fields.Many2one(related="ticket_id.team_id")
    rounds = fields.Integer(help="How often the rule had run when it was stopped.")
