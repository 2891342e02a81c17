from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class ServiceDeskDepartmentInstall(models.TransientModel):
    """Who works in the departments and who answers for them: all that must be known to install them."""

    _name = "service_desk.department.install"
    _description = "Install Departments"

    department_ids = fields.Many2many(
        "service_desk.department",
        "service_desk_department_install_rel",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    is_new = fields.Boolean(compute="_compute_is_new")
    owner_id = fields.Many2one(
        "res.users",
        "Owner of the Services",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Answers for texts, forms, approvals; can be changed service by service later.",
    )
    lead_ids = fields.Many2many(
        "res.users",
        "service_desk_department_install_lead_rel",
        string="Team Leads",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    member_ids = fields.Many2many(
        "res.users",
        "service_desk_department_install_member_rel",
        string="Team Members",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="They see and take the requests. Add the rest on the team later.",
    )
    publish = fields.Boolean(
        "Publish at Once",
        default=True,
        help="People can ask for it right after. Else the offerings stay drafts until you publish them.",
    )
    content = fields.Html(compute="_compute_content")

    @api.depends("department_ids", "company_id")
    def _compute_is_new(self):
        for wizard in self:
            departments = wizard.department_ids.with_company(wizard.company_id)
            wizard.is_new = any(department.state == "new" for department in departments)

    @api.depends("department_ids")
    def _compute_content(self):
        for wizard in self:
            one = wizard.department_ids[:1] if len(wizard.department_ids) == 1 else False
            wizard.content = one.content if one else False

    def action_install(self):
        """Install the departments and open their offerings.

        :raises UserError: when the company is not one of the user's
        """
        self.check_access("write")
        self.ensure_one()
        if self.company_id not in self.env.user.company_ids:
            raise UserError(self.env._("You do not work in this company."))
        self.department_ids._install(
            self.company_id,
            {
                "owner_id": self.owner_id.id,
                "lead_ids": self.lead_ids.ids,
                "member_ids": self.member_ids.ids,
                "publish": self.publish,
            },
        )
        return self.department_ids.with_company(self.company_id).action_open_offerings()

    @api.onchange("company_id")
    def _onchange_company_id(self):
        for name in ("lead_ids", "member_ids"):
            fitting = self[name].filtered(lambda user: self.company_id in user.company_ids)
            self[name] = [Command.set(fitting.ids)]
