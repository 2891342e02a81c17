"""Whoever answers for a piece of equipment agrees to what is asked about it."""

from odoo import fields, models


class ServiceDeskApprovalPolicyStep(models.Model):
    _inherit = "service_desk.approval.policy.step"

    who = fields.Selection(
        selection_add=[("asset_owner", "The owner of the equipment")],
        ondelete={"asset_owner": lambda steps: steps.write({"who": "manager"})},
    )


class ServiceDeskApprovalStep(models.Model):
    _inherit = "service_desk.approval.step"

    def _approvers_asset_owner(self, rule):
        """Return the owners of the equipment that the form names: all questions of that kind count."""
        ticket = self.ticket_id
        definition = ticket.form_version_id and ticket.form_version_id._definition()
        keys = (
            [question.key for question in definition.questions if question.kind == "asset"]
            if definition
            else []
        )
        answers = ticket._answers()
        # sudo: who owns it is asked by the desk, whoever may see the equipment
        equipment_sudo = self.env["maintenance.equipment"].sudo()
        named = equipment_sudo.browse([answers[key] for key in keys if answers.get(key)]).exists()
        return self.env["res.partner"].browse(named.owner_user_id.partner_id.ids)
