"""Asking the requester, and handing a decision on."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .service_desk_approval_approvers import Person

#: So often a decision is handed on at most.
MOST_HANDS = 5


class ServiceDeskApprovalRequest(models.Model):
    _inherit = "service_desk.approval.request"

    # --------------------------------------------------------------- ask back
    def _ask_requester(self, partner, question, channel):
        """Ask the requester something; until he answers nobody waits for the approver."""
        self.write({"state": "asked_back", "question": question, "answer": False, "next_at": False})
        self._log("asked_back", by=partner, reason=question, channel=channel)
        self.ticket_id._ask_for_approver(partner, question)

    def _answered(self, text):
        """The requester has answered: the approver is asked anew, with his whole time."""
        for request in self:
            now = fields.Datetime.now()
            request.write(
                {
                    "state": "pending",
                    "answer": text,
                    **request._due_values(request.step_id, request.partner_id, now),
                }
            )
            request._log("answered", reason=text)
            request._wake_when_due()
            request._tell("answered")

    # ---------------------------------------------------------------- hand on
    def _delegate(self, person, to_partner, reason="", channel="web"):
        """Hand the decision on to a colleague, who decides in his own name.

        :param person: ``res.users`` or ``res.partner`` who hands it on
        :param to_partner: contact of an active colleague
        :raises AccessError: when it is not his decision
        :raises UserError: when the colleague cannot take it, or it is decided already
        :return: the new request
        """
        self.ensure_one()
        request = self.sudo()  # sudo: approvers only read
        partner = request._partner_of(person)
        to_partner = request.env["res.partner"].browse(to_partner.ids[:1])
        if not request._may_decide(partner) and not self._is_desk_manager(person):
            raise AccessError(self.env._("This is for somebody else to decide."))
        request.approval_id._lock()
        request._check_undecided()
        request._check_may_take(to_partner)
        return request._hand_on(
            Person(to_partner, to_partner), "delegated", by=partner, reason=reason, channel=channel
        )

    def _is_desk_manager(self, person):
        return person._name == "res.users" and person.has_group(
            "service_desk.service_desk_group_manager"
        )

    def _check_may_take(self, partner):
        user = partner._service_desk_user()
        name = partner.name
        if not user or user.share:
            raise UserError(self.env._("%(name)s is no colleague with a login.", name=name))
        if self.approval_id.policy.get("not_oneself") and self.step_id._is_requester(partner):
            raise UserError(
                self.env._("%(name)s asks for it, and cannot decide it himself.", name=name)
            )
        if (
            partner
            in self.step_id.request_ids.filtered(
                lambda request: request.state in ("pending", "asked_back")
            ).partner_id
        ):
            raise UserError(self.env._("%(name)s is asked already.", name=name))
        if self._hands() >= MOST_HANDS:
            raise UserError(
                self.env._("It was handed on so often that somebody must decide it now.")
            )

    def _hands(self):
        """Return how often the decision was handed on by people."""
        count, request = 0, self
        while request.from_request_id:
            request = request.from_request_id
            count += request.state == "delegated" and request.channel != "system"
        return count

    def _hand_on(self, person, event, by=None, reason="", channel="system", state="delegated"):
        """Let ``person`` decide instead; the old request is over. Returns the new one.

        :param str event: the line of the log: ``delegated``, ``deputised``, ``returned``, ``escalated``
        """
        self.write(
            {
                "state": state,
                "next_at": False,
                "decided_at": fields.Datetime.now(),
                "decided_by_id": by.id if by else False,
                "channel": channel,
                "reason": reason or False,
            }
        )
        self._log(event, by=by, to=person.partner, reason=reason, channel=channel)
        self._tell("withdrawn")
        successor = self._ask(self.step_id, person, from_request=self)
        if self.question and self.answer:
            successor.write({"question": self.question, "answer": self.answer})
        return successor
