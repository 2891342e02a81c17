"""What the moves of a workflow tell: their own lines of the queue of notices."""

from odoo import models


class ServiceDeskNotice(models.Model):
    _inherit = "service_desk.notice"

    def _key_stage(self, ticket):
        """The requester hears of a stage while the ticket stands in it."""
        payload = self[-1].payload or {}
        return "stage" if ticket.stage_id.id == payload.get("stage") else False

    def _key_moved(self, ticket):
        payload = self[-1].payload or {}
        return "moved" if ticket.stage_id.id == payload.get("stage") else False
