"""How requesters rate tickets: Odoo's ratings, given by requesters alone and seen by those who see the ticket."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class ServiceDeskTicket(models.Model):
    _name = "service_desk.ticket"
    _inherit = ["service_desk.ticket", "rating.mixin"]

    # a new ticket has no rating: known without asking the database
    rating_last_value = fields.Float(
        groups="base.group_user",
        compute="_compute_rating_last_value",
        compute_sudo=True,
        store=True,
        precompute=True,
        aggregator="avg",
    )

    def rating_apply(
        self,
        rate,
        token=None,
        rating=None,
        feedback=None,
        subtype_xmlid=None,
        notify_delay_send=False,
    ):
        # The page of the requester comes as superuser, with his token. An agent rates nobody.
        if not self.env.su:
            raise AccessError(self.env._("Only the requester rates how a ticket was handled."))
        rating = super().rating_apply(
            rate,
            token=token,
            rating=rating,
            feedback=feedback,
            subtype_xmlid=subtype_xmlid,
            notify_delay_send=notify_delay_send,
        )
        self._on_rated(rating)
        return rating

    def message_post(self, **kwargs):
        if not self.env.su:
            kwargs = {k: v for k, v in kwargs.items() if k not in ("rating_id", "rating_value")}
        return super().message_post(**kwargs)


class RatingRating(models.Model):
    """Plain Odoo lets every employee read, write and make every rating."""

    _inherit = "rating.rating"

    service_desk_ticket_id = fields.Many2one(
        "service_desk.ticket",
        "Ticket",
        compute="_compute_service_desk_ticket_id",
        store=True,
        compute_sudo=True,
        ondelete="cascade",
        index="btree_not_null",
    )

    @api.depends("res_model", "res_id")
    def _compute_service_desk_ticket_id(self):
        for rating in self:
            is_ticket = rating.res_model == "service_desk.ticket"
            rating.service_desk_ticket_id = rating.res_id if is_ticket else False
