"""For the records that working time is made of: a change of one is noted with its calendars."""

from odoo import api, models


class ServiceDeskHoursMixin(models.AbstractModel):
    _name = "service_desk.hours.mixin"
    _description = "Source of Working Time"

    #: The fields that working time is made of; another name changes nothing.
    _hours_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._note_hours_change()
        return records

    def write(self, vals):
        changed = self._with_changed_hours(vals)
        changed._note_hours_change()  # where they were
        result = super().write(vals)
        changed._note_hours_change()  # where they are
        return result

    def unlink(self):
        self._note_hours_change()
        return super().unlink()

    def _hours_calendar_ids(self):
        """Return the ids of the calendars concerned; a false one stands for all calendars."""
        return []

    def _note_hours_change(self):
        calendar_ids = self._hours_calendar_ids()
        if calendar_ids:
            self.env["service_desk.working.time"]._note_change(calendar_ids)

    def _with_changed_hours(self, vals):
        """Return the records of which ``vals`` really change working time."""
        fields = [self._fields[name] for name in self._hours_fields & vals.keys()]
        return self.filtered(
            lambda record: any(
                field.convert_to_cache(vals[field.name], record)
                != field.convert_to_cache(record[field.name], record)
                for field in fields
            )
        )
