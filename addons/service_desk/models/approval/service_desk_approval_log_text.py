"""The lines of the log in the language of whoever reads them."""

from odoo import api, models

from .service_desk_approval_request import CHANNELS


class ServiceDeskApprovalLog(models.Model):
    _inherit = "service_desk.approval.log"

    @api.depends("event", "payload")
    @api.depends_context("lang")
    def _compute_text(self):
        for line in self:
            payload = line.payload or {}
            line.person = (payload.get("by") or payload.get("approver") or {}).get("name", "")
            tell = getattr(line, f"_text_{line.event}", None)
            line.text = tell(payload, line._words(payload)) if tell else line._label_of_event()

    def _label_of_event(self):
        return dict(self._fields["event"]._description_selection(self.env)).get(self.event, "")

    def _words(self, payload):
        """Return what the sentences are made of."""
        names = payload.get("step") or {}
        request_fields = self.env["service_desk.approval.request"]._fields
        channels = dict(request_fields["channel"]._description_selection(self.env))
        words = {
            "step": names.get(self.env.lang)
            or names.get("en_US")
            or next(iter(names.values()), ""),
            "reason": payload.get("reason", ""),
            "channel": channels.get(payload.get("channel"), "") if CHANNELS else "",
            "round": payload.get("round", 1),
        }
        for key in ("by", "to", "approver", "principal"):
            words[key] = (payload.get(key) or {}).get("name", "")
        return words

    # ------------------------------------------------------------ the sentences
    def _text_started(self, payload, words):
        changes = payload.get("changes") or ()
        if not changes:
            return self.env._(
                "Round %(round)s began: %(policy)s.", policy=payload.get("policy", ""), **words
            )
        what = "; ".join(
            f"{change['label']}: {change['old'] or '–'} → {change['new'] or '–'}"
            for change in changes
        )
        return self.env._(
            "Round %(round)s began, because something was changed: %(what)s.", what=what, **words
        )

    def _text_step_started(self, payload, words):
        code = payload.get("code")
        if code == "owner":
            return self.env._("“%(step)s” finds nobody: the owner of the service decides.", **words)
        if code == "managers":
            return self.env._("“%(step)s” finds nobody: the managers of the desk decide.", **words)
        if code == "nobody":
            return self.env._("“%(step)s” finds nobody who could decide. It waits.", **words)
        return self.env._("“%(step)s” begins.", **words)

    def _text_skipped(self, payload, words):
        if payload.get("code") == "amount":
            return self.env._("“%(step)s” is not needed for this amount.", **words)
        return self.env._("“%(step)s” is not needed for these answers.", **words)

    def _text_asked(self, payload, words):
        if payload.get("approver") != payload.get("principal"):
            return self.env._("%(approver)s is asked instead of %(principal)s: %(step)s.", **words)
        return self.env._("%(approver)s is asked: %(step)s.", **words)

    def _text_approved(self, payload, words):
        if payload.get("channel") == "expiry":
            return self.env._(
                "Approved because the time of %(approver)s was over: %(step)s.", **words
            )
        if payload.get("channel") == "earlier":
            return self.env._("%(by)s has approved in an earlier step: %(step)s.", **words)
        if payload.get("reason"):
            return self.env._("%(by)s approved (%(channel)s): %(step)s. %(reason)s", **words)
        return self.env._("%(by)s approved (%(channel)s): %(step)s.", **words)

    def _text_refused(self, payload, words):
        return self.env._("%(by)s refused (%(channel)s): %(step)s. %(reason)s", **words)

    def _text_expired(self, payload, words):
        return self.env._("%(approver)s did not decide in time: %(step)s is refused.", **words)

    def _text_asked_back(self, payload, words):
        return self.env._("%(by)s asked the requester: %(reason)s", **words)

    def _text_answered(self, payload, words):
        return self.env._("The requester answered %(approver)s: %(reason)s", **words)

    def _text_delegated(self, payload, words):
        if payload.get("reason"):
            return self.env._("%(by)s handed it on to %(to)s: %(reason)s", **words)
        return self.env._("%(by)s handed it on to %(to)s.", **words)

    def _text_deputised(self, payload, words):
        return self.env._("%(approver)s is away: %(to)s decides.", **words)

    def _text_returned(self, payload, words):
        return self.env._("%(to)s is back and decides himself.", **words)

    def _text_escalated(self, payload, words):
        return self.env._("%(approver)s did not decide in time: %(to)s is asked.", **words)

    def _text_reminded(self, payload, words):
        return self.env._("%(approver)s was reminded: %(step)s.", **words)

    def _text_cancelled(self, payload, words):
        code = payload.get("code")
        if code == "changed":
            return self.env._("Round %(round)s ended: the request was changed.", **words)
        if code == "policy":
            return self.env._(
                "Round %(round)s ended: for this offering nobody has to agree.", **words
            )
        return self.env._("Round %(round)s ended: the ticket is done.", **words)

    def _text_finished(self, payload, words):
        if payload.get("outcome") == "approved":
            return self.env._("Round %(round)s: approved.", **words)
        return self.env._("Round %(round)s: refused.", **words)
