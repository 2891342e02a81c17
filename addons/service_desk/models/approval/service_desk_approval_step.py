from odoo import api, fields, models

from .service_desk_approval_policy_step import MODES

STEP_STATES = [
    ("waiting", "Not asked yet"),
    ("pending", "Asked"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("skipped", "Not needed"),
    ("expired", "No answer in time"),
    ("cancelled", "Cancelled"),
]
SKIP_CODES = [("amount", "The amount"), ("condition", "The answers")]
#: Requests that somebody may still answer.
UNDECIDED = ("pending", "asked_back")


class ServiceDeskApprovalStep(models.Model):
    """One step of a round, as its policy was when the round began."""

    _name = "service_desk.approval.step"
    _description = "Approval Step"
    _order = "approval_id, sequence, id"

    approval_id = fields.Many2one(
        "service_desk.approval", required=True, readonly=True, ondelete="cascade", index=True
    )
    ticket_id = fields.Many2one(
        related="approval_id.ticket_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(readonly=True)
    names = fields.Json(readonly=True)
    name = fields.Char("Step", compute="_compute_name")
    #: The step of the policy as it was.
    rule = fields.Json(readonly=True)
    mode = fields.Selection(MODES, readonly=True)
    amount = fields.Float(readonly=True, help="What the request costs, as the step counts it.")
    needed = fields.Integer(readonly=True, help="So many must agree.")
    state = fields.Selection(STEP_STATES, default="waiting", required=True, readonly=True)
    skip_code = fields.Selection(SKIP_CODES, "Not Needed by", readonly=True)
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    request_ids = fields.One2many(
        "service_desk.approval.request", "step_id", "Asked", readonly=True
    )

    @api.depends("names")
    @api.depends_context("lang")
    def _compute_name(self):
        for step in self:
            names = step.names or {}
            step.name = (
                names.get(self.env.lang) or names.get("en_US") or next(iter(names.values()), "")
            )

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for step in self:
            step.display_name = step.name

    # ----------------------------------------------------------------- the way
    def _begin(self):
        """Ask the people of the step; whoever has agreed in an earlier step is not asked again."""
        self.ensure_one()
        self.write({"state": "pending", "started_at": fields.Datetime.now()})
        found = self._find_approvers()
        self.needed = self._needed_of(len(found.people))
        self.approval_id._log("step_started", step=self, code=found.code)
        known = self._have_agreed() if self.approval_id.policy.get("once_is_enough") else {}
        requests = self.env["service_desk.approval.request"]
        for person in found.people:
            request = requests._ask(self, person)
            if person.principal in known:
                request._agree_as_before(known[person.principal])
        self._settle()

    def _needed_of(self, count):
        wanted = {"any": 1, "all": count}.get(self.mode, self.rule.get("needed") or 1)
        return max(1, min(wanted, count))

    def _have_agreed(self):
        """Return ``{partner: request}`` of those who have agreed in this round already."""
        agreed = {}
        for request in self.approval_id.request_ids.filtered(lambda r: r.state == "approved"):
            agreed[request.principal_id] = request
            if request.decided_by_id:
                agreed[request.decided_by_id] = request
        return agreed

    def _settle(self):
        """See whether the step is decided: as soon as enough have agreed, or too few are left."""
        self.ensure_one()
        if self.state != "pending":
            return
        counted = self.request_ids.filtered(lambda request: not request.successor_ids)
        agreed = len(counted.filtered(lambda request: request.state == "approved"))
        undecided = len(counted.filtered(lambda request: request.state in UNDECIDED))
        refusals = counted.filtered(lambda request: request.state in ("refused", "expired"))
        is_lost = refusals and (self.mode != "count" or agreed + undecided < self.needed)
        if is_lost:
            state = "refused" if "refused" in refusals.mapped("state") else "expired"
            self._close(state)
            self.approval_id._refuse(self)
        elif counted and agreed >= self.needed:
            self._close("approved")
            self.approval_id._advance()

    def _close(self, state):
        self.write({"state": state, "ended_at": fields.Datetime.now()})
        self.request_ids._withdraw()

    def _stop(self):
        """The round is over: what was not decided in the steps never will be."""
        if self:
            self.write({"state": "cancelled", "ended_at": fields.Datetime.now()})
            self.request_ids._withdraw()
