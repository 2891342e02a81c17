"""How people are told of deadlines: what is still true when the mail is made, and the words for it."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.tools import format_datetime

EVENTS = [
    ("sla_warning", "A deadline comes near"),
    ("sla_missed", "A deadline was missed"),
    ("sla_delay", "My request takes longer than promised"),
]
TEMPLATES = [
    ("sla_warning", "A deadline comes near, to colleagues"),
    ("sla_missed", "A deadline was missed, to colleagues"),
    ("sla_delay", "Takes longer than promised, to the requester"),
]
CASCADE = {event: "cascade" for event, _label in EVENTS}


class ServiceDeskNoticePreference(models.Model):
    _inherit = "service_desk.notice.preference"

    event = fields.Selection(selection_add=EVENTS, ondelete=CASCADE)

    @api.model
    def _modes_by_default(self):
        return super()._modes_by_default() | {event: "now" for event, _label in EVENTS}


class ServiceDeskNoticeTemplate(models.Model):
    _inherit = "service_desk.notice.template"

    key = fields.Selection(selection_add=TEMPLATES, ondelete=CASCADE)


class ServiceDeskNotice(models.Model):
    _inherit = "service_desk.notice"

    event = fields.Selection(selection_add=EVENTS, ondelete=CASCADE)

    @api.model
    def _requester_events(self):
        return (*super()._requester_events(), "sla_delay")

    @api.model
    def _part_order(self):
        return ("sla_missed", "sla_warning", *super()._part_order(), "sla_delay")

    def _mail_kind(self):
        """After a night there may be many: one mail tells a person of all tickets."""
        return "sla" if self.event in ("sla_warning", "sla_missed") else super()._mail_kind()

    def _keys_to_tell(self, ticket):
        """A warning that the breach has overtaken is told as the breach, once."""
        return list(dict.fromkeys(super()._keys_to_tell(ticket)))

    def _clocks_told(self, ticket):
        """Return the clocks that the lines tell of, as far as they still run."""
        ids = {(line.payload or {}).get("clock") for line in self}
        return ticket.clock_ids.filtered(lambda clock: clock.id in ids)

    def _key_sla_warning(self, ticket):
        running = self._clocks_told(ticket).filtered(lambda clock: clock.state == "running")
        if any(not clock.is_missed for clock in running):
            return "sla_warning"
        return running._key_missed()

    def _key_sla_missed(self, ticket):
        return self._clocks_told(ticket)._key_missed()

    def _key_sla_delay(self, ticket):
        clocks = self._clocks_told(ticket)
        return "sla_delay" if ticket.is_open and clocks.filtered(_goes_on) else False


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    def _line_told(self, env):
        """Return metric, deadline and the working time that is left, in the language of ``env``."""
        clock = self.with_env(env)
        values = {
            "metric": clock.metric_id.name,
            "agreement": clock.agreement_id.name,
            "due": _moment(env, clock.due_at),
        }
        if clock.is_missed:
            values |= {
                "due": _moment(env, clock.missed_at),
                "late": clock._length_told(clock._reading(fields.Datetime.now()).late),
            }
            return env._("%(metric)s (%(agreement)s): missed at %(due)s, %(late)s late", **values)
        if clock.state == "running" and clock.due_at:
            left = clock._reading(fields.Datetime.now()).left
            values["left"] = clock._length_told(max(left, 0))
            return env._("%(metric)s (%(agreement)s): due at %(due)s, %(left)s left", **values)
        return env._("%(metric)s (%(agreement)s): stands still", **values)

    def _length_told(self, seconds):
        """Return working seconds as hours and minutes; part of a minute counts as one."""
        minutes = -(-seconds // 60)
        return self.env["service_desk.escalation.rung"]._minutes_text(minutes)

    def _key_missed(self):
        missed = self.filtered(lambda clock: clock.is_missed and not clock.is_excused)
        return "sla_missed" if missed.filtered(lambda clock: clock.state != "cancelled") else False


def _goes_on(clock):
    return clock.state in ("running", "paused")


class ServiceDeskPlaceholder(models.AbstractModel):
    _inherit = "service_desk.placeholder"

    @api.model
    def _placeholders(self):
        return super()._placeholders() | {
            "ticket.service_levels": (
                self.env._("What is promised and how much time is left (colleagues only)"),
                self._service_levels_text,
            ),
            "ticket.promised": (
                self.env._("By when the requester was promised what"),
                self._promised_text,
            ),
        }

    def _service_levels_text(self, ticket, reader):
        """Return a line for each clock that goes on or was missed; nothing for people outside."""
        if not any(not user.share for user in reader.user_ids):
            return Markup()
        clocks = ticket.clock_ids.filtered(
            lambda clock: _goes_on(clock) or (clock.is_missed and clock.state != "cancelled")
        )
        return Markup("<br/>").join(escape(clock._line_told(ticket.env)) for clock in clocks)

    def _promised_text(self, ticket, reader):
        """Return what the agreement with the customer promises and is still to come."""
        clocks = ticket.clock_ids.filtered(
            lambda clock: clock.kind == "sla" and clock.state == "running" and clock.due_at
        )
        return Markup("<br/>").join(
            escape(f"{clock.metric_id.name}: {_moment(ticket.env, clock.due_at)}")
            for clock in clocks.sorted("due_at")
        )


def _moment(env, value):
    return format_datetime(env, value, dt_format="short") if value else ""
