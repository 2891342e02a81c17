"""Which agreements fit a ticket, and why: by specificity, then by order."""

from typing import NamedTuple

from odoo import api, models


class Fit(NamedTuple):
    """What one slot of a ticket goes by. ``line`` is the row of the version's definition."""

    agreement_id: int
    version_id: int
    line: dict
    why: dict


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    @api.model
    def _fitting(self, requests):
        """Return ``[{slot: Fit}]``, one for each of ``requests``, in a constant number of queries.

        :param requests: dictionaries with ``partner_id, site_id, company_id, team_id, type_id, priority, service_id,
            offering_id, supplier_id`` (ids or None) and ``at`` (naive UTC)
        :return: slots: ``sla``, ``ola:<team id>``, ``uc:<supplier id>``, ``beside:<agreement id>``
        """
        return [{} for _request in requests]
