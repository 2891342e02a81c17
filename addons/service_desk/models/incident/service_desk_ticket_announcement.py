"""Where the desk's people meet announcements: beside a ticket, and on the card of a team."""

from odoo import api, fields, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _requester_panel_sections(self):
        section = self._panel_announcements()
        return [*super()._requester_panel_sections(), *([section] if section else [])]

    def _panel_announcements(self):
        """Return what concerns the requester at this moment: before he says it, the agent knows it."""
        badges = {"outage": "cancelled", "maintenance": "waiting", "recovery": "solved"}
        rows = [
            {
                "label": "",
                "text": told["title"],
                "badge": {"text": told["kind_label"], "kind": badges[told["kind"]]},
                "datetime": told["date_to"] or told["date_from"],
                "record": {"model": "service_desk.announcement", "id": told["id"]},
            }
            for told in self.env["service_desk.announcement"]._announcements_for(
                self.partner_id, self.service_id, self.site_id
            )
        ]
        return rows and {
            "key": "announcements",
            "title": self.env._("Concerns the requester"),
            "icon": "fa-bullhorn",
            "sequence": 5,
            "count": len(rows),
            "rows": rows,
        }


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    announcement_text = fields.Char("Announcements", compute="_compute_announcement_text")

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_announcement_text(self):
        """Name what is announced for everybody, for a service of the team, or about its mass incident."""
        announcements = self.env["service_desk.announcement"]
        shown = announcements.search(announcements._shown_domain(self.company_id))
        for team in self:
            mine = shown.filtered(
                lambda a, team=team: (
                    a.company_id == team.company_id
                    and (
                        a.for_all
                        or team in a.service_ids.team_id
                        or team in (a.team_id, a.master_id.team_id)
                    )
                )
            )
            team.announcement_text = " · ".join(mine.mapped("name"))
