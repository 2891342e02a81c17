"""Production calendars that come as data: holidays, transferred and shortened days of a country."""

import json
from pathlib import Path

from odoo import api, models
from odoo.tools import file_open, file_path
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

FOLDER = "service_desk/data/production_calendars"
COUNTRY = "ru"
#: What the keys of the files mean.
NAMES = {
    "new_year": _lt("New Year Holidays"),
    "christmas": _lt("Orthodox Christmas"),
    "defender": _lt("Defender of the Fatherland Day"),
    "women": _lt("International Women's Day"),
    "labour": _lt("Spring and Labour Day"),
    "victory": _lt("Victory Day"),
    "russia": _lt("Russia Day"),
    "unity": _lt("National Unity Day"),
    "transfer": _lt("Day off transferred from a weekend"),
    "work": _lt("Working Saturday"),
    "short": _lt("Short day before a holiday"),
}


class ServiceDeskCalendarDay(models.Model):
    _inherit = "service_desk.calendar.day"

    @api.model
    def _production_years(self):
        """Return the years for which there is a production calendar, as text."""
        files = Path(file_path(FOLDER)).glob(f"{COUNTRY}_*.json")
        return sorted(file.stem.removeprefix(f"{COUNTRY}_") for file in files)

    @api.model
    def _production_days(self, year):
        """Return ``[(date text, key of its name, values)]`` of a year."""
        with file_open(f"{FOLDER}/{COUNTRY}_{year}.json") as file:
            content = json.load(file)
        days = [(date, key, {"kind": "off"}) for date, key in content["off"].items()]
        for date, shape in {**content["short"], **content["work"]}.items():
            key = "work" if date in content["work"] else "short"
            days.append((date, key, {"kind": "like", **shape}))
        return [
            (date, key, {"weekday": False, "less_minutes": 0, "hours": False, **vals})
            for date, key, vals in days
        ]

    @api.model
    def _load_production(self, calendars, years):
        """Put the production calendar of some years onto calendars; what is there already stays as it is.

        :return: the days that are new
        """
        there = {
            (day.calendar_id, str(day.date)) for day in self.search(self._in(calendars, years))
        }
        keys, vals_list = [], []
        for year in years:
            for date, key, shape in self._production_days(year):
                for calendar in calendars:
                    if (calendar, date) not in there:
                        keys.append(key)
                        vals_list.append(self._production_vals(calendar, date, key, shape))
        days = self.with_context(lang="en_US").create(vals_list).with_env(self.env)
        days._name_in_all_languages(keys)
        return days

    @api.model
    def _remove_production(self, calendars, years):
        """Take it off again; days that somebody has changed are his own by then and stay.

        :return: how many were removed
        """
        domain = [*self._in(calendars, years), ("source", "=like", f"{COUNTRY}\\_%")]
        days = self.search(domain)
        days.unlink()
        return len(days)

    @staticmethod
    def _in(calendars, years):
        first, last = min(years, default="9999"), max(years, default="0001")
        return [
            ("calendar_id", "in", calendars.ids),
            ("date", ">=", f"{first}-01-01"),
            ("date", "<=", f"{last}-12-31"),
        ]

    def _production_vals(self, calendar, date, key, shape):
        return {
            "name": self.with_context(lang="en_US").env._(NAMES[key]),
            "date": date,
            "calendar_id": calendar.id,
            "company_id": (calendar.company_id or self.env.company).id,
            "source": f"{COUNTRY}_{date[:4]}",
            **shape,
        }

    def _name_in_all_languages(self, keys):
        by_key = {}
        for day, key in zip(self, keys, strict=True):
            by_key[key] = by_key.get(key, self.browse()) | day
        for code, _name in self.env["res.lang"].get_installed():
            if code == "en_US":
                continue
            for key, days in by_key.items():
                translated = days.with_context(lang=code)
                translated.write({"name": translated.env._(NAMES[key])})
