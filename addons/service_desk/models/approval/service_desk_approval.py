from odoo import fields, models
from odoo.tools import SQL

ROUND_STATES = [
    ("pending", "Waiting for approval"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]


class ServiceDeskApproval(models.Model):
    """One round of approvals of a ticket. A change of what was asked begins the next; the old one is kept."""

    _name = "service_desk.approval"
    _description = "Approval Round"
    _order = "ticket_id, number desc, id desc"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    policy_id = fields.Many2one(
        "service_desk.approval.policy", readonly=True, ondelete="set null", index="btree_not_null"
    )
    #: The policy as it was when the round began.
    policy = fields.Json("Policy as It Was", readonly=True)
    number = fields.Integer("Round", default=1, readonly=True)
    state = fields.Selection(ROUND_STATES, default="pending", required=True, readonly=True)
    #: ``[{"label", "old", "new"}]``: what made this round necessary.
    changes = fields.Json("What Changed", readonly=True)
    #: Where the ticket stood when it began to wait.
    stage_before_id = fields.Many2one("service_desk.stage", readonly=True, ondelete="set null")
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    #: Grows with each decision, so that two at once collide.
    turn = fields.Integer(readonly=True, default=0)
    step_ids = fields.One2many("service_desk.approval.step", "approval_id", "Steps", readonly=True)
    request_ids = fields.One2many(
        "service_desk.approval.request", "approval_id", "Asked", readonly=True
    )

    _pending_uniq = models.UniqueIndex(
        "(ticket_id) WHERE state = 'pending'", "This ticket waits for its approval already."
    )

    def _compute_display_name(self):
        for approval in self:
            approval.display_name = self.env._("Round %(number)s", number=approval.number)

    def _lock(self):
        """Let nobody else decide in these rounds until the end of the transaction.

        Whoever was faster has changed the row: the later one is tried again by Odoo, and then sees what was
        decided.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE service_desk_approval SET turn = turn + 1 WHERE id IN %s",
                tuple(sorted(self.ids)),
            ),
            log_exceptions=False,  # a collision is no fault: it is tried again
        )
        self.invalidate_recordset()
        self.request_ids.invalidate_recordset()
        self.step_ids.invalidate_recordset()

    # ----------------------------------------------------------------- the way
    def _advance(self):
        """Begin the next step that waits; after the last one the round is approved."""
        self.ensure_one()
        while self.state == "pending":
            if any(step.state == "pending" for step in self.step_ids):
                return
            following = self.step_ids.filtered(lambda step: step.state == "waiting")[:1]
            if not following:
                self._end("approved")
                self.ticket_id._conclude_approval(self)
                return
            following._begin()

    def _refuse(self, step):
        """End the round because ``step`` was refused."""
        self._end("refused")
        self._log("finished", step=step, outcome="refused")
        self.ticket_id._conclude_approval(self)

    def _cancel(self, code):
        """End rounds that nobody needs any longer.

        :param str code: ``changed``, ``done`` (the ticket is), ``policy``
        """
        for approval in self.filtered(lambda approval: approval.state == "pending"):
            approval._log("cancelled", code=code)
            approval._end("cancelled")

    def _end(self, state):
        now = fields.Datetime.now()
        self.write({"state": state, "ended_at": now})
        unfinished = self.step_ids.filtered(lambda step: step.state in ("waiting", "pending"))
        unfinished._stop()
        if state == "approved":
            self._log("finished", outcome="approved")
