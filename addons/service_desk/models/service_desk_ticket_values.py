"""Values that a person sends are what their field takes, or are refused with a sentence.

Odoo answers a text where a date belongs, or a number no column holds, with a traceback. Whatever calls us
from outside gets a word it can show, before anything is written.
"""

import math
from collections import defaultdict
from collections.abc import Mapping

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Longest text a person may send; pictures in it are files of their own and do not count.
LONGEST_TEXT = {"char": 100_000, "text": 1_000_000, "html": 5_000_000}
#: Moments before or after have no meaning for a ticket, and break calendars.
YEARS = range(1970, 2200)
BIGGEST_INTEGER = 2**31


def _is_id(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < BIGGEST_INTEGER


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_values(vals)
            self._check_known_records(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_values(vals)
            self._check_known_records([vals])
        return super().write(vals)

    @api.model
    def _check_values(self, vals):
        """Refuse values that their fields cannot take.

        :raises ValidationError: names the field and the value
        """
        if not isinstance(vals, dict):
            raise ValidationError(self.env._("The values of a ticket must be named by its fields."))
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None:
                raise ValidationError(
                    self.env._("A ticket has no field “%(name)s”.", name=str(name)[:64])
                )
            if value is False or value is None:
                continue
            check = getattr(self, f"_is_{field.type}", None)
            if check and not check(field, value):
                raise self._refused_value(field, value)

    @api.model
    def _check_known_records(self, vals_list):
        """Refuse ids of records that do not exist: one query for each model, whatever the batch.

        :raises ValidationError: names the field and the id
        """
        asked = defaultdict(dict)
        for vals in vals_list:
            for name, value in vals.items():
                if value and self._fields[name].type == "many2one":
                    asked[self._fields[name].comodel_name][value] = self._fields[name]
        stages = asked.get("service_desk.stage", {})
        # kept in memory: every move of a ticket asks
        for stage_id in stages.keys() & self.env["service_desk.stage"]._known_stages().keys():
            stages.pop(stage_id)
        for model, field_by_id in asked.items():
            unknown = field_by_id.keys() - set(self.env[model].browse(field_by_id).exists().ids)
            for value in sorted(unknown):
                raise self._refused_value(field_by_id[value], value)

    def _refused_value(self, field, value):
        return ValidationError(
            self.env._(
                "“%(field)s” cannot be “%(value)s”.",
                field=field._description_string(self.env),
                value=str(value)[:64],
            )
        )

    # One small judge for each kind of field; a kind without one takes what Odoo takes.
    def _is_char(self, field, value):
        return (
            isinstance(value, str)
            and "\x00" not in value
            and len(value) <= LONGEST_TEXT[field.type]
        )

    _is_text = _is_char
    _is_html = _is_char

    def _is_boolean(self, field, value):
        return value in (0, 1)

    def _is_integer(self, field, value):
        return isinstance(value, int) and -BIGGEST_INTEGER < value < BIGGEST_INTEGER

    def _is_float(self, field, value):
        return isinstance(value, int | float) and math.isfinite(value) and abs(value) < 1e15

    def _is_selection(self, field, value):
        return isinstance(value, str) and value in field.get_values(self.env)

    def _is_many2one(self, field, value):
        return _is_id(value)  # whether it exists is asked for the whole batch

    def _is_datetime(self, field, value):
        try:
            moment = fields.Datetime.to_datetime(value)
        except (TypeError, ValueError):
            return False
        return moment.year in YEARS

    def _is_many2many(self, field, value):
        """Commands with whole ids; a list of ids alone counts as well."""
        if not isinstance(value, list | tuple):
            return False
        return all(_is_id(item) or self._is_command(item) for item in value)

    _is_one2many = _is_many2many

    def _is_command(self, item):
        if not isinstance(item, list | tuple) or not 1 <= len(item) <= 3:
            return False
        code = item[0]
        if isinstance(code, bool) or code not in range(7):
            return False
        if code in (1, 2, 3, 4):
            return len(item) > 1 and _is_id(item[1])
        return code != 6 or (
            len(item) == 3 and isinstance(item[2], list | tuple) and all(map(_is_id, item[2]))
        )

    def _is_properties(self, field, value):
        """Values by name, or the rows of the screen."""
        if isinstance(value, Mapping):
            return all(isinstance(name, str) for name in value)
        return isinstance(value, list) and all(
            isinstance(row, dict) and "name" in row for row in value
        )
