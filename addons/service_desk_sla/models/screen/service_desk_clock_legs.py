"""Who used the working time of a clock: the team, the supplier, the requester."""

from odoo import fields, models


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    def _screen_spans(self, names):
        """Return the history of the clock with names instead of ids."""
        self.ensure_one()
        return [
            {
                "from": span["from"],
                "to": span.get("to"),
                "kind": span["kind"],
                "reason": self._screen_reason(span, names),
                "hand": self._screen_hand(span, names)[1],
            }
            for span in self.spans or ()
        ]

    def _screen_legs(self, now, names):
        """Return ``[{hand, name, seconds}]``: working seconds in each pair of hands, pauses counted, the most first."""
        self.ensure_one()
        hours, _key = self._screen_hours()
        legs = {}
        for span in self.spans or ():
            start = fields.Datetime.to_datetime(span["from"])
            end = fields.Datetime.to_datetime(span.get("to")) or now
            leg = self._screen_hand(span, names)
            legs[leg] = legs.get(leg, 0) + hours.seconds_between(start, end)
        rows = [
            {"hand": hand, "name": name, "seconds": seconds}
            for (hand, name), seconds in legs.items()
            if seconds
        ]
        return sorted(rows, key=lambda row: -row["seconds"])
