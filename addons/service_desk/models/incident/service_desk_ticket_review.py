"""After the worst comes the review: the ticket is not closed before."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..service_desk_stage import OPEN_STATES
from .service_desk_review import STATES

REVIEW_FROM = [("3", "Critical"), ("2", "High and critical")]


class ServiceDeskTicketType(models.Model):
    _inherit = "service_desk.ticket.type"

    review_from = fields.Selection(
        REVIEW_FROM,
        "Review After",
        help="Solved tickets of this priority need a post-incident review before they can be closed.",
    )
    review_masters = fields.Boolean(
        "Review After Mass Incidents",
        help="Every mass incident of this type needs a review, whatever its priority.",
    )


class ServiceDeskSettings(models.Model):
    _inherit = "service_desk.settings"

    review_days = fields.Integer(
        "Days for a Review", default=5, help="Until then a post-incident review is to be written."
    )

    @api.constrains("review_days")
    def _check_review_days(self):
        self._check_not_negative()


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    review_state = fields.Selection(STATES, "Review", readonly=True, copy=False)

    _review_index = models.Index("(id) WHERE review_state = 'todo'")

    def _needs_review(self):
        """Return those that a review is demanded of; a member of a mass incident is reviewed with that."""
        return self.filtered(
            lambda t: (
                not t.master_id
                and not t.merged_into_id
                and (
                    (t.type_id.review_from and t.priority >= t.type_id.review_from)
                    or (t.is_master and t.type_id.review_masters)
                )
            )
        )

    def _on_solved(self):
        result = super()._on_solved()
        wanting = self._needs_review().filtered(lambda t: not t.review_state)
        if wanting:
            wanting._ask_for_review()
        return result

    def _ask_for_review(self):
        """Make the reviews, for who answers for the service, else leads the team, else has the ticket."""
        for ticket in self:
            ticket_sudo = ticket.sudo()  # sudo: the desk demands it, whoever solved the ticket
            owner = ticket_sudo._review_owner()
            days = self.env["service_desk.settings"]._of(ticket_sudo.company_id).review_days
            until = fields.Date.today() + timedelta(days=days)
            self.env["service_desk.review"].sudo().create(
                {"ticket_id": ticket.id, "owner_id": owner.id, "date_deadline": until}
            )
            ticket._explain(
                "incident",
                {
                    "event": "review",
                    "person": owner.name or "",
                    "until": format_date(self.env, until),
                },
            )

    def _review_owner(self):
        """Return who writes the review: somebody who may see the ticket."""
        self.ensure_one()
        owner = self.service_id._owner() if self.service_id else self.env["res.users"]
        for user in (owner, *self.team_id.lead_ids, self.user_id):
            mine = self.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
            if user.active and mine.has_access("read"):
                return user
        return self.env["res.users"]

    @api.constrains("stage_id")
    def _check_reviewed(self):
        """A ticket that a review is demanded of is closed after it."""
        for ticket in self.filtered(lambda t: t.state == "closed"):
            if ticket.review_state == "todo":
                raise ValidationError(
                    self.env._(
                        "%(ticket)s cannot be closed yet: its post-incident review is not done.",
                        ticket=ticket.display_name,
                    )
                )

    def _on_state_changed(self, old):
        """A ticket does not pass by its review: from work it goes to solved first."""
        if old in OPEN_STATES:
            closed = self.filtered(lambda t: t.state == "closed" and not t.review_state)
            for ticket in closed._needs_review():
                raise ValidationError(
                    self.env._(
                        "%(ticket)s needs a post-incident review before it is closed: solve it first.",
                        ticket=ticket.display_name,
                    )
                )
        return super()._on_state_changed(old)

    def action_open_review(self):
        """Open the review of the ticket."""
        self.ensure_one()
        self.check_access("read")
        review = self.env["service_desk.review"].search([("ticket_id", "=", self.id)], limit=1)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Post-Incident Review"),
            "res_model": "service_desk.review",
            "res_id": review.id,
            "views": [[False, "form"]],
        }

    @api.model
    def _get_auto_close_domain(self, team):
        """A ticket whose review is not done stays solved."""
        return [*super()._get_auto_close_domain(team), ("review_state", "!=", "todo")]
