"""The grounds of a choice, as data and in words."""

from odoo import api, models
from odoo.tools import format_list

#: Agreements told of that did not apply; the rest is a number.
MOST_TOLD = 8
#: Which of them say most, the nearest miss first.
CLOSENESS = (
    "less_specific",
    "later",
    "no_line",
    "other_service",
    "expired",
    "not_yet",
    "never_for",
    "not_for",
)


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    @api.model
    def _why(self, found):
        """Return what the book has found for a slot as plain data."""
        others = sorted(found.others, key=lambda other: CLOSENESS.index(other[1]))
        why = {
            "slot": found.slot,
            "others": [[one.id, one.name, code] for one, code in others[:MOST_TOLD]],
            "more": max(len(others) - MOST_TOLD, 0),
        }
        if found.chosen:
            line = found.verdict.line
            names = ("priority", "type_id", "service_id", "offering_id")
            why |= {
                "agreement_id": found.chosen.id,
                "name": found.chosen.name,
                "version": found.chosen.number,
                "line": line.number,
                "row": {name: getattr(line, name) for name in names},
            }
        return why

    # -------------------------------------------------------------------- words
    @api.model
    def _tell_why(self, payload):
        """Return the grounds of all slots in the reader's language."""
        return " ".join(self._tell_slot(why, payload) for why in payload.get("slots") or ())

    @api.model
    def _tell_slot(self, why, payload):
        others = self._tell_others(why, payload)
        if "agreement_id" not in why:
            if not others:
                return self.env._("No agreement applies.")
            return self.env._("No agreement applies: %(reasons)s.", reasons=others)
        told = {
            "name": self._told_name(why["agreement_id"], why["name"], payload),
            "number": why["line"],
            "row": self._told_row(why["row"]),
        }
        chosen = {
            "sla": self.env._("By agreement “%(name)s”, line %(number)s (%(row)s)", **told),
            "beside": self.env._("Besides: “%(name)s”, line %(number)s (%(row)s)", **told),
            "ola": self.env._("Internally: “%(name)s”, line %(number)s (%(row)s)", **told),
            "uc": self.env._("With the supplier: “%(name)s”, line %(number)s (%(row)s)", **told),
        }[why["slot"].partition(":")[0]]
        if not others:
            return f"{chosen}."
        return self.env._("%(chosen)s; %(reasons)s.", chosen=chosen, reasons=others)

    @api.model
    def _tell_others(self, why, payload):
        reasons = [
            self._tell_other(self._told_name(agreement_id, name, payload), code)
            for agreement_id, name, code in why["others"]
        ]
        if why["more"]:
            reasons.append(self.env._("%(count)s more do not apply", count=why["more"]))
        return "; ".join(reasons)

    @api.model
    def _tell_other(self, name, code):
        return {
            "less_specific": self.env._("not “%(name)s”, because it is less specific", name=name),
            "later": self.env._("not “%(name)s”, because it comes later in the order", name=name),
            "no_line": self.env._("not “%(name)s”, because no line of it is for this", name=name),
            "other_service": self.env._(
                "not “%(name)s”, because it is about other services", name=name
            ),
            "expired": self.env._("not “%(name)s”, because it has expired", name=name),
            "not_yet": self.env._("not “%(name)s”, because it does not hold yet", name=name),
            "never_for": self.env._(
                "not “%(name)s”, because it is never for this requester", name=name
            ),
            "not_for": self.env._(
                "not “%(name)s”, because it is not for this customer or site", name=name
            ),
        }[code]

    @api.model
    def _told_name(self, agreement_id, name, payload):
        """Return the name of an agreement; of another company than the reader's it is not told."""
        if payload.get("company_id") not in self.env.user._get_company_ids():
            return self.env._("an agreement of another company")
        # sudo: the reader belongs to its company, and reads the ticket that goes by it
        return self.sudo().browse(agreement_id).exists().name or name

    @api.model
    def _told_row(self, row):
        """Return for which tickets a line is: “Critical, Incident”."""
        names = []
        if row.get("offering_id"):
            names.append(self._named("service_desk.offering", row["offering_id"]))
        if row.get("service_id"):
            names.append(self._named("service_desk.service", row["service_id"]))
        if row.get("type_id"):
            names.append(self._named("service_desk.ticket.type", row["type_id"]))
        if row.get("priority"):
            lines = self.env["service_desk.agreement.line"]
            labels = dict(lines._fields["priority"]._description_selection(self.env))
            names.append(labels.get(row["priority"], row["priority"]))
        return format_list(self.env, names, style="unit") if names else self.env._("all tickets")

    @api.model
    def _named(self, model, record_id):
        # sudo: what a line of an agreement is about is no secret of those who read the ticket
        record_sudo = self.env[model].sudo().browse(record_id).exists()
        return record_sudo.display_name or self.env._("something that is gone")
