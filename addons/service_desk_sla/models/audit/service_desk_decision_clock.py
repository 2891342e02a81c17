from odoo import models

from .service_desk_clock_correction import KINDS

CORRECTIONS = {kind for kind, _label in KINDS}


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_clock(self, payload):
        """Tell who corrected which clocks, why, and what came of it."""
        act = payload.get("act")
        tell = getattr(self, f"_clock_text_{'correction' if act in CORRECTIONS else act}", None)
        if not tell:
            return super()._text_clock(payload)
        clock = self.env["service_desk.clock"]
        changes = "; ".join(clock._change_text(change) for change in payload["changes"])
        return f"{tell(payload)} {changes}".strip()

    def _clock_text_rebuild(self, payload):
        return self.env._("The clocks were counted anew: %(reason)s", reason=payload["reason"])

    def _clock_text_correction(self, payload):
        because = " – ".join(filter(None, (payload["reason"], payload["note"])))
        return self.env._(
            "%(person)s: %(act)s, because: %(reason)s.",
            person=payload["by"],
            act=self._correction_text(payload),
            reason=because,
        )

    def _correction_text(self, payload):
        """Return in words what was corrected."""
        act = payload["of"]
        moment = self.env["service_desk.clock"]._moment_text
        places = {"start": moment(payload["from"]), "end": moment(payload["to"])}
        texts = {
            "start": lambda: self.env._("the clocks begin at %(start)s", **places),
            "pause": lambda: self.env._("they stood still from %(start)s to %(end)s", **places),
            "run": lambda: self.env._(
                "they did not stand still from %(start)s to %(end)s", **places
            ),
            "excuse": lambda: self.env._("the breach is excused"),
        }
        text = texts[act]()
        return self.env._("taken back: %(what)s", what=text) if payload["act"] == "revoke" else text
