"""What a ticket knows of its approvals, and when they begin and end."""

from odoo import fields, models

APPROVAL_STATES = [
    ("none", "Not needed"),
    ("pending", "Waiting for approval"),
    ("approved", "Approved"),
    ("refused", "Refused"),
]
#: ``all``: nothing starts; ``work``: it may be given to somebody.
HOLDS = [("work", "Work waits"), ("all", "Nothing starts")]
HOLD_OF = {"nothing": "all", "assignment": "work", "everything": False}
REASON = "service_desk.waiting_reason_approval"
REASON_RUNNING = "service_desk.waiting_reason_approval_running"


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    approval_state = fields.Selection(
        APPROVAL_STATES, "Approval", default="none", required=True, readonly=True, copy=False
    )
    approval_hold = fields.Selection(
        HOLDS,
        "What Waits for Approval",
        readonly=True,
        copy=False,
        help="Set while people must not start yet.",
    )
    approval_ids = fields.One2many(
        "service_desk.approval", "ticket_id", "Approval Rounds", readonly=True
    )
    approval_log_ids = fields.One2many("service_desk.approval.log", "ticket_id", readonly=True)
    approval_chain = fields.Json("Approval Steps", compute="_compute_approval_chain")

    _approval_pending_index = models.Index("(team_id, id) WHERE approval_state = 'pending'")

    def _compute_approval_chain(self):
        for ticket in self:
            known = ticket.approval_state != "none" or ticket.approval_ids
            # sudo: names of approvers; whoever sees the ticket sees who decides
            rounds = ticket.sudo().approval_ids.sorted("number", reverse=True)
            ticket.approval_chain = rounds._chain() if known else False

    def action_open_approvals(self):
        """Open what approvers are asked about the ticket."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_approval_request_action"
        )
        action.update(
            name=self.env._("Approvals"), domain=[("ticket_id", "=", self.id)], context={}
        )
        return action

    # ------------------------------------------------------------------- begin
    def _start_approvals(self, changes=None):
        """Begin a round of approvals for those tickets whose offering asks for it.

        :param changes: ``[{"label", "old", "new"}]`` where something was changed after an earlier round
        """
        for ticket in self.sudo():  # sudo: whoever asks reads no policy and asks no approver
            policy = ticket.offering_id.approval_policy_id
            if not ticket.is_open or not policy.active or ticket.approval_state == "pending":
                continue
            approval = self.env["service_desk.approval"].sudo()._begin(ticket, policy, changes)
            if approval:
                ticket._hold_for(approval)
                approval._advance()
        return True

    def _hold_for(self, approval):
        """Let the ticket wait as the policy says."""
        hold = HOLD_OF[approval.policy["work_before"]]
        approval.stage_before_id = self.stage_id
        self._set_marks(approval_state="pending", approval_hold=hold)
        if hold == "all" and self.state != "waiting":
            reason = REASON if approval.policy["pauses_clocks"] else REASON_RUNNING
            self._write_state(
                {
                    "state": "waiting",
                    "waiting_reason_id": self.env.ref(reason).id,
                    "waiting_until": False,
                }
            )

    def _waits_for_approval(self):
        """Return the tickets on which work must not start yet."""
        return self.filtered("approval_hold")

    # ------------------------------------------------------------- the answers
    def _answer_rows_for_approval(self):
        """Return ``[(question, answer)]`` in the reader's language, as text."""
        answers = self._answers()
        if not answers:
            return []
        definition = self.form_version_id._client_definition(self.env.lang)
        teller = self._teller(definition, answers)
        return [
            (
                question.get("label") or question["key"],
                teller.text(question, answers[question["key"]]),
            )
            for question in definition["questions"]
            if question["key"] in answers
        ]

    # --------------------------------------------------------------- cancelling
    def _cancel_approvals(self, code):
        """Withdraw what approvers are asked about these tickets."""
        pending = self.filtered(lambda ticket: ticket.approval_state == "pending").sudo()
        if pending:
            pending.approval_ids._cancel(code)
            pending._set_marks(approval_state="none", approval_hold=False)
        return pending

    # -------------------------------------------------------------------- hooks
    def _on_opened(self):
        result = super()._on_opened()
        if offered := self.filtered("offering_id"):
            offered._start_approvals()
        return result

    def _on_solved(self):
        result = super()._on_solved()
        self._cancel_approvals("done")
        return result

    def _on_closed(self):
        result = super()._on_closed()
        self._cancel_approvals("done")
        return result

    def _on_reopened(self):
        """What was refused or withdrawn is asked anew: no way round leads past the approvers."""
        result = super()._on_reopened()
        asking = self.filtered(lambda t: t.offering_id and t.approval_state in ("none", "refused"))
        asking._start_approvals()
        return result
