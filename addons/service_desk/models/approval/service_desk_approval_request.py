from odoo import api, fields, models

REQUEST_STATES = [
    ("pending", "To decide"),
    ("asked_back", "Asked back"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("delegated", "Handed on"),
    ("expired", "No answer in time"),
    ("cancelled", "No longer needed"),
]
CHANNELS = [
    ("web", "In the service desk"),
    ("portal", "On the portal"),
    ("mail", "By the link in the mail"),
    ("reply", "By a reply"),
    ("earlier", "In an earlier step"),
    ("expiry", "The time was over"),
    ("system", "By the desk"),
]


class ServiceDeskApprovalRequest(models.Model):
    """What one approver is asked. He needs no right on the ticket: what he must know stands here."""

    _name = "service_desk.approval.request"
    _description = "Approval Request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "due_at, id"

    step_id = fields.Many2one(
        "service_desk.approval.step", required=True, readonly=True, ondelete="cascade", index=True
    )
    approval_id = fields.Many2one(
        "service_desk.approval", required=True, readonly=True, ondelete="cascade", index=True
    )
    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Approver", required=True, readonly=True, ondelete="restrict", index=True
    )
    principal_id = fields.Many2one(
        "res.partner",
        "Instead of",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        help="Whose decision it is; a deputy decides for him while he is away.",
    )
    is_deputy = fields.Boolean("For Somebody Else", compute="_compute_is_deputy")
    state = fields.Selection(
        REQUEST_STATES, default="pending", required=True, readonly=True, index=True
    )
    asked_at = fields.Datetime("Asked", readonly=True)
    remind_at = fields.Datetime("Reminder", readonly=True)
    due_at = fields.Datetime("Decide Until", readonly=True)
    #: The nearer of the two, as long as it is still to come.
    next_at = fields.Datetime("Next Reminder", readonly=True)
    reminded_at = fields.Datetime("Reminded", readonly=True)
    decided_at = fields.Datetime("Decided", readonly=True)
    decided_by_id = fields.Many2one("res.partner", "Decided by", readonly=True, ondelete="restrict")
    channel = fields.Selection(CHANNELS, readonly=True)
    reason = fields.Text(readonly=True)
    #: What the approver wants to know from the requester, and what he answered.
    question = fields.Text(readonly=True)
    answer = fields.Text(readonly=True)
    from_request_id = fields.Many2one(
        "service_desk.approval.request",
        "Handed on from",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    successor_ids = fields.One2many(
        "service_desk.approval.request", "from_request_id", "Handed on to", readonly=True
    )

    _due_index = models.Index("(next_at, id) WHERE state = 'pending' AND next_at IS NOT NULL")
    _mine_index = models.Index("(partner_id, due_at, id) WHERE state IN ('pending', 'asked_back')")
    _open_uniq = models.UniqueIndex(
        "(step_id, partner_id) WHERE state IN ('pending', 'asked_back')",
        "This person is asked already.",
    )

    @api.depends("partner_id", "principal_id")
    def _compute_is_deputy(self):
        for request in self:
            request.is_deputy = request.partner_id != request.principal_id

    @api.depends("ticket_id")
    def _compute_display_name(self):
        for request in self:
            # sudo: the approver sees what he decides about, not the ticket
            request.display_name = request.sudo().ticket_id.display_name

    # --------------------------------------------------------------------- ask
    @api.model
    def _ask(self, step, person, from_request=None):
        """Ask somebody, and return the request.

        :param person: a :class:`Person`
        :param from_request: the request that it takes over
        """
        now = fields.Datetime.now()
        step.request_ids.flush_recordset(["state"])  # nobody is asked twice, the database says so
        request = self.create(
            {
                "step_id": step.id,
                "approval_id": step.approval_id.id,
                "ticket_id": step.ticket_id.id,
                "partner_id": person.partner.id,
                "principal_id": person.principal.id,
                "from_request_id": from_request.id if from_request else False,
                "asked_at": now,
                **self._due_values(step, person.partner, now),
            }
        )
        request._log("asked")
        request._wake_when_due()
        request._tell("asked")
        return request

    @api.model
    def _due_values(self, step, partner, since):
        """Return when the approver is reminded and when his time is over, by his working time."""
        rule, user = step.rule, partner._service_desk_user()
        team = step.ticket_id.team_id
        if user and not user.share:
            hours = user._service_desk_hours(team)[user.id]
        else:
            hours = self.env["service_desk.working.time"]._of_team(team)
        remind = rule["reminder_minutes"] and hours.add(since, rule["reminder_minutes"])
        due = rule["due_minutes"] and hours.add(since, rule["due_minutes"])
        moments = [moment for moment in (remind, due) if moment]
        return {
            "remind_at": remind or False,
            "due_at": due or False,
            "next_at": min(moments, default=False),
        }

    # ------------------------------------------------------------------- tell
    def _tell(self, event):
        """Hook: the approvers of ``self`` are to hear of it.

        :param str event: ``asked``, ``reminded``, ``answered`` (the requester replied), ``decided`` (his own
            decision, to confirm it), ``withdrawn`` (no longer needed: links end)
        """

    # ------------------------------------------------------------------ rights
    def _may_decide(self, partner):
        """Tell whether the decision is the person's: he is asked, or somebody stands in for him."""
        self.ensure_one()
        return bool(partner) and partner in self.partner_id | self.principal_id

    def _withdraw(self):
        """Nobody needs an answer any longer."""
        undecided = self.filtered(lambda request: request.state in ("pending", "asked_back"))
        if undecided:
            undecided.write({"state": "cancelled", "next_at": False})
            undecided._tell("withdrawn")
