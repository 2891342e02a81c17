"""Deciding: once, by whoever is asked, whatever way it comes."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

from .service_desk_approval_step import UNDECIDED

VERDICTS = ("approve", "refuse", "ask")
LONGEST_TEXT = 4000


class ServiceDeskApprovalRequest(models.Model):
    _inherit = "service_desk.approval.request"

    # ----------------------------------------------------------------- buttons
    def action_approve(self):
        """Approve what the user is asked; several at once are fine.

        :raises AccessError: when one of them is not his
        :raises UserError: when one of them is decided already
        """
        self._check_seen()
        for request in self:
            request._decide(self.env.user, "approve")
        return True

    def action_open_refuse(self):
        """Ask why, then refuse."""
        return self._open_dialog("refuse", self.env._("Refuse"))

    def action_open_ask_back(self):
        """Ask what the requester is to be asked."""
        return self._open_dialog("ask", self.env._("Ask the Requester"))

    def action_open_delegate(self):
        """Ask to whom it is handed on."""
        return self._open_dialog("delegate", self.env._("Hand On"))

    def action_open_ticket(self):
        """Open the ticket, for people of the desk."""
        self.ensure_one()
        self._check_seen()
        self.ticket_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "service_desk.ticket",
            "res_id": self.ticket_id.id,
            "views": [(False, "form")],
        }

    def _check_seen(self):
        """Refuse ids of requests that are not there and of those that the user may not see in the same words.

        :raises AccessError: for either
        """
        if len(self.search([("id", "in", self.ids)])) < len(self):
            raise AccessError(self.env._("This is for somebody else to decide."))

    def _open_dialog(self, verdict, name):
        self.ensure_one()
        self._check_seen()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "service_desk.approval.dialog",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_id": self.id, "default_verdict": verdict},
        }

    # ------------------------------------------------------------------ decide
    def _decide(self, person, verdict, reason="", channel="web"):
        """Decide one request; of two at once one is told what the other one decided.

        Callable with any rights: who the person is decides, not the environment.

        :param person: ``res.users`` or ``res.partner`` who decides
        :param str verdict: ``approve``, ``refuse`` or ``ask`` (the requester is asked something first)
        :param str reason: why; needed for refusing and asking
        :param str channel: one of the channels of this model
        :raises AccessError: when it is not his decision
        :raises UserError: when it is decided already, or the reason is missing; says which
        """
        self.ensure_one()
        request = self.sudo()  # sudo: approvers only read; deciding is the desk's own act
        partner = request._partner_of(person)
        if verdict not in VERDICTS:
            raise UserError(
                self.env._("Nobody can decide “%(verdict)s”.", verdict=str(verdict)[:64])
            )
        if not request._may_decide(partner):
            raise AccessError(self.env._("This is for somebody else to decide."))
        reason = str(reason or "").strip()[:LONGEST_TEXT]
        if verdict != "approve" and not reason:
            raise UserError(request._text_reason_missing(verdict))
        request.approval_id._lock()
        request._check_undecided()
        if verdict == "ask":
            request._ask_requester(partner, reason, channel)
        else:
            state = "approved" if verdict == "approve" else "refused"
            request._set_decided(state, partner, reason, channel)
            request.step_id._settle()
        return True

    def _partner_of(self, person):
        """Return the contact of a user or contact."""
        if person._name == "res.users":
            person = person.sudo().partner_id  # sudo: contacts of users
        return self.env["res.partner"].browse(person.ids[:1])

    def _text_reason_missing(self, verdict):
        if verdict == "refuse":
            return self.env._("Say why: the requester will read it.")
        return self.env._("Write what you want to know from the requester.")

    def _check_undecided(self):
        """Refuse what is over.

        :raises UserError: says what was decided, by whom and when
        """
        if self.state not in UNDECIDED:
            raise UserError(self._text_decided())

    def _text_decided(self):
        """Return what became of the request, as a sentence for the reader."""
        self.ensure_one()
        request = self.sudo()  # sudo: for the approver, who may know what became of his decision
        if request.state in ("approved", "refused") and request.decided_by_id:
            values = {
                "person": request.decided_by_id.name,
                "moment": format_datetime(self.env, request.decided_at, dt_format="d MMMM, HH:mm"),
            }
            if request.state == "approved":
                return self.env._("Already approved by %(person)s on %(moment)s.", **values)
            return self.env._("Already refused by %(person)s on %(moment)s.", **values)
        if request.state == "delegated":
            names = ", ".join(request.successor_ids.partner_id.mapped("name"))
            return self.env._("Meanwhile %(person)s is asked.", person=names)
        if request.state == "expired":
            return self.env._("The time to decide is over.")
        if request.approval_id.state == "cancelled":
            return self.env._("The request was changed or withdrawn: nobody needs to decide this.")
        if request.state in UNDECIDED:
            return self.env._("Nobody has decided yet.")
        return self.env._("Others have decided meanwhile.")

    def _set_decided(self, state, partner, reason, channel):
        """Write down a decision.

        :param partner: who has decided; empty when the time was over
        """
        self.write(
            {
                "state": state,
                "decided_at": fields.Datetime.now(),
                "decided_by_id": partner.id,
                "channel": channel,
                "reason": reason or False,
                "next_at": False,
            }
        )
        self._log(state, by=partner, reason=reason, channel=channel)
        self._tell("decided")

    def _agree_as_before(self, earlier):
        """Take over the decision of the same person in an earlier step."""
        self.write(
            {
                "state": "approved",
                "decided_at": fields.Datetime.now(),
                "decided_by_id": earlier.decided_by_id.id,
                "channel": "earlier",
                "next_at": False,
            }
        )
        self._log("approved", by=earlier.decided_by_id, channel="earlier")
        self._tell("withdrawn")
