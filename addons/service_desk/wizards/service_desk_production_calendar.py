from odoo import fields, models


class ServiceDeskProductionCalendar(models.TransientModel):
    """Puts the production calendar of Russia onto working hours, or takes it off."""

    _name = "service_desk.production.calendar"
    _description = "Production Calendar of Russia"

    def _selection_year(self):
        return [(year, year) for year in self.env["service_desk.calendar.day"]._production_years()]

    def _default_year(self, place):
        years = self.env["service_desk.calendar.day"]._production_years()
        this_year = str(fields.Date.context_today(self).year)
        return this_year if this_year in years else years[place]

    def _default_calendar_ids(self):
        """The calendars of the company that rest on Sundays: who works on all days has no holidays."""
        calendars = self.env["resource.calendar"].search(
            [("company_id", "in", self.env.companies.ids), ("flexible_hours", "=", False)]
        )
        return calendars.filtered(
            lambda calendar: (
                calendar.attendance_ids and "6" not in calendar.attendance_ids.mapped("dayofweek")
            )
        )

    first_year = fields.Selection(
        "_selection_year", "From Year", required=True, default=lambda self: self._default_year(0)
    )
    last_year = fields.Selection(
        "_selection_year", "To Year", required=True, default=lambda self: self._default_year(-1)
    )
    calendar_ids = fields.Many2many(
        "resource.calendar",
        string="Working Hours",
        required=True,
        default=lambda self: self._default_calendar_ids(),
        domain="[('flexible_hours', '=', False)]",
    )

    def action_load(self):
        """Load what is not there yet."""
        days = self.env["service_desk.calendar.day"]._load_production(*self._places())
        return self._say(self.env._("%(count)s special days were added.", count=len(days)))

    def action_remove(self):
        """Remove what was loaded; what was changed by hand since stays."""
        count = self.env["service_desk.calendar.day"]._remove_production(*self._places())
        return self._say(self.env._("%(count)s special days were removed.", count=count))

    def _places(self):
        self.ensure_one()
        years = self.env["service_desk.calendar.day"]._production_years()
        first, last = sorted((self.first_year, self.last_year))
        self.calendar_ids.check_access("write")
        return self.calendar_ids, [year for year in years if first <= year <= last]

    def _say(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
