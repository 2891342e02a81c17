"""What a person sees of the catalog, and why not: for the owner of an offering, who must be able to tell."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ServiceDeskEntitlementCheck(models.TransientModel):
    """A person held against the rows; nothing is kept, the answer is found anew whenever it is looked at."""

    _name = "service_desk.entitlement.check"
    _description = "View as"

    partner_id = fields.Many2one("res.partner", "Person", ondelete="cascade")
    offering_id = fields.Many2one("service_desk.offering", ondelete="cascade")
    service_id = fields.Many2one("service_desk.service", ondelete="cascade")
    answer = fields.Selection(
        [("yes", "Sees it and may use it"), ("no", "Does not see it")], compute="_compute_answer"
    )
    why = fields.Text(compute="_compute_answer")

    def _compute_display_name(self):
        self.display_name = self.env._("View as")

    @api.depends("partner_id", "offering_id")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_answer(self):
        for check in self:
            check.answer = check.why = False
            if check.partner_id and check.offering_id:
                check.partner_id.check_access("read")
                finding = check.offering_id._finding(check.partner_id)
                check.answer = "yes" if finding["is_for"] else "no"
                check.why = "\n".join(
                    finding["reasons"] or finding["grounds"] or [self._by_default()]
                )

    def _by_default(self):
        return self.env._("No row asks for anything: it is for everybody of the company.")

    def action_open_offerings(self):
        """Open the list of offerings with what the person sees of them.

        :raises UserError: when no person is chosen
        """
        self.ensure_one()
        self.check_access("read")
        if not self.partner_id:
            raise UserError(self.env._("Choose a person first."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_offering_view_as_action"
        )
        domain = [("service_id", "child_of", self.service_id.id)] if self.service_id else []
        return {
            **action,
            "name": self.env._("Catalog of %(person)s", person=self.partner_id.display_name),
            "domain": domain,
            "context": {"service_desk_view_as": self.partner_id.id},
        }
