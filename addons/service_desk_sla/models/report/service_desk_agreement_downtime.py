"""How long services of an agreement may be down in a month, and how long they were."""

from odoo import fields, models

from odoo.addons.service_desk.models.service_desk_priority_rule import IMPACTS

DOWNTIME_METRIC = "resolution"


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    downtime_allowed_minutes = fields.Integer(
        "Downtime Allowed",
        help="Minutes of working time in a month in which the services may be down. 0: nothing is said about it.",
    )
    downtime_type_ids = fields.Many2many(
        "service_desk.ticket.type",
        "service_desk_agreement_downtime_type_rel",
        "agreement_id",
        "type_id",
        "Tickets of Downtime",
        help="Tickets of these types mean that something is down. Empty: all types.",
    )
    downtime_impact = fields.Selection(
        IMPACTS, "From this Impact on", default="2", help="Empty: whatever the impact."
    )
    downtime_service_ids = fields.Many2many(
        "service_desk.service",
        "service_desk_agreement_downtime_service_rel",
        "agreement_id",
        "service_id",
        "Services That Count",
        check_company=True,
        help="With all that is part of them. Empty: all.",
    )

    _downtime_positive = models.Constraint(
        "CHECK (downtime_allowed_minutes >= 0)", "Downtime is no less than nothing."
    )

    def _downtime_domain(self):
        """Return which rows of the analysis are downtime."""
        self.ensure_one()
        domain = [("agreement_id", "=", self.id), ("metric_id.code", "=", DOWNTIME_METRIC)]
        if self.downtime_type_ids:
            domain.append(("type_id", "in", self.downtime_type_ids.ids))
        if self.downtime_impact:
            domain.append(("impact", ">=", self.downtime_impact))
        if self.downtime_service_ids:
            domain.append(("service_id", "child_of", self.downtime_service_ids.ids))
        return domain

    def _downtime_seconds(self, start, end, domain=()):
        """Return the seconds of working time between two moments in which at least one such ticket was unsolved.

        Tickets that overlap count once; what the clock of a ticket stood still counts not at all. Each clock goes by
        its own working hours.

        :param start: naive UTC
        :param end: naive UTC; what lies ahead of us is no downtime yet
        :param domain: narrows the tickets, for instance to those of one customer
        """
        self.ensure_one()
        end = min(end, fields.Datetime.now())
        rows = self.env["service_desk.sla.report"].search_fetch(
            [
                *self._downtime_domain(),
                *domain,
                ("outcome", "!=", "cancelled"),
                ("started_at", "<", end),
                "|",
                ("stopped_at", "=", False),
                ("stopped_at", ">", start),
            ],
            ["started_at"],
        )
        # sudo: the rows above are those that the reader may see
        clocks_sudo = self.env["service_desk.clock"].sudo().browse(rows.ids)
        clocks_sudo.fetch(["spans", "targets"])
        return total_seconds(
            period for clock in clocks_sudo for period in self._down_periods_sudo(clock, start, end)
        )

    def _down_periods_sudo(self, clock, start, end):
        """Return the periods of working time, within the two moments, in which a clock ran."""
        hours = self._hours_of_clock_sudo(clock)
        found = []
        for span in clock.spans or ():
            begin = max(start, fields.Datetime.to_datetime(span["from"]))
            until = min(end, fields.Datetime.to_datetime(span["to"]) or end)
            if span["kind"] == "run" and begin < until:
                found += hours.periods(begin, until)
        return found

    def _hours_of_clock_sudo(self, clock):
        """Return the working hours that a clock goes by at last."""
        target = (clock.targets or [{}])[-1]
        return self.env["service_desk.working.time"]._of_ids(
            target.get("calendar_id") or False, target.get("company_id") or False
        )


def total_seconds(periods):
    """Return the seconds that are in at least one of ``periods``, pairs of moments in any order."""
    total, reached = 0, None
    for start, end in sorted(periods):
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total += int((end - begin).total_seconds())
            reached = end
    return total
