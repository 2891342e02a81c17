"""The first draft of a review's timeline: what the ticket's own history says."""

from markupsafe import Markup, escape

from odoo import models
from odoo.tools import format_datetime

#: Moments of a long incident that are told: the first and the last.
MOST = 100


class ServiceDeskReview(models.Model):
    _inherit = "service_desk.review"

    def action_fill_timeline(self):
        """Write the timeline anew from the history of the ticket."""
        self.check_access("write")
        for review in self.filtered("ticket_id"):
            owner = review.owner_id
            telling = review.with_context(
                lang=owner.lang or self.env.lang, tz=owner.tz or self.env.user.tz
            )
            review.timeline = telling._timeline_html()

    def _timeline_html(self):
        rows = sorted(self._timeline_rows(), key=lambda row: row[0])
        if len(rows) > MOST:
            rows = rows[: MOST // 2] + rows[-MOST // 2 :]
        lines = [
            Markup("<tr><td>%s</td><td>%s</td></tr>")
            % (format_datetime(self.env, moment, dt_format="short"), escape(text))
            for moment, text in rows
        ]
        return Markup("<table class='table table-sm'><tbody>%s</tbody></table>") % Markup().join(
            lines
        )

    def _timeline_rows(self):
        """Return ``[(moment, text)]``: arrival, moves, decisions, answers to all, announcements."""
        ticket = self.ticket_id
        rows = [(ticket.create_date, self.env._("The ticket was opened."))]
        if ticket.assigned_at:
            rows.append((ticket.assigned_at, self.env._("Somebody took it.")))
        if ticket.first_response_at:
            rows.append((ticket.first_response_at, self.env._("The requester got an answer.")))
        return rows + self._moves() + self._decisions() + self._told_to_all()

    def _moves(self):
        """Return the moves between stages; sudo: what was tracked of a ticket that the user may read."""
        values_sudo = (
            self.env["mail.tracking.value"]
            .sudo()
            .search(
                [
                    ("mail_message_id.model", "=", "service_desk.ticket"),
                    ("mail_message_id.res_id", "=", self.ticket_id.id),
                    ("field_id.name", "in", ("stage_id", "priority", "team_id")),
                ]
            )
        )
        return [
            (
                value.mail_message_id.date,
                f"{value.field_id.field_description}: {value.old_value_char or ''} → {value.new_value_char or ''}",
            )
            for value in values_sudo
        ]

    def _decisions(self):
        return [
            (decision.create_date, decision.text)
            for decision in self.ticket_id.decision_ids
            if decision.text
        ]

    def _told_to_all(self):
        rows = []
        for broadcast in self.ticket_id.broadcast_ids.filtered("sent_at"):
            text = self.env._("Answer to all: %(count)s tickets.", count=broadcast.total_count)
            rows.append((broadcast.sent_at, text))
        announcements = self.env["service_desk.announcement"].search(
            [("master_id", "=", self.ticket_id.id), ("is_published", "=", True)]
        )
        kinds = dict(announcements._fields["kind"]._description_selection(self.env))
        for announcement in announcements:
            text = f"{kinds[announcement.kind]}: {announcement.name}"
            rows.append((announcement.date_from, text))
        return rows
