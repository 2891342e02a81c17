from odoo import api, fields, models
from odoo.exceptions import ValidationError

PERMIT_KINDS = [
    ("document", "Make a document"),
    ("membership", "Give membership of a group"),
    ("action", "Run a server action"),
]
DOCUMENT_RECORDS = [("ticket", "The ticket"), ("requester", "The requester")]
#: Nobody gets these, nor a group that brings one of them along, by asking the service desk.
SYSTEM_GROUPS = ("base.group_system", "base.group_erp_manager")
#: What a user is; a second one of them would change his kind.
KINDS_OF_USERS = ("base.group_user", "base.group_portal", "base.group_public")


class ServiceDeskFulfilmentPermit(models.Model):
    """What tasks may do without a person. Administrators open it, managers and service owners choose from it."""

    _name = "service_desk.fulfilment.permit"
    _description = "Automatic Step"
    _order = "kind, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(PERMIT_KINDS, required=True, default="document")
    company_id = fields.Many2one("res.company", index=True, help="Empty: for all companies.")
    # --------------------------------------------------------------- document
    report_id = fields.Many2one(
        "ir.actions.report",
        "Document",
        ondelete="restrict",
        domain="[('report_type', '=', 'qweb-pdf'), ('model', '=', record_model)]",
    )
    record = fields.Selection(
        DOCUMENT_RECORDS, "Made of", default="ticket", help="The record that is printed."
    )
    record_model = fields.Char(compute="_compute_record_model")
    # ------------------------------------------------------------- membership
    group_id = fields.Many2one("res.groups", ondelete="restrict")
    max_days = fields.Integer(
        "Longest Time (days)", default=90, help="Nobody gets it for longer; 0: no limit."
    )
    # ----------------------------------------------------------------- action
    action_id = fields.Many2one(
        "ir.actions.server",
        "Server Action",
        ondelete="restrict",
        domain="[('model_name', '=', 'service_desk.ticket')]",
    )
    run_user_id = fields.Many2one(
        "res.users",
        "Runs As",
        domain="[('share', '=', False)]",
        help="The action does what this user may do, on the ticket.",
    )

    @api.depends("record")
    def _compute_record_model(self):
        models_by_record = self._record_models()
        for permit in self:
            permit.record_model = models_by_record.get(permit.record)

    @api.model
    def _record_models(self):
        """Hook: return ``{choice of "Made of": model}``; bridges add theirs."""
        return {"ticket": "service_desk.ticket", "requester": "res.partner"}

    @api.constrains("kind", "report_id", "group_id", "action_id", "run_user_id", "record")
    def _check_complete(self):
        for permit in self:
            getattr(permit, f"_check_{permit.kind}")()

    def _check_document(self):
        if not self.report_id or self.report_id.report_type != "qweb-pdf":
            raise ValidationError(self.env._("Choose the PDF document that is made."))
        if self.report_id.model != self.record_model:
            raise ValidationError(
                self.env._(
                    "The document “%(document)s” is not made of what you chose. Choose another.",
                    document=self.report_id.name,
                )
            )

    def _check_membership(self):
        if not self.group_id:
            raise ValidationError(self.env._("Choose the group."))
        self._check_group()

    def _check_group(self):
        """Refuse groups that nobody may get this way; asked again whenever somebody is to get it.

        :raises ValidationError: for a group of the system, or one that brings it along
        """
        refused = self.env["res.groups"].browse(
            self.env.ref(xmlid).id for xmlid in SYSTEM_GROUPS + KINDS_OF_USERS
        )
        system = refused[: len(SYSTEM_GROUPS)]
        group_sudo = self.group_id.sudo()  # sudo: what a group implies
        if group_sudo in refused or group_sudo.all_implied_ids & system:
            raise ValidationError(
                self.env._(
                    "“%(group)s” gives rights over the system. No request may give them.",
                    group=group_sudo.display_name,
                )
            )

    def _check_action(self):
        if not self.action_id or self.action_id.model_name != "service_desk.ticket":
            raise ValidationError(self.env._("Choose a server action of tickets."))
        if not self.run_user_id:
            raise ValidationError(self.env._("Choose the user as whom the action runs."))
