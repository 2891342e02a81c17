"""Which records people can report a problem from: invoices, orders, equipment, whatever the manager chooses."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Models that hold the system itself, not the things people work with.
TECHNICAL_PREFIXES = (
    "ir.", "base.", "base_import.", "bus.", "mail.", "discuss.", "service_desk.", "res.users", "res.groups",
    "res.config", "res.lang", "report.", "web_editor.", "web_tour.", "digest.", "auth_", "iap.", "sms.",
    "fetchmail.", "onboarding.", "privacy.", "phone.", "portal.", "rating.", "snailmail.", "publisher_warranty.",
    "format.", "wizard.", "change.password", "reset.view",
)  # fmt: skip


class ServiceDeskReportSource(models.Model):
    """One kind of record that offers "Report a Problem".

    The manager of the desk is no system administrator, so he chooses a model by its name from a list made
    for him, and the actions on that model are made by the desk itself.
    """

    _name = "service_desk.report.source"
    _description = "Record to Report Problems From"
    _order = "sequence, id"
    _rec_name = "model"

    model = fields.Selection(
        "_selection_model",
        "Record",
        required=True,
        help="On such records people find “Report a Problem”.",
    )
    model_id = fields.Many2one(
        "ir.model", compute="_compute_model_id", store=True, precompute=True, index=True, ondelete="cascade",
        compute_sudo=True,
    )  # fmt: skip
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    team_id = fields.Many2one(
        "service_desk.team",
        help="The team of the tickets; empty: the first team of the person's company.",
    )
    type_id = fields.Many2one(
        "service_desk.ticket.type", "Ticket Type", help="Empty: the team's own default."
    )
    report_action_id = fields.Many2one(
        "ir.actions.act_window", readonly=True, copy=False, ondelete="set null"
    )
    tickets_action_id = fields.Many2one(
        "ir.actions.act_window", readonly=True, copy=False, ondelete="set null"
    )

    _model_uniq = models.UniqueIndex(
        "(model)", "Problems can be reported from these records already."
    )

    @api.model
    def _selection_model(self):
        """Return the models a manager may choose, by the names he knows them by."""
        return sorted(self._allowed_models_sudo().items(), key=lambda item: item[1].lower())

    @api.model
    def _allowed_models_sudo(self):
        """Return ``{model: name}`` of what people really open: with a menu's action and a right to read.

        sudo: a desk manager may not read the definitions of models, actions and rights.
        """
        rights_sudo = (
            self.env["ir.model.access"]
            .sudo()
            .search([("perm_read", "=", True), ("group_id", "!=", False)])
        )
        readable_sudo = rights_sudo.model_id
        actions_sudo = (
            self.env["ir.actions.act_window"]
            .sudo()
            ._read_group(
                [("res_model", "in", readable_sudo.mapped("model")), ("view_mode", "like", "form")],
                ["res_model"],
            )
        )
        opened = {model for (model,) in actions_sudo}
        return {
            model_sudo.model: model_sudo.name
            for model_sudo in readable_sudo
            if model_sudo.model in opened and self._is_reportable(model_sudo.model)
        }

    @api.model
    def _is_reportable(self, model):
        """Tell whether ``model`` is a stored kind of record that is no part of the system itself."""
        if model not in self.env or model.startswith(TECHNICAL_PREFIXES):
            return False
        records = self.env[model]
        return bool(records._auto and not records._abstract and not records._transient)

    @api.depends("model")
    def _compute_model_id(self):
        for source in self:
            source.model_id = self.env["ir.model"]._get(source.model) if source.model else False

    @api.depends("model")
    def _compute_display_name(self):
        names = dict(self._selection_model())
        for source in self:
            source.display_name = names.get(source.model, source.model or "")

    @api.model
    def _check_model_allowed(self, vals):
        model = vals.get("model")
        if "model" in vals and (
            not isinstance(model, str) or model not in self._allowed_models_sudo()
        ):
            raise ValidationError(
                self.env._("Problems cannot be reported from “%(model)s”.", model=str(model)[:64])
            )

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_model_allowed(vals)
        sources = super().create(vals_list)
        sources._sync_actions_sudo()
        return sources

    def write(self, vals):
        self._check_model_allowed(vals)
        result = super().write(vals)
        if {"model", "active"} & vals.keys():
            self._sync_actions_sudo()
        return result

    def unlink(self):
        actions_sudo = self._actions_sudo()
        result = super().unlink()
        actions_sudo.unlink()
        return result

    # ----------------------------------------------------------- bound actions
    def _actions_sudo(self):
        """Return the actions of the sources; sudo: desk managers have no right on actions."""
        sources_sudo = self.sudo()
        return sources_sudo.report_action_id | sources_sudo.tickets_action_id

    def _sync_actions_sudo(self):
        """Give active sources their two actions and take them from archived ones.

        sudo: desk managers have no right on actions; what they may bind is limited to these two, on the
        models of :meth:`_allowed_models_sudo`.
        """
        self.filtered(lambda source: not source.active)._actions_sudo().unlink()
        for source_sudo in self.sudo().filtered("active"):
            for name, vals in source_sudo._prepare_actions_vals().items():
                if source_sudo[name]:
                    source_sudo[name].write(vals)
                else:
                    source_sudo[name] = source_sudo[name].create(vals)
        self.filtered("active")._translate_actions_sudo()

    def _prepare_actions_vals(self):
        """Return ``{field: values}`` of the actions that the record's list and form offer."""
        self.ensure_one()
        return {
            "report_action_id": {
                "name": "Report a Problem",
                "res_model": "service_desk.report.problem",
                "view_mode": "form",
                "target": "new",
                "binding_model_id": self.model_id.id,
                "binding_view_types": "list,form",
            },
            "tickets_action_id": {
                "name": "Tickets of This Record",
                "res_model": "service_desk.ticket",
                "view_mode": "list,kanban,form",
                "domain": f"[('origin_model', '=', {self.model!r}), ('origin_id', 'in', active_ids)]",
                "context": "{'search_default_open': 1}",
                "binding_model_id": self.model_id.id,
                "binding_view_types": "list,form",
            },
        }

    def _translate_actions_sudo(self):
        """Name the actions in every installed language; sudo: desk managers have no right on actions."""
        sources_sudo = self.sudo()
        for code, _name in self.env["res.lang"].get_installed():
            env = self.env(context=dict(self.env.context, lang=code))
            sources_sudo.report_action_id.with_context(lang=code).name = env._("Report a Problem")
            sources_sudo.tickets_action_id.with_context(lang=code).name = env._(
                "Tickets of This Record"
            )

    @api.model
    def _resync_actions(self):
        """Repair the actions of every source, after an upgrade or with a new language."""
        everything = [("active", "in", (True, False))]
        self.sudo().search(everything)._sync_actions_sudo()  # sudo: the system's upkeep

    # --------------------------------------------------------------- reporting
    @api.model
    def _for_model_sudo(self, model):
        """Return the active source of ``model``, as superuser: whoever reports may not read the settings."""
        if not isinstance(model, str) or not self._is_reportable(model):
            return self.sudo().browse()
        return self.sudo().search([("model", "=", model)], limit=1)
