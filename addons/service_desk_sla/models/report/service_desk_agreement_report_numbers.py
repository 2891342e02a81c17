"""Counting a month: one statement copies the clocks, one sums them up, and the missed ones are explained."""

from datetime import datetime, time

import pytz
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_datetime

COUNTED = ("met", "missed", "excused")
#: What the log tells of when a month is counted anew.
LOGGED = ("ticket_count", "missed_count", "compliance", "downtime_minutes")


class ServiceDeskAgreementReport(models.Model):
    _inherit = "service_desk.agreement.report"

    def _count_sudo(self):
        """Count the clocks whose outcome was decided in the month; the lines are written anew.

        sudo: a report tells of all tickets of the agreement, whoever asks for it; who may ask is asked before.
        """
        self.ensure_one()
        report = self.sudo().with_context(lang=self.lang)
        before = {name: report[name] for name in LOGGED} if report.generated_at else None
        report._make_lines()
        report._explain_misses()
        numbers = report._sum_up()
        report.write(
            {
                "numbers": numbers,
                "generated_at": fields.Datetime.now(),
                "ticket_count": numbers["tickets"],
                "missed_count": numbers["tickets_missed"],
                "compliance": numbers["tickets_percent"] or 0,
                "downtime_minutes": numbers["downtime_seconds"] // 60,
                "downtime_allowed_minutes": report.agreement_id.downtime_allowed_minutes,
            }
        )
        self._log_count(before)

    def _log_count(self, before):
        """Tell in the chatter what counting anew has changed."""
        if before is None:
            return
        changes = [
            f"{self._fields[name]._description_string(self.env)}: {before[name]:g} → {self[name]:g}"
            for name in LOGGED
            if before[name] != self[name]
        ]
        body = "; ".join(changes) or self.env._("Counted anew: nothing is different.")
        self.message_post(body=body)

    # ------------------------------------------------------------------- bounds
    def _tz(self):
        """Return the time zone in which the month begins and ends."""
        return pytz.timezone(self.agreement_id._reporting_tz())

    def _bounds(self):
        """Return the first moments of the month and of the next one, naive UTC."""
        self.ensure_one()
        return tuple(
            self._tz()
            .localize(datetime.combine(day, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in (self.month, self.month + relativedelta(months=1))
        )

    def _rows_domain(self):
        """Return which rows of the analysis the report tells of."""
        start, end = self._bounds()
        return [
            ("agreement_id", "=", self.agreement_id.id),
            ("outcome", "in", COUNTED),
            ("decided_at", ">=", start),
            ("decided_at", "<", end),
            *self._customer_domain(),
        ]

    def _customer_domain(self):
        if not self.customer_id:
            return []
        return [("commercial_partner_id", "child_of", self.customer_id.id)]

    # -------------------------------------------------------------------- lines
    def _make_lines(self):
        """Write a line for each clock, by one statement however many there are."""
        lines = self.env["service_desk.agreement.report.line"]
        lines.flush_model()
        self.env.cr.execute(
            SQL("DELETE FROM service_desk_agreement_report_line WHERE report_id = %s", self.id)
        )
        rows = self.env["service_desk.sla.report"]._search(self._rows_domain(), bypass_access=True)
        self.flush_recordset()
        self.env["service_desk.ticket"].flush_model(["name", "number"])
        self.env["service_desk.team"].flush_model(["is_private"])
        self.env["service_desk.clock"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO service_desk_agreement_report_line (
                    report_id, ticket_id, clock_id, number, name, metric_id, priority, opened_at, due_at, stopped_at,
                    target_seconds, used_seconds, late_seconds, paused_seconds, outcome)
                SELECT %(report)s, r.ticket_id, c.id, t.number,
                    CASE WHEN %(open)s OR NOT (t.is_confidential IS TRUE OR team.is_private IS TRUE)
                         THEN t.name END,
                    c.metric_id, t.priority, t.create_date, c.due_at, c.stopped_at, c.target_seconds,
                    COALESCE(c.used_seconds, 0), COALESCE(c.late_seconds, 0), COALESCE(c.paused_seconds, 0), r.outcome
                FROM (%(rows)s) r
                JOIN service_desk_clock c ON c.id = r.id
                JOIN service_desk_ticket t ON t.id = c.ticket_id
                JOIN service_desk_team team ON team.id = t.team_id
                """,
                report=self.id,
                open=self.agreement_id.report_shows_confidential,
                rows=rows.select(
                    *(
                        self.env["service_desk.sla.report"]._field_to_sql(rows.table, name, rows)
                        for name in ("id", "ticket_id", "outcome")
                    )
                ),
            )
        )
        lines.invalidate_model()
        self.invalidate_recordset(["line_ids"])

    def _explain_misses(self):
        """Name the leg of the chain that lost the time of each missed clock, and why it was excused."""
        lines = self.line_ids.filtered(lambda line: line.outcome in ("missed", "excused"))
        rows = self.env["service_desk.sla.report"].browse(lines.clock_id.ids)
        losses = rows._losses()
        excuses = self._excuses(lines.clock_id)
        for line in lines:
            loss = losses.get(line.clock_id.id, {})
            line.lost_hand = loss.get("hand")
            line.lost_by = loss.get("label")
            line.excuse = line.outcome == "excused" and excuses.get(line.clock_id.id)

    def _excuses(self, clocks):
        """Return ``{clock id: text}``, why each of ``clocks`` was excused: what was said last counts."""
        corrections = self.env["service_desk.clock.correction"].search(
            [
                ("ticket_id", "in", clocks.ticket_id.ids),
                ("kind", "=", "excuse"),
                ("is_revoked", "=", False),
            ],
            order="id",
        )
        by_ticket = corrections.grouped("ticket_id")
        found = {}
        for clock in clocks:
            for correction in by_ticket.get(clock.ticket_id, ()):
                if correction._concerns(clock):
                    words = (correction.reason_id.name, correction.note)
                    found[clock.id] = ": ".join(word for word in words if word)
        return found

    # ------------------------------------------------------------------ numbers
    def _sum_up(self):
        """Return what stands on the paper, as plain data; durations are seconds of working time."""
        start, end = self._bounds()
        total = self._sum_tickets()
        return {
            "start": fields.Datetime.to_string(start),
            "end": fields.Datetime.to_string(end),
            "tz": str(self._tz()),
            **total,
            "metrics": self._sum_metrics(),
            "hands": self._sum_hands(),
            "losses": self._sum_losses(),
            "downtime_allowed_seconds": 60 * self.agreement_id.downtime_allowed_minutes,
            "downtime_seconds": self.agreement_id._downtime_seconds(
                start, end, self._customer_domain()
            ),
        }

    def _sum_tickets(self):
        """Return how many tickets there were, and in how many of them nothing was missed."""
        lines = self.env["service_desk.agreement.report.line"]
        mine = [("report_id", "=", self.id)]
        tickets = dict(lines._read_group(mine, ["outcome"], ["number:array_agg"]))
        numbers = {outcome: set(tickets.get(outcome, ())) for outcome in COUNTED}
        every, missed = set().union(*numbers.values()), numbers["missed"]
        counted = numbers["met"] | missed
        return {
            "tickets": len(every),
            "tickets_missed": len(missed),
            "tickets_excused": len(numbers["excused"]),
            "tickets_percent": percent(len(counted - missed), len(counted)),
        }

    def _sum_metrics(self):
        """Return for each metric how often it was kept, and of the time used how much lay within the target."""
        lines = self.env["service_desk.agreement.report.line"]
        found = {}
        for metric, outcome, count, target, used, late, paused in lines._read_group(
            [("report_id", "=", self.id)],
            ["metric_id", "outcome"],
            [
                "__count",
                "target_seconds:sum",
                "used_seconds:sum",
                "late_seconds:sum",
                "paused_seconds:sum",
            ],
        ):
            entry = found.setdefault(
                metric.id, {"name": metric.name, **dict.fromkeys((*COUNTED, *SUMS), 0)}
            )
            entry[outcome] += count
            for name, value in zip(SUMS, (target, used, late, paused), strict=True):
                entry[name] += value
        for entry in found.values():
            entry["percent"] = percent(entry["met"], entry["met"] + entry["missed"])
            entry["minutes_percent"] = percent(entry["used"] - entry["late"], entry["used"])
        return list(found.values())

    def _sum_hands(self):
        """Return in whose hands the working time was, running and standing still; longest first."""
        rows = self.env["service_desk.sla.leg.report"]._read_group(
            self._rows_domain(), ["hand", "leg_kind"], ["hours:sum"]
        )
        found = {}
        for hand, kind, hours in rows:
            found.setdefault(hand, {"hand": hand, "run": 0, "pause": 0})[kind] = round(hours * 3600)
        return sorted(found.values(), key=lambda entry: -(entry["run"] + entry["pause"]))

    def _sum_losses(self):
        """Return which legs of the chain lost how many clocks and how much time; most first."""
        rows = self.env["service_desk.agreement.report.line"]._read_group(
            [("report_id", "=", self.id), ("lost_hand", "!=", False), ("outcome", "=", "missed")],
            ["lost_hand", "lost_by"],
            ["__count", "late_seconds:sum"],
        )
        found = [
            {"hand": hand, "label": label, "count": count, "late": late}
            for hand, label, count, late in rows
        ]
        return sorted(found, key=lambda entry: (-entry["late"], -entry["count"]))

    def _moment(self, value):
        """Return a moment as it stands on the paper: in the language and the time zone of the report."""
        if not value:
            return ""
        return format_datetime(
            self.env, value, tz=str(self._tz()), dt_format="short", lang_code=self.lang
        )


SUMS = ("target", "used", "late", "paused")


def percent(part, whole):
    """Return ``part`` of ``whole`` in percent, to a tenth and never rounded up to 100; None of nothing."""
    return (1000 * part // whole) / 10 if whole else None
