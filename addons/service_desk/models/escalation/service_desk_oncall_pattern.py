"""The weekly pattern of a rota."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class ServiceDeskOncallPattern(models.Model):
    """Who is on duty from a weekday's hour to another's, every week or every so many weeks."""

    _name = "service_desk.oncall.pattern"
    _description = "On-call Pattern"
    _inherit = "service_desk.anchored.mixin"
    _order = "rank, weekday, hour_from, id"
    _anchors = frozenset({"oncall_id"})

    oncall_id = fields.Many2one(
        "service_desk.oncall", "Rota", required=True, ondelete="cascade", index=True
    )
    rank = fields.Integer("Order", default=1, help="1 is called first, 2 when he does not answer.")
    user_id = fields.Many2one(
        "res.users", "Person", required=True, domain="[('share', '=', False)]"
    )
    weekday = fields.Selection(WEEKDAYS, "From", required=True, default="0")
    hour_from = fields.Float("At", default=9.0)
    end_weekday = fields.Selection(WEEKDAYS, "To", required=True, default="0")
    hour_to = fields.Float("Until", default=9.0)
    every_weeks = fields.Integer("Every (weeks)", default=1)
    first_date = fields.Date(
        "First Week",
        default=fields.Date.context_today,
        help="Of a turn of several weeks: a day of the first week that is his.",
    )

    _numbers = models.Constraint(
        "CHECK (rank BETWEEN 1 AND 9 AND every_weeks BETWEEN 1 AND 52"
        " AND hour_from >= 0 AND hour_from <= 24 AND hour_to >= 0 AND hour_to <= 24)",
        "The order is from 1 to 9, a turn has 1 to 52 weeks, an hour is from 0 to 24.",
    )

    @api.constrains("user_id", "oncall_id")
    def _check_user(self):
        for pattern in self:
            self.env["service_desk.oncall.shift"]._check_may_be_on_duty(
                pattern.user_id, pattern.oncall_id.team_id
            )

    @api.constrains("every_weeks", "first_date")
    def _check_turn(self):
        if any(pattern.every_weeks > 1 and not pattern.first_date for pattern in self):
            raise ValidationError(
                self.env._("A turn of several weeks needs the first week, to count from.")
            )

    def _spans(self, since, until):
        """Return ``[(start, end)]`` in naive UTC of the pattern's shifts that touch a span of time."""
        self.ensure_one()
        zone = pytz.timezone(self.oncall_id.tz)
        local = pytz.utc.localize(since).astimezone(zone).date()
        monday = local - timedelta(days=local.weekday() + 7)
        spans = []
        while True:
            start, end = self._span_of_week(monday, zone)
            if start >= until:
                return spans
            if end > since and self._is_turn(monday):
                spans.append((start, end))
            monday += timedelta(days=7)

    def _is_turn(self, monday):
        if self.every_weeks == 1:
            return True
        first = self.first_date - timedelta(days=self.first_date.weekday())
        return (monday - first).days // 7 % self.every_weeks == 0

    def _span_of_week(self, monday, zone):
        start = self._moment(monday, int(self.weekday), self.hour_from, zone)
        end = self._moment(monday, int(self.end_weekday), self.hour_to, zone)
        if end <= start:  # over the end of the week: until next week's weekday
            end = self._moment(
                monday + timedelta(days=7), int(self.end_weekday), self.hour_to, zone
            )
        return start, end

    def _moment(self, monday, weekday, hour, zone):
        """Return a local hour as naive UTC; an hour that summer time leaves out is the one after it."""
        days, minutes = divmod(round(hour * 60), 24 * 60)
        day = monday + timedelta(days=weekday + days)
        naive = datetime.combine(day, time(*divmod(minutes, 60)))
        local = zone.normalize(zone.localize(naive, is_dst=False))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    # ------------------------------------------------------- changes plan anew
    @api.model_create_multi
    def create(self, vals_list):
        patterns = super().create(vals_list)
        patterns.oncall_id._plan()
        return patterns

    def write(self, vals):
        rotas = self.oncall_id
        result = super().write(vals)
        (rotas | self.oncall_id)._plan()
        return result

    def unlink(self):
        rotas = self.oncall_id
        result = super().unlink()
        rotas.exists()._plan()
        return result
