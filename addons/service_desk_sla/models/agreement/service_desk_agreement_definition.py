"""An agreement as plain data: what a version keeps and clocks are counted by."""

from odoo import models


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    def _definition(self):
        """Return the agreement as plain data, as a version keeps it (docs/developers/service-levels.md).

        Validity, order and name are the agreement's own and hold at once; all that is here comes by publishing.
        """
        self.ensure_one()
        # sudo: a manager publishes parties as they are, also those that he may not see
        agreement_sudo = self.sudo().with_context(active_test=False, lang=None)
        metrics = agreement_sudo.line_ids.target_ids.metric_id
        return {
            "kind": agreement_sudo.kind,
            "name": agreement_sudo.name,
            "beside": agreement_sudo.runs_beside and agreement_sudo.kind == "sla",
            "scope": agreement_sudo._scope(),
            "parties": [row._party() for row in agreement_sudo.entitlement_ids.sorted("id")],
            "below": sorted(agreement_sudo.underpinning_ids.ids),
            "calendar": {
                "source": agreement_sudo.calendar_source,
                "calendar_id": agreement_sudo.calendar_id.id or None,
            },
            "pauses": {
                "waiting": agreement_sudo.waiting,
                "approval": agreement_sudo.pauses_for_approval,
            },
            "from": agreement_sudo.counts_from,
            "metrics": {metric.code: metric._definition() for metric in metrics},
            "lines": [line._definition() for line in agreement_sudo.line_ids.sorted()],
            "alerts": self._alert_definitions(),
        }

    def _scope(self):
        """Return what the agreement is about, and who keeps it."""
        return {
            "service_ids": sorted(self.service_ids.ids),
            "offering_ids": sorted(self.offering_ids.ids),
            "team_ids": sorted(self.team_ids.ids),
            "supplier_id": self.supplier_id.id or None,
        }

    def _alert_definitions(self):
        """Hook: the warnings and actions of the agreement as plain data."""
        return []

    def _time_zone(self, definition):
        """Return the time zone in which the first and the last day are meant."""
        calendar_id = definition["calendar"]["calendar_id"]
        calendar_sudo = self.env["resource.calendar"].sudo().browse(calendar_id or ()).exists()
        return calendar_sudo.tz or self.company_id.resource_calendar_id.tz or "UTC"
