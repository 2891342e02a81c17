"""The chain: which of the promises below an agreement, or in whose hands, the time of a missed clock was lost."""

from odoo import api, fields, models

from .service_desk_sla_leg_report import HANDS


class ServiceDeskSlaReport(models.Model):
    _inherit = "service_desk.sla.report"

    lost_by = fields.Char(
        "Lost by",
        compute="_compute_lost_by",
        help="Which leg of the chain lost the time of a missed clock.",
    )
    chain = fields.Json(
        compute="_compute_chain", help="What the promises below and the hands used of it."
    )

    @api.depends("outcome", "ticket_id")
    def _compute_lost_by(self):
        losses = self._losses()
        for row in self:
            row.lost_by = losses.get(row.id, {}).get("label", False)

    @api.depends("ticket_id")
    def _compute_chain(self):
        below, legs = self._below(), self._legs()
        for row in self:
            row.chain = {
                "below": [entry._chain_entry() for entry in below.get(row.ticket_id.id, ())],
                "legs": legs.get(row.id, []),
            }

    def _losses(self):
        """Return ``{id: {hand, label, agreement_id, late_seconds}}`` of the missed clocks in ``self``.

        The leg is the promise below (OLA, UC) on the same ticket that was itself missed by most; where all of them
        were kept, or there is none, it is whoever had the ticket longest while the clock ran.
        """
        missed = self.filtered(lambda row: row.outcome in ("missed", "excused"))
        below, legs = missed._below(), missed._legs()
        found = {}
        for row in missed:
            late = [entry for entry in below.get(row.ticket_id.id, ()) if entry.late_hours > 0]
            if late and row.kind == "sla":
                worst = max(
                    late, key=lambda entry: (entry.metric_id == row.metric_id, entry.late_hours)
                )
                found[row.id] = {
                    "hand": "supplier" if worst.kind == "uc" else "team",
                    "label": worst.agreement_id.display_name,
                    "agreement_id": worst.agreement_id.id,
                    "late_seconds": round(worst.late_hours * 3600),
                }
                continue
            running = [leg for leg in legs.get(row.id, ()) if leg["kind"] == "run"]
            if running:
                leg = max(running, key=lambda leg: leg["seconds"])
                found[row.id] = {
                    "hand": leg["hand"],
                    "label": leg["label"],
                    "agreement_id": False,
                    "late_seconds": round(row.late_hours * 3600),
                }
        return found

    def _below(self):
        """Return ``{ticket id: rows}`` of the OLA and UC clocks on the tickets of ``self``, as the reader may see."""
        found = {}
        for row in self.search(
            [
                ("ticket_id", "in", self.ticket_id.ids),
                ("kind", "!=", "sla"),
                ("outcome", "!=", "cancelled"),
            ],
            order="id",
        ):
            found.setdefault(row.ticket_id.id, []).append(row)
        return found

    def _legs(self):
        """Return ``{id: [{kind, hand, label, reason, seconds}]}``, longest first, as the reader may see."""
        found = {}
        # all in one query: the view has no way to find a leg by its id but to unfold all of them
        legs = self.env["service_desk.sla.leg.report"].search_fetch(
            [("ticket_id", "in", self.ticket_id.ids), ("clock_id", "in", self.ids)],
            ["clock_id", "leg_kind", "hand", "hand_team_id", "hand_supplier_id", "reason", "hours"],
            order="id",
        )
        names = dict(
            self.env["service_desk.sla.leg.report"]._fields["hand"]._description_selection(self.env)
        )
        for leg in legs.sorted(lambda leg: (-leg.hours, leg.id)):
            whose = leg.hand_team_id.display_name or leg.hand_supplier_id.display_name
            found.setdefault(leg.clock_id.id, []).append(
                {
                    "kind": leg.leg_kind,
                    "hand": leg.hand,
                    "label": whose or names.get(leg.hand, ""),
                    "reason": leg.reason,
                    "seconds": round(leg.hours * 3600),
                }
            )
        return found

    def _chain_entry(self):
        """Return one promise below as plain data."""
        self.ensure_one()
        return {
            "agreement": self.agreement_id.display_name,
            "kind": self.kind,
            "metric": self.metric_id.display_name,
            "target_seconds": round(self.target_hours * 3600),
            "used_seconds": round(self.used_hours * 3600),
            "late_seconds": round(self.late_hours * 3600),
            "outcome": self.outcome,
        }


def hand_names(env):
    """Return ``{hand: name}`` in the language of ``env``, for papers that name no team."""
    names = dict(env["service_desk.sla.leg.report"]._fields["hand"]._description_selection(env))
    return {hand: names[hand] for hand, _name in HANDS}
