"""What the desk did for a request by itself, told in the reader's language."""

from odoo import models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_fulfilment(self, payload):
        tell = getattr(self, f"_text_fulfilment_{payload.get('event')}", None)
        return tell(payload) if tell else ""

    def _text_fulfilment_planned(self, payload):
        text = self.env._(
            "The plan “%(plan)s” became %(count)s tasks.",
            plan=payload["plan"]["name"],
            count=payload["tasks"],
        )
        if payload.get("left_out"):
            left = self.env._("Not needed by the answers: %s.", payload["left_out"])
            text = f"{text} {left}"
        return text

    def _text_fulfilment_solved(self, payload):
        return self.env._("All %s tasks are done: solved by the plan.", payload["tasks"])

    def _text_fulfilment_unsolved(self, payload):
        return self.env._("All tasks are done, but it could not be solved: %s", payload["why"])

    def _text_fulfilment_failed(self, payload):
        return self.env._(
            "“%(task)s” could not be done automatically: %(why)s",
            task=payload["task"],
            why=payload["why"],
        )

    def _text_fulfilment_taken_back(self, payload):
        reasons = dict(
            self.env["service_desk.grant"]._fields["end_reason"]._description_selection(self.env)
        )
        return self.env._(
            "%(person)s is no member of “%(group)s” any more: %(reason)s.",
            person=payload["person"],
            group=payload["group"],
            reason=reasons.get(payload["reason"], ""),
        )
