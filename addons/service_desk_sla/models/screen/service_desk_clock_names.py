"""The names that stand beside clocks, in the reader's language; none that he may not know."""

from odoo import models


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    def _screen_names(self):
        """Return ``{"agreements", "teams", "suppliers", "reasons"}``: each ``{id: name}``, for all clocks at once.

        Read with the rights of the reader: a private team or another company's agreement stays unnamed.
        """
        ids = {"team": set(), "supplier": set(), "reason": set()}
        for clock in self:
            kind, _sep, slot_id = clock.slot.partition(":")
            if kind in ("ola", "uc") and slot_id.isdigit():
                ids["team" if kind == "ola" else "supplier"].add(int(slot_id))
            for span in clock.spans or ():
                if span.get("hand_id") and span.get("hand") in ids:
                    ids[span["hand"]].add(span["hand_id"])
                if isinstance(span.get("reason_id"), int):
                    ids["reason"].add(span["reason_id"])
        return {
            "agreements": self._names_of("service_desk.agreement", set(self.agreement_id.ids)),
            "teams": self._names_of("service_desk.team", ids["team"]),
            "suppliers": self._names_of("res.partner", ids["supplier"]),
            "reasons": self._names_of("service_desk.waiting.reason", ids["reason"]),
        }

    def _names_of(self, model, ids):
        if not ids or not self.env[model].has_access("read"):
            return {}
        domain = [("id", "in", sorted(ids))]
        found = self.env[model].with_context(active_test=False).search_fetch(domain, ["name"])
        return {record.id: record.name for record in found}

    def _screen_whose(self, names):
        """Return who keeps the promise, for clocks between teams and of suppliers."""
        self.ensure_one()
        kind, _sep, slot_id = self.slot.partition(":")
        slot_id = int(slot_id) if slot_id.isdigit() else 0
        if kind == "ola":
            return names["teams"].get(slot_id) or self.env._("another team")
        if kind == "uc":
            return names["suppliers"].get(slot_id) or self.env._("a supplier")
        return ""

    def _screen_hand(self, span, names):
        """Return in whose hands the ticket is during ``span``, and how its bar is coloured."""
        hand, hand_id = span.get("hand") or "other", span.get("hand_id")
        if hand == "team":
            name = names["teams"].get(hand_id) or (
                self.env._("another team") if hand_id else self.env._("our team")
            )
        elif hand == "supplier":
            name = names["suppliers"].get(hand_id) or self.env._("a supplier")
        else:
            name = {
                "requester": self.env._("the requester"),
                "approver": self.env._("the approvers"),
            }.get(hand) or self.env._("others")
        return hand, name

    def _screen_reason(self, span, names):
        """Return why the clock stands still during ``span``; empty while it runs."""
        if span.get("kind") != "pause":
            return ""
        reason = span.get("reason")
        if name := names["reasons"].get(span.get("reason_id")):
            return name
        return {
            "waiting": self.env._("the ticket waits"),
            "approval": self.env._("an approval is awaited"),
            "planned": self.env._("it is to begin later"),
            "condition": self.env._("as the metric says"),
            "away": self.env._("with others"),
            "no_agreement": self.env._("no agreement applies"),
            "solved": self.env._("solved"),
            "closed": self.env._("closed"),
            "cancelled": self.env._("cancelled"),
            "merged": self.env._("merged into another ticket"),
            "archived": self.env._("archived"),
            "stopped": self.env._("it had ended"),
            "correction": self.env._("corrected afterwards"),
            "excused": self.env._("excused afterwards"),
        }.get(reason, "")

    def _screen_target(self):
        """Return the target that applies now as it was written: "4 h", "2 working days"."""
        self.ensure_one()
        target = (self.targets or [{}])[-1]
        return self._amount_text(target.get("amount"), target.get("unit"))

    def _amount_text(self, amount, unit):
        return (
            self.env["service_desk.agreement.target"]._tell_amount(amount, unit) if amount else ""
        )
