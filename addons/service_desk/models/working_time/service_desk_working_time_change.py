"""A change of working time drops what is kept, and tells once a transaction who is concerned."""

import logging

from odoo import api, models

_logger = logging.getLogger(__name__)

CHANGED = "service_desk.working.time"


class ServiceDeskWorkingTime(models.AbstractModel):
    _inherit = "service_desk.working.time"

    @api.model
    def _note_change(self, calendar_ids):
        """Note that the hours of calendars change now.

        :param calendar_ids: ids; a false one among them stands for all calendars
        """
        calendar_ids = set(calendar_ids)
        if not calendar_ids:
            return
        self.env.registry.clear_cache()
        precommit = self.env.cr.precommit
        if CHANGED not in precommit.data:
            precommit.data[CHANGED] = set()
            precommit.add(self._tell_change)
        precommit.data[CHANGED] |= calendar_ids

    def _tell_change(self):
        """Call the hook with what was noted in this transaction."""
        noted = self.env.cr.precommit.data.pop(CHANGED, set())
        calendar_ids = set() if False in noted else noted
        _logger.info(
            "Working time of calendars %s changed by user %s",
            sorted(calendar_ids) or "(all)",
            self.env.uid,
        )
        self._check_used_open_sudo(calendar_ids)
        self._on_hours_changed(calendar_ids)

    @api.model
    def _on_hours_changed(self, calendar_ids):
        """Hook: working time was changed in this transaction, which is about to be committed.

        It runs with the rights of whoever changed it, who need not know the desk.

        :param set calendar_ids: the calendars concerned; empty means all of them (a holiday of all calendars)
        """
