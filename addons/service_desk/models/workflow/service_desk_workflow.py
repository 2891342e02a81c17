from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError


class ServiceDeskWorkflow(models.Model):
    """The life of a kind of ticket: its stages and the moves between them. A manager draws it, nobody codes."""

    _name = "service_desk.workflow"
    _description = "Workflow"
    _inherit = "service_desk.kept.mixin"
    _order = "sequence, name, id"
    _kept_fields = frozenset(
        {"stage_ids", "start_stage_id", "transition_ids", "active", "type_ids"}
    )

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    description = fields.Text(translate=True)
    stage_ids = fields.Many2many(
        "service_desk.stage",
        "service_desk_workflow_stage_rel",
        "workflow_id",
        "stage_id",
        string="Stages",
    )
    start_stage_id = fields.Many2one(
        "service_desk.stage",
        ondelete="restrict",
        domain="[('id', 'in', stage_ids)]",
        help="New tickets stand here. None: the first stage that means “New”.",
    )
    transition_ids = fields.One2many("service_desk.transition", "workflow_id", "Moves", copy=False)
    type_ids = fields.Many2many(
        "service_desk.ticket.type",
        compute="_compute_type_ids",
        inverse="_inverse_type_ids",
        string="Ticket Types",
        help="Tickets of these types live by the workflow. A type has one.",
    )

    @api.depends_context("lang")
    def _compute_type_ids(self):
        types = self.env["service_desk.ticket.type"].search([("workflow_id", "in", self.ids)])
        by_workflow = types.grouped("workflow_id")
        for workflow in self:
            workflow.type_ids = by_workflow.get(workflow._origin, types.browse())

    def _inverse_type_ids(self):
        for workflow in self:
            chosen = workflow.type_ids
            had = chosen.search([("workflow_id", "=", workflow.id)])
            (had - chosen).workflow_id = False
            (chosen - had).workflow_id = workflow

    @api.constrains("stage_ids", "start_stage_id", "transition_ids")
    def _check_stages(self):
        for workflow in self:
            moved = workflow.transition_ids
            foreign = (workflow.start_stage_id | moved.from_stage_id | moved.to_stage_id) - (
                workflow.stage_ids
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "The workflow “%(workflow)s” uses the stage “%(stage)s” but does not have it.",
                        workflow=workflow.name,
                        stage=foreign[0].name,
                    )
                )

    @api.constrains("active")
    def _check_unused(self):
        types_sudo = self.env["service_desk.ticket.type"].sudo().with_context(active_test=False)
        for workflow in self.filtered(lambda w: not w.active):
            if used := types_sudo.search([("workflow_id", "=", workflow.id)], limit=1):
                raise ValidationError(
                    self.env._(
                        "Tickets of the type “%(type)s” live by the workflow “%(workflow)s”. Give the type"
                        " another one before you archive this.",
                        type=used.name,
                        workflow=workflow.name,
                    )
                )

    def copy_data(self, default=None):
        return [
            vals
            if (default or {}).get("name")
            else dict(vals, name=self.env._("%(name)s (copy)", name=workflow.name))
            for workflow, vals in zip(self, super().copy_data(default=default), strict=True)
        ]

    def copy(self, default=None):
        """Copy with the moves, which the stages must be there for."""
        copies = super().copy(default=default)
        for old, new in zip(self, copies, strict=True):
            rows = old.transition_ids.copy_data({"workflow_id": new.id})
            new.transition_ids = [Command.create(row) for row in rows]
        return copies
