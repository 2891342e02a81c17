"""Putting a correction into effect: the clocks are derived anew at once, and the ticket tells it."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class ServiceDeskClockCorrection(models.Model):
    _inherit = "service_desk.clock.correction"

    @api.model
    def _apply(self, tickets, vals):
        """Correct the clocks of the tickets, and return the corrections.

        :param tickets: ``service_desk.ticket``
        :param dict vals: ``kind, reason_id, note``; ``from_at``, ``to_at`` (naive UTC); ``metric_ids``
            (list of ids, none means all), ``slot`` and ``cycle`` where one clock is meant; ``revoked_id``
        :raises AccessError: when the user may not correct the clocks of all of them
        :raises UserError: when something is missing, or no clock would change by it
        """
        self._check_may_correct(tickets)
        vals = self._clean_vals(vals)
        self._check_vals(vals)
        self._check_is_of(tickets, vals)
        clocks = self.env["service_desk.clock"]
        before = clocks._readings_of(tickets)
        corrections = self._create_sudo(tickets, vals)
        # sudo: nobody writes clocks by hand
        clocks.sudo()._settle(tickets)
        changes = clocks._changes(before, clocks._readings_of(tickets))
        corrections._keep_those_that_change(changes)
        corrections._tell(changes)
        return corrections

    @api.model
    def _clean_vals(self, vals):
        """Return the values with whole seconds and a clean note."""
        vals = dict(vals, note=" ".join((vals.get("note") or "").split()))
        for name in ("from_at", "to_at"):
            moment = fields.Datetime.to_datetime(vals.get(name))
            vals[name] = moment and moment.replace(microsecond=0)
        return vals

    @api.model
    def _create_sudo(self, tickets, vals):
        """Write the corrections; sudo: nobody has the right, they are made after :meth:`_check_may_correct`."""
        metric_ids = vals.pop("metric_ids", None) or []
        revoked_sudo = self.sudo().browse(vals.get("revoked_id") or ())
        if revoked_sudo:
            revoked_sudo.is_revoked = True
        return (
            self.sudo()
            .create(
                [
                    {
                        **vals,
                        "ticket_id": ticket.id,
                        "user_id": self.env.uid,
                        "metric_ids": [(6, 0, metric_ids)],
                    }
                    for ticket in tickets
                ]
            )
            .sudo(False)
        )

    def _keep_those_that_change(self, changes):
        """Keep what the corrections changed; refuse them when that is nothing at all.

        :param dict changes: ``{ticket id: [change]}``
        """
        idle = self.filtered(lambda correction: not changes.get(correction.ticket_id.id))
        if idle and idle[0].kind != "revoke":
            raise UserError(
                self.env._(
                    "That would change no clock of %(ticket)s. Look at the moments and at the metrics chosen.",
                    ticket=idle[0].ticket_id.display_name,
                )
            )
        for correction_sudo in self.sudo():
            correction_sudo.changes = changes.get(correction_sudo.ticket_id.id) or []

    def _tell(self, changes):
        """Write on the tickets who corrected what and why, as a decision and as a note."""
        payloads, bodies = {}, {}
        for correction in self:
            ticket_id = correction.ticket_id.id
            payloads[ticket_id] = correction._payload(changes.get(ticket_id) or [])
        tickets = self.ticket_id
        tickets._explain("clock", payloads)
        decisions = self.env["service_desk.decision"]
        for ticket_id, payload in payloads.items():
            bodies[ticket_id] = Markup("<p>%s</p>") % decisions._text_clock(payload)
        # sudo: a note of the desk itself; the right to correct is checked
        tickets.sudo()._message_log_batch(bodies=bodies)

    def _payload(self, changes):
        """Return the grounds as plain data, with the names as they are now."""
        self.ensure_one()
        subject = self.revoked_id or self
        return {
            "act": self.kind,
            "of": subject.kind,
            "by": self.user_id.name,
            "reason": self.reason_id.name,
            "note": self.note or "",
            "from": fields.Datetime.to_string(subject.from_at) or None,
            "to": fields.Datetime.to_string(subject.to_at) or None,
            "changes": changes,
        }

    @api.model
    def _preview(self, tickets, vals):
        """Return ``{ticket id: [change]}`` that a correction would make; nothing is written.

        :param dict vals: as for :meth:`_apply`; the reason may still be lacking
        :raises AccessError, UserError: as :meth:`_apply`
        """
        self._check_may_correct(tickets)
        vals = self._clean_vals(vals)
        getattr(self, f"_check_vals_{vals['kind']}")(vals)
        clocks_sudo = self.env["service_desk.clock"].sudo()  # sudo: as clocks are derived always
        corrections = self._of_tickets(tickets)
        for ticket in tickets:
            corrections.setdefault(ticket.id, []).extend(self._for_preview(vals))
        stored = clocks_sudo._stored_rows(tickets.ids) if tickets else {}
        timelines = self.env["service_desk.ticket.event"].sudo()._timelines(tickets.ids)
        cycles = clocks_sudo._fold_all(tickets.sudo(), timelines, corrections)
        rows = clocks_sudo._derive_rows(cycles, stored, {}, stopped=False)
        return clocks_sudo._changes(clocks_sudo._readings(stored), clocks_sudo._readings(rows))

    @api.model
    def _for_preview(self, vals):
        """Return a correction that is not written yet, as the engine takes it."""
        metric_ids = vals.get("metric_ids") or []
        draft_sudo = self.sudo().new(
            {
                **{name: vals.get(name) for name in ("kind", "from_at", "to_at", "slot", "cycle")},
                "metric_ids": [(6, 0, metric_ids)],
                "at": fields.Datetime.now(),
            }
        )
        return draft_sudo._for_fold()
