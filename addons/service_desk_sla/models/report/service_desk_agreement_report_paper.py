"""What stands on the paper: rows of its tables, durations and shares as people read them."""

from odoo import models

from .service_desk_sla_chain import hand_names

#: Tickets printed in the table; beyond them the paper says how many more there are.
PRINTED = 1000


class ServiceDeskAgreementReport(models.Model):
    _inherit = "service_desk.agreement.report"

    def _tickets_printed(self):
        """Return ``[(number, subject, [line or None for each metric])]`` of the tickets on the paper, missed first.

        sudo: who may print the report may read its lines.
        """
        self.ensure_one()
        lines_sudo = self.sudo().line_ids
        metrics = self._metrics_printed()
        rows = {}
        for line in lines_sudo:
            row = rows.setdefault(
                line.number, {"lines": {}, "name": line.name, "opened": line.opened_at}
            )
            known = row["lines"].get(line.metric_id.id)
            # of several cycles of one metric the worst one stands on the paper
            if not known or (line.outcome != "met", line.late_seconds) > (
                known.outcome != "met",
                known.late_seconds,
            ):
                row["lines"][line.metric_id.id] = line
        order = sorted(
            rows,
            key=lambda number: (
                not any(line.outcome != "met" for line in rows[number]["lines"].values()),
                rows[number]["opened"],
                number,
            ),
        )
        return [
            (
                number,
                rows[number]["name"],
                rows[number]["opened"],
                [rows[number]["lines"].get(metric.id) for metric in metrics],
            )
            for number in order[:PRINTED]
        ]

    def _metrics_printed(self):
        """Return the metrics that are columns of the paper."""
        return self.sudo().line_ids.metric_id.sorted(lambda metric: (metric.sequence, metric.id))

    def _misses_printed(self):
        """Return the lines that were missed, the excused ones last."""
        return (
            self.sudo()
            .line_ids.filtered(lambda line: line.outcome != "met")
            .sorted(lambda line: (line.outcome == "excused", -line.late_seconds, line.number))[
                :PRINTED
            ]
        )

    def _duration(self, seconds):
        """Return a duration as it stands on the paper: hours and minutes."""
        minutes = (seconds or 0) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"

    def _percent(self, value):
        """Return a share as it stands on the paper; a dash of nothing."""
        if value is None or value is False:
            return "–"
        text = f"{value:.1f}" if value % 1 else f"{value:.0f}"
        point = self.env["res.lang"]._get_data(code=self.lang).decimal_point or "."
        return f"{text.replace('.', point)} %"

    def _hand_names(self):
        """Return ``{hand: name}`` in the language of the paper."""
        return hand_names(self.env(context={**self.env.context, "lang": self.lang}))
