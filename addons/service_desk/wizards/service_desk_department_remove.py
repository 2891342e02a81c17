from odoo import api, fields, models

from ..models.department.service_desk_department_uses import ARCHIVE


class ServiceDeskDepartmentRemove(models.TransientModel):
    """Says what would go and what would stay, before anything goes."""

    _name = "service_desk.department.remove"
    _description = "Remove Departments"

    department_ids = fields.Many2many(
        "service_desk.department",
        "service_desk_department_remove_rel",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    content = fields.Html(compute="_compute_content")

    @api.depends("department_ids")
    def _compute_content(self):
        for wizard in self:
            items = wizard.department_ids.with_company(wizard.company_id)._items()
            going, staying = items._plan_removal()
            records = items._records()
            wizard.content = self.env["ir.qweb"]._render(
                "service_desk.department_removal",
                {
                    "going": wizard._counted(going),
                    "staying": [
                        {
                            "name": records[top].display_name,
                            "kind": wizard._kind(top.res_model),
                            "archived": how == ARCHIVE,
                            "reasons": reasons,
                        }
                        for top, how, reasons in staying
                        if top in records
                    ],
                },
            )

    def _counted(self, tops):
        """Return ``[(kind of record, how many)]``."""
        counts = {}
        for top in tops:
            counts[top.res_model] = counts.get(top.res_model, 0) + 1
        return [(self._kind(model), count) for model, count in counts.items()]

    def _kind(self, model):
        # sudo: the name of a model is no secret
        return self.env["ir.model"].sudo()._get(model).name

    def action_remove(self):
        """Remove what was shown as going; what stays is told once more."""
        self.check_access("write")
        self.ensure_one()
        stays = self.department_ids._remove(self.env.company)
        message = (
            self.env._(
                "Removed. %(count)s records stay, because they are used or changed.",
                count=len(stays),
            )
            if stays
            else self.env._("Removed without a trace.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "warning" if stays else "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
