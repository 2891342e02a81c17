"""Who may correct clocks, and what a correction must say."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

LONGEST_NOTE = 1000
LONGEST_AGO = timedelta(days=3653)


class ServiceDeskClockCorrection(models.Model):
    _inherit = "service_desk.clock.correction"

    @api.model
    def _check_may_correct(self, tickets):
        """Refuse whoever neither leads the tickets' teams nor manages the desk, or may not change the tickets.

        :raises AccessError: names no ticket that he may not see
        """
        tickets.check_access("write")
        if self.env.su or self.env.user.has_group("service_desk.service_desk_group_manager"):
            return
        if tickets.team_id - self.env.user.service_desk_led_team_ids:
            raise AccessError(
                self.env._(
                    "Clocks are corrected by the leads of the ticket's team and by managers."
                )
            )

    @api.model
    def _check_vals(self, vals):
        """Refuse a correction that says too little, or what cannot be.

        :param dict vals: as for :meth:`_apply`
        :raises UserError: says what is missing
        """
        self._check_reason(vals)
        check = getattr(self, f"_check_vals_{vals.get('kind')}", None)
        if not check:
            raise UserError(self.env._("Choose what is to be corrected."))
        check(vals)

    @api.model
    def _check_reason(self, vals):
        reason = self.env["service_desk.correction.reason"].browse(vals.get("reason_id") or ())
        note = (vals.get("note") or "").strip()
        if not reason.exists():
            raise UserError(self.env._("Choose a reason for the correction."))
        if reason.requires_note and not note:
            raise UserError(
                self.env._("“%(reason)s” needs an explanation in words.", reason=reason.name)
            )
        if len(note) > LONGEST_NOTE:
            raise UserError(
                self.env._(
                    "The explanation is too long: at most %(count)s characters.",
                    count=LONGEST_NOTE,
                )
            )

    @api.model
    def _check_vals_start(self, vals):
        self._check_past(vals.get("from_at"))

    @api.model
    def _check_vals_pause(self, vals):
        self._check_past(vals.get("from_at"))
        self._check_past(vals.get("to_at"))
        if vals["from_at"] >= vals["to_at"]:
            raise UserError(self.env._("The end must be later than the beginning."))

    _check_vals_run = _check_vals_pause

    @api.model
    def _check_vals_excuse(self, vals):
        """A breach is excused as a whole: it has no moments of its own."""

    @api.model
    def _check_vals_revoke(self, vals):
        correction = self.browse(vals.get("revoked_id") or ()).exists()
        if not correction or correction.kind == "revoke":
            raise UserError(self.env._("Choose the correction that is taken back."))
        if correction.is_revoked:
            raise UserError(self.env._("This correction is taken back already."))

    @api.model
    def _check_is_of(self, tickets, vals):
        """Refuse to take back the correction of another ticket: only the right on this one was checked."""
        if vals["kind"] == "revoke" and self.browse(vals["revoked_id"]).ticket_id != tickets:
            raise UserError(self.env._("Choose a correction of this ticket."))

    @api.model
    def _check_past(self, moment):
        if not moment:
            raise UserError(self.env._("Say from when, and until when."))
        if moment < fields.Datetime.now() - LONGEST_AGO:
            raise UserError(self.env._("Only the last ten years can be corrected."))
        if moment > fields.Datetime.now():
            raise UserError(self.env._("Only what has been can be corrected, nothing to come."))
