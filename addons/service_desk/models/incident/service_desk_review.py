"""The review after an incident: what happened, why, and what is done so that it does not happen again."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

STATES = [("todo", "To do"), ("done", "Done"), ("waived", "Waived")]
ACTIVITY = "service_desk.mail_activity_type_review"
#: What a review must say before it is done.
DEMANDED = ("what_happened", "impact", "root_cause")


class ServiceDeskReview(models.Model):
    _name = "service_desk.review"
    _description = "Post-Incident Review"
    _inherit = [
        "service_desk.marks.mixin",
        "service_desk.anchored.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_deadline, id"
    _anchors = frozenset({"ticket_id"})
    _rec_name = "ticket_id"
    _mail_post_access = "read"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, ondelete="cascade", index=True
    )
    state = fields.Selection(STATES, readonly=True, required=True, default="todo", tracking=True)
    owner_id = fields.Many2one(
        "res.users",
        "Written by",
        domain="[('share', '=', False)]",
        tracking=True,
        index="btree_not_null",
    )
    date_deadline = fields.Date("Until", tracking=True)
    what_happened = fields.Html()
    impact = fields.Html(help="Who was hit, for how long, and what it cost.")
    timeline = fields.Html(help="Filled in from the ticket's history; correct it freely.")
    root_cause = fields.Html()
    went_well = fields.Html("What Went Well")
    action_ids = fields.One2many("service_desk.review.action", "review_id", "Actions")
    open_action_count = fields.Integer("Open Actions", compute="_compute_open_action_count")
    waive_reason = fields.Char("Why There Is No Review")
    done_at = fields.Datetime("Done", readonly=True)
    company_id = fields.Many2one(related="ticket_id.company_id")

    _ticket_uniq = models.UniqueIndex("(ticket_id)", "This ticket has its review already.")
    _todo_index = models.Index("(date_deadline) WHERE state = 'todo'")

    @api.depends("action_ids.done_at")
    def _compute_open_action_count(self):
        for review in self:
            review.open_action_count = len(review.action_ids.filtered(lambda a: not a.done_at))

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        for review in reviews:
            if not review.timeline:
                review.action_fill_timeline()
            review._remind_owner()
        reviews.ticket_id._set_marks(review_state="todo")
        return reviews

    def write(self, vals):
        result = super().write(vals)
        if {"owner_id", "date_deadline"} & vals.keys():
            for review in self.filtered(lambda r: r.state == "todo"):
                review.sudo().activity_unlink([ACTIVITY])  # sudo: the reminder of who had it before
                review._remind_owner()
        return result

    def unlink(self):
        tickets = self.ticket_id
        result = super().unlink()
        # else nothing could close the ticket any more
        tickets.filtered(lambda ticket: ticket.review_state == "todo")._set_marks(
            review_state=False
        )
        return result

    def _remind_owner(self):
        if self.owner_id:
            summary = self.with_context(lang=self.owner_id.lang).env._(
                "Write the review of %(ticket)s", ticket=self.ticket_id.number
            )
            # sudo: the desk asks for it, whoever solved the ticket
            self.sudo().activity_schedule(
                ACTIVITY,
                user_id=self.owner_id.id,
                date_deadline=self.date_deadline or fields.Date.today(),
                summary=summary,
            )

    # ----------------------------------------------------------------- buttons
    def action_done(self):
        """Finish the review; from then on its ticket may be closed.

        :raises UserError: when what it must say is missing
        """
        self.check_access("write")
        for review in self.filtered(lambda r: r.state == "todo"):
            missing = [name for name in DEMANDED if is_html_empty(review[name])]
            if missing:
                labels = [self._fields[name]._description_string(self.env) for name in missing]
                raise UserError(
                    self.env._("The review does not say yet: %(parts)s.", parts=", ".join(labels))
                )
            review._finish("done")

    def action_waive(self):
        """Do without a review, for a reason that is kept; only managers may.

        :raises UserError: when no reason is given, or the user is no manager
        """
        self.check_access("write")
        if not self.env.user.has_group("service_desk.service_desk_group_manager"):
            raise UserError(self.env._("Only a manager of the desk may waive a review."))
        for review in self.filtered(lambda r: r.state == "todo"):
            if not (review.waive_reason or "").strip():
                raise UserError(self.env._("Write down why there is no review."))
            review._finish("waived")
            review.ticket_id._explain(
                "incident",
                {
                    "event": "review_waived",
                    "person": self.env.user.name,
                    "reason": review.waive_reason,
                },
            )

    def _finish(self, state):
        self._set_marks(state=state, done_at=fields.Datetime.now())
        self.sudo().activity_unlink([ACTIVITY])  # sudo: whoever was reminded
        self.ticket_id._set_marks(review_state=state)

    def action_open_ticket(self):
        """Open the ticket that is reviewed."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "service_desk.ticket",
            "res_id": self.ticket_id.id,
            "views": [[False, "form"]],
        }


class ServiceDeskReviewAction(models.Model):
    """What is done after an incident, by whom, until when; he has it among his activities."""

    _name = "service_desk.review.action"
    _description = "Action of a Review"
    _inherit = ["service_desk.marks.mixin", "service_desk.anchored.mixin"]
    _order = "done_at desc, date_deadline, id"
    _anchors = frozenset({"review_id"})

    review_id = fields.Many2one(
        "service_desk.review", required=True, ondelete="cascade", index=True
    )
    name = fields.Char("Action", required=True)
    user_id = fields.Many2one(
        "res.users", "By", required=True, domain="[('share', '=', False)]", index=True
    )
    date_deadline = fields.Date(
        "Until", required=True, default=lambda s: fields.Date.today() + timedelta(days=14)
    )
    done_at = fields.Datetime("Done", readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, ondelete="set null", index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        for action in actions:
            # sudo: whoever may write the review plans what follows from it
            activity_sudo = action.review_id.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=action.user_id.id,
                date_deadline=action.date_deadline,
                summary=action.name,
            )
            action._set_marks(activity_id=activity_sudo.id)
        return actions

    def write(self, vals):
        result = super().write(vals)
        changed = {
            target: vals[name]
            for name, target in (
                ("name", "summary"),
                ("user_id", "user_id"),
                ("date_deadline", "date_deadline"),
            )
            if name in vals
        }
        if changed:
            self.activity_id.sudo().write(changed)  # sudo: it may be somebody else's
        return result

    def unlink(self):
        activities_sudo = self.activity_id.sudo()  # sudo: they may be somebody else's
        result = super().unlink()
        activities_sudo.unlink()
        return result

    def action_done(self):
        """Tick it off."""
        self.check_access("write")
        for action in self.filtered(lambda a: not a.done_at):
            if action.activity_id:
                action.activity_id.sudo().action_feedback()  # sudo: it may be somebody else's
            else:
                action._set_marks(done_at=fields.Datetime.now())


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        """An action of a review is done with its activity, wherever that is ticked off."""
        reviewed = self.filtered(lambda activity: activity.res_model == "service_desk.review")
        if reviewed:
            # sudo: the owner of the activity need not be one who writes reviews
            actions_sudo = self.env["service_desk.review.action"].sudo()
            actions_sudo.search([("activity_id", "in", reviewed.ids)]).write(
                {"done_at": fields.Datetime.now()}
            )
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
