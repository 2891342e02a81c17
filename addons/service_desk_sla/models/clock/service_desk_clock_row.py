"""Rows of clocks: made of cycles, compared with what is stored, written by one statement each."""

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ... import clocks as engine

#: By what a clock is the same clock.
KEY = ("ticket_id", "slot", "metric_id", "cycle")
HISTORY = ("agreement_id", "version_id", "kind", "state", "reason", "spans", "targets", "excuses")
DERIVED = (
    "started_at", "stopped_at", "target_seconds", "used_seconds", "paused_seconds", "due_at", "missed_at",
    "late_seconds", "legs", "is_missed", "is_excused", "warn_at", "next_event_at", "quiet_until",
)  # fmt: skip
COLUMNS = (*KEY, *HISTORY, *DERIVED)
JSON_COLUMNS = ("spans", "targets", "excuses", "legs")
#: The countdown is amber from this part of the target on.
AMBER_PERCENT = 75
#: Rows of one statement: beyond that its text grows faster than the time it saves.
BATCH = 2000


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    @api.model
    def _stored_rows(self, ticket_ids):
        """Return ``{key: values}`` of the stored clocks of tickets, by one query."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM service_desk_clock WHERE ticket_id IN %s",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                tuple(ticket_ids),
            )
        )
        values = (dict(zip(COLUMNS, row, strict=True)) for row in rows)
        return {tuple(row[name] for name in KEY): row for row in values}

    # ------------------------------------------------------------------- making
    @api.model
    def _row_of_history(self, ticket_id, cycle):
        """Return the values of a cycle that do not depend on working hours."""
        version_id = next(
            (target.version_id for target in reversed(cycle.targets) if target.version_id), None
        )
        agreement_id, definition = self._kept_version(version_id)
        return {
            "ticket_id": ticket_id,
            "slot": cycle.slot,
            "metric_id": self._metric_ids()[cycle.metric],
            "cycle": cycle.number,
            "agreement_id": agreement_id,
            "version_id": version_id,
            "kind": definition["kind"],
            "state": cycle.outcome,
            "reason": cycle.reason,
            "spans": cycle.spans_data(),
            "targets": [
                {**target._asdict(), "at": fields.Datetime.to_string(target.at)}
                for target in cycle.targets
            ],
            "excuses": cycle.excuses_data(),
            "started_at": cycle.started_at,
            "stopped_at": cycle.stopped_at,
        }

    @api.model
    def _read_row(self, row, cycle, hours_of, now):
        """Put into ``row`` what the cycle says by the working hours; return its :class:`Reading` as of ``now``.

        What is used is kept as of the last event, so that reading it a second time finds the same.
        """
        reading = engine.read(cycle, hours_of)
        row.update(
            targets=cycle.targets_data(reading),
            used_seconds=reading.used,
            paused_seconds=reading.paused,
            legs=legs_of(reading),
        )
        if cycle.outcome in ("running", "paused") and reading.now != now:
            reading = engine.read(cycle, hours_of, now)
        row.update(
            state=reading.state,
            target_seconds=reading.target_seconds,
            due_at=reading.due,
            missed_at=reading.missed_at,
            late_seconds=reading.late if row["stopped_at"] else None,
            is_missed=reading.is_missed,
            is_excused=reading.is_excused,
            warn_at=reading.moment_of(AMBER_PERCENT) if reading.due else None,
        )
        return reading

    # ------------------------------------------------------------------ storing
    @api.model
    def _store(self, rows, stored):
        """Write the rows that differ from what is stored, and delete those that are no more."""
        changed = [row for key, row in rows.items() if not is_same(row, stored.get(key))]
        gone = [key for key in stored if key not in rows]
        for start in range(0, len(changed), BATCH):
            self._upsert(changed[start : start + BATCH])
        if gone:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM service_desk_clock WHERE (%s) IN (%s)",
                    SQL(", ").join(map(SQL.identifier, KEY)),
                    SQL(", ").join(gone),
                )
            )
        if changed or gone:
            self.invalidate_model(flush=False)
            self.env["service_desk.ticket"].invalidate_model(["clock_ids"], flush=False)

    @api.model
    def _upsert(self, rows):
        log = ("create_uid", "create_date", "write_uid", "write_date")
        uid, now = self.env.uid, self.env.cr.now()
        names = (*COLUMNS, *log)
        values = [
            (
                *(Json(row[name]) if name in JSON_COLUMNS else row.get(name) for name in COLUMNS),
                uid,
                now,
                uid,
                now,
            )
            for row in rows
        ]
        updated = [name for name in names if name not in (*KEY, "create_uid", "create_date")]
        self.env.cr.execute(
            SQL(
                "INSERT INTO service_desk_clock (%s) VALUES %s ON CONFLICT (%s) DO UPDATE SET %s",
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(values),
                SQL(", ").join(map(SQL.identifier, KEY)),
                SQL(", ").join(
                    SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
                    for name in updated
                ),
            )
        )


def legs_of(reading):
    """Return who used, and who held up, how much working time until the last event."""
    legs = {}
    for piece in reading.pieces:
        if piece.start <= reading.now:
            span = piece.span
            kind = "run" if piece.runs else "pause"
            leg = (kind, span.reason, span.reason_id, span.hand, span.hand_id)
            legs[leg] = legs.get(leg, 0) + reading.work_until_now(piece)
    names = ("kind", "reason", "reason_id", "hand", "hand_id")
    return [{**dict(zip(names, leg, strict=True)), "seconds": used} for leg, used in legs.items()]


def plain_targets(targets):
    """Return targets without what working hours made of them."""
    return [
        {name: value for name, value in target.items() if name != "seconds"}
        for target in targets or ()
    ]


def is_same(row, known):
    """Tell whether a row is stored as it is."""
    return bool(known) and all((row.get(name) or None) == (known[name] or None) for name in COLUMNS)
