"""Special days: dates on which other hours hold than those of the week."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...worktime import HoursError, SpecialDay, format_hours, parse_hours
from ...worktime.moments import DAY

KINDS = [("off", "Day off"), ("hours", "Working hours"), ("like", "Hours of the week")]
#: What a day is made of; changing it by hand makes a loaded day one's own.
SHAPE_FIELDS = frozenset({"date", "kind", "hours", "weekday", "less_minutes"})


class ServiceDeskCalendarDay(models.Model):
    """One date of one calendar, or of all calendars of a company: what replaces its weekly hours.

    A day of the calendar itself goes before one of all calendars. A holiday (a leave without a resource) closes the day
    whatever is said here; a leave of some hours cuts them out.
    """

    _name = "service_desk.calendar.day"
    _description = "Special Day"
    _inherit = "service_desk.hours.mixin"
    _order = "date, id"
    _check_company_auto = True
    _hours_fields = SHAPE_FIELDS | {"calendar_id", "company_id"}

    name = fields.Char(required=True, translate=True)
    date = fields.Date(required=True, index=True, default=fields.Date.context_today)
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Empty: it holds for all calendars of the company.",
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        help="Empty: it holds for all companies.",
    )
    kind = fields.Selection(KINDS, required=True, default="off")
    hours = fields.Char(
        "Hours Open",
        help="For example 9-13, 14-17:30. Midnight at the end of the day is 24.",
    )
    weekday = fields.Selection(
        lambda self: self.env["resource.calendar.attendance"]._fields["dayofweek"].selection,
        "As On",
        help="The weekly hours of this day hold: for a Saturday worked instead of a Monday, Monday. Empty: its own.",
    )
    less_minutes = fields.Integer(
        "Shorter by (minutes)",
        help="The day ends earlier by so much: 60 before a holiday in Russia.",
    )
    source = fields.Char(
        readonly=True, copy=False, help="The production calendar that it was loaded from."
    )
    opening = fields.Char("Open During", compute="_compute_opening")

    _one_a_day = models.UniqueIndex(
        "(date, COALESCE(calendar_id, 0), COALESCE(company_id, 0))",
        "This date is there already for these working hours.",
    )
    _less_minutes_not_negative = models.Constraint(
        "CHECK(less_minutes >= 0 AND less_minutes <= 1440)",
        "A day is shorter by 0 to 1440 minutes.",
    )

    @api.depends("calendar_id")
    def _compute_company_id(self):
        for day in self:
            company = day.calendar_id.company_id or day.company_id
            day.company_id = company or (not day._origin and self.env.company)

    @api.depends("kind", "hours", "weekday", "less_minutes")
    @api.depends_context("lang")
    def _compute_opening(self):
        weekdays = dict(self._fields["weekday"]._description_selection(self.env))
        for day in self:
            day.opening = day._opening(weekdays)

    def _opening(self, weekdays):
        """Return in words when it is open."""
        if self.kind == "off":
            return self.env._("Closed all day")
        if self.kind == "hours":
            return self.hours or ""
        name = weekdays.get(self.weekday, self.env._("usual hours"))
        if self.less_minutes:
            return self.env._("%(day)s, %(minutes)s min less", day=name, minutes=self.less_minutes)
        return name

    @api.constrains("kind", "hours")
    def _check_hours(self):
        for day in self.filtered(lambda day: day.kind == "hours"):
            day._read_hours(day.hours)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_tidy_hours(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._with_tidy_hours(vals)
        if SHAPE_FIELDS & vals.keys() and "source" not in vals:
            vals["source"] = False
        return super().write(vals)

    def _with_tidy_hours(self, vals):
        """Return ``vals`` with the hours written in the one form: 09:00–13:00, 14:00–17:30."""
        if not vals.get("hours"):
            return dict(vals)
        return dict(vals, hours=format_hours(self._read_hours(vals["hours"])))

    def _read_hours(self, text):
        """Return the pairs of seconds of a text; a clear refusal of what is none."""
        try:
            return parse_hours(text)
        except HoursError as error:
            raise ValidationError(self._hours_refusal(error)) from error

    def _hours_refusal(self, error):
        part = error.part
        if error.kind == "order":
            return self.env._(
                "“%(part)s” ends before it begins. Midnight is written 24:00; hours after it belong to the next day.",
                part=part,
            )
        if error.kind == "overlap":
            return self.env._("“%(part)s” overlaps the hours before it.", part=part)
        if error.kind == "time":
            return self.env._("“%(part)s” is not a time of day.", part=part)
        return self.env._("“%(part)s” is not understood. Write hours as 9-13, 14-17:30.", part=part)

    def _hours_calendar_ids(self):
        return [day.calendar_id.id for day in self]

    def _plain(self):
        """Return it as plain data for the tables of working time."""
        self.ensure_one()
        if self.kind == "off":
            return SpecialDay()
        if self.kind == "hours":
            return SpecialDay(hours=parse_hours(self.hours))
        weekday = int(self.weekday) if self.weekday else None
        return SpecialDay(None, weekday, min(self.less_minutes * 60, DAY))
