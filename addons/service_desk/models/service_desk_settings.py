from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError


class ServiceDeskSettings(models.Model):
    """What a desk manager decides for one company, without being a system administrator."""

    _name = "service_desk.settings"
    _description = "Service Desk Settings"
    _inherit = "service_desk.kept.mixin"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", default=lambda self: self.env.company
    )
    undo_send_seconds = fields.Integer(
        default=10,
        help="An answer leaves the desk this many seconds after Send; until then it can be undone.",
    )
    notice_quiet_seconds = fields.Integer(
        default=60, help="Changes of one ticket within this time reach a person as one message."
    )
    orphan_hours = fields.Integer(
        default=8,
        help="An open ticket without a person or a next action for longer is an orphan. 0 switches the watch off.",
    )
    trusted_mail_servers = fields.Char(
        help="Names (authserv-id) by which your own mail server signs its Authentication-Results, separated by"
        " spaces. Only these are believed."
    )
    accept_replies_of_colleagues = fields.Boolean(
        default=True,
        help="A known contact of the requester's company who replies by mail lands on the ticket without an agent's click.",
    )
    intake_keep_days = fields.Integer(
        default=90, help="Raw copies of processed messages are kept for this many days."
    )
    mail_max_megabytes = fields.Integer(
        default=40, help="A larger message is held instead of processed."
    )
    budget_sender = fields.Integer(
        default=20,
        help="New tickets from one address within the budget window; the surplus is held.",
    )
    budget_domain = fields.Integer(
        default=100, help="New tickets from one mail domain within the window."
    )
    budget_team = fields.Integer(
        default=500, help="New tickets from unknown senders to one team within the window."
    )
    budget_minutes = fields.Integer(default=120, help="Length of the budget window.")

    _company_uniq = models.UniqueIndex("(company_id)", "This company has its settings already.")

    @api.constrains(
        "undo_send_seconds", "notice_quiet_seconds", "orphan_hours", "intake_keep_days",
        "mail_max_megabytes", "budget_sender", "budget_domain", "budget_team", "budget_minutes",
    )  # fmt: skip
    def _check_not_negative(self):
        names = [
            name for name, field in self._fields.items() if field.type == "integer" and name != "id"
        ]
        for settings in self:
            for name in names:
                if settings[name] < 0:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” cannot be negative.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    @api.model
    @tools.ormcache("company_id")
    def _id_of_company(self, company_id):
        return self.sudo().search([("company_id", "=", company_id)], limit=1).id

    @api.model
    def _of(self, company):
        """Return the settings of ``company`` as superuser: every part of the desk obeys them.

        A company that was never configured gets the defaults (a record in memory only).
        """
        company = company or self.env.company
        settings_id = self._id_of_company(company.id)
        # sudo: agents and the mail gateway read settings that only managers may open
        return (
            self.sudo().browse(settings_id)
            if settings_id
            else self.sudo().new({"company_id": company.id})
        )

    @api.model
    def action_open(self):
        """Open the settings of the current company, made on first use."""
        settings = self.search([("company_id", "=", self.env.company.id)], limit=1) or self.create(
            {}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settings"),
            "res_model": self._name,
            "res_id": settings.id,
            "view_mode": "form",
        }
