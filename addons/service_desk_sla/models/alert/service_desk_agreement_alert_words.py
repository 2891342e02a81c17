"""Warnings in words, as the list on an agreement's page tells them."""

from odoo import api, fields, models
from odoo.tools import format_list

from .service_desk_agreement_alert import REACTION_FIELDS


class ServiceDeskAgreementAlert(models.Model):
    _inherit = "service_desk.agreement.alert"

    told = fields.Char("Whom It Tells, What It Does", compute="_compute_told")

    @api.depends(*REACTION_FIELDS, "notify_user_ids", "reassign_user_id")
    @api.depends_context("lang")
    def _compute_told(self):
        for alert in self:
            parts = [alert._tell_people(), *alert._tell_acts()]
            alert.told = " · ".join(filter(None, parts))

    def _tell_people(self):
        """Return whom the warning tells: “Tells assignee and leads”."""
        names = {
            "notify_assignee": self.env._("assignee"),
            "notify_leads": self.env._("leads"),
            "notify_owner": self.env._("service owner"),
            "notify_manager": self.env._("assignee's manager"),
            "notify_responsible": self.env._("agreement's responsible"),
            "tell_requester": self.env._("requester"),
            "call_oncall": self.env._("who is on duty, by a call"),
        }
        people = [name for field, name in names.items() if self[field]]
        people += self.notify_user_ids.mapped("name")
        if not people:
            return ""
        return self.env._("Tells: %(people)s", people=format_list(self.env, people))

    def _tell_acts(self):
        """Return what the warning does to the ticket, one sentence for each."""
        acts = {
            "raise_priority": self.env._("priority +1"),
            "owner_follows": self.env._("service owner follows"),
            "escalate": self.env._("starts the ladder"),
            "post_note": self.env._("note on the ticket"),
        }
        told = [name for field, name in acts.items() if self[field]]
        if self.reassign == "person":
            told.append(self.env._("gives it to %(name)s", name=self.reassign_user_id.name))
        elif self.reassign != "none":
            label = dict(self._fields["reassign"]._description_selection(self.env))[self.reassign]
            told.append(self.env._("gives it to: %(name)s", name=label))
        return told
