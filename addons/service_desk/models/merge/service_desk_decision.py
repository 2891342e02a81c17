from odoo import models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_merge(self, payload):
        """Say who merged what; the number of a ticket that the reader may not see is not told."""
        person = payload.get("person") or ""
        if payload.get("event") == "took_over":
            numbers = self._known_numbers(payload.get("others") or [])
            return self.env._(
                "%(person)s merged %(tickets)s into this ticket.", person=person, tickets=numbers
            )
        other = self._known_numbers([[payload.get("other_id"), payload.get("other")]])
        texts = {
            "merged": self.env._(
                "%(person)s merged this ticket into %(ticket)s.", person=person, ticket=other
            ),
            "undone": self.env._(
                "%(person)s undid the merge with %(ticket)s.", person=person, ticket=other
            ),
            "split": self.env._(
                "%(person)s split a message off into %(ticket)s.", person=person, ticket=other
            ),
            "split_from": self.env._(
                "%(person)s split this ticket off from %(ticket)s.", person=person, ticket=other
            ),
        }
        return texts.get(payload.get("event"), "")

    def _known_numbers(self, pairs):
        """Return the numbers of ``[id, number]`` pairs as the reader may know them."""
        tickets = self.env["service_desk.ticket"].with_context(active_test=False)
        known = set(tickets.search([("id", "in", [pair[0] for pair in pairs])]).ids)
        hidden = self.env._("another ticket")
        return ", ".join(dict.fromkeys(number if key in known else hidden for key, number in pairs))
