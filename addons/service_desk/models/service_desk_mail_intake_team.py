from datetime import timedelta

from odoo import fields, models

STUCK_AFTER = timedelta(minutes=15)


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    mail_trouble = fields.Boolean(
        compute="_compute_mail_trouble",
        help="Mail has not been fetched, or waits unprocessed, for 15 minutes.",
    )

    def _compute_held_mail_count(self):
        rows = self.env["service_desk.mail.intake"]._read_group(
            [("state", "=", "held"), ("team_id", "in", self.ids)], ["team_id"], ["__count"]
        )
        counts = {team.id: count for team, count in rows}
        for team in self:
            team.held_mail_count = counts.get(team.id, 0)

    def _compute_mail_trouble(self):
        # sudo: agents may not read mailboxes; they learn only that mail does not come
        servers_sudo = (
            self.env["fetchmail.server"]
            .sudo()
            .search([("service_desk_intake", "=", True), ("state", "=", "done")])
        )
        stuck = [
            ("state", "=", "received"),
            ("received_at", "<", fields.Datetime.now() - STUCK_AFTER),
        ]
        intake_sudo = self.env["service_desk.mail.intake"].sudo()
        trouble = bool(servers_sudo._service_desk_broken()) or bool(
            intake_sudo.search_count(stuck, limit=1)
        )
        self.mail_trouble = trouble

    def action_open_held_mail(self):
        """Open the held mail of the team."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_mail_intake_action"
        )
        action["context"] = {"search_default_held": 1, "search_default_team_id": self.ids}
        return action
