"""Fill a database with years of tickets and their clocks by SQL, without conversations."""

import sys
import time

from odoo.tools import SQL

from . import fill_sides
from .fill import Fill, _WithoutIndexes

AGREEMENTS = 20
#: Clocks of a ticket: first response and resolution of the customer's agreement, and every second time an OLA.
CLOCKS_OF_TEN_TICKETS = 25


class ClockFill(Fill):
    """Brings one database to a number of clocks that have stopped, a fiftieth of them missed and still running."""

    def reach_clocks(self, size):
        """Add tickets with clocks until there are ``size`` clocks."""
        begin = time.monotonic()
        wanted = size * 10 // CLOCKS_OF_TEN_TICKETS
        side = fill_sides.OURS
        count = wanted - self._count(side.table)
        if count <= 0:
            return
        self.cr.execute("SELECT setseed(0.42)")
        self._partners(max(wanted // 20, 60))
        agreements = self._agreements()
        sample = side.sample(self.firm)["ticket"]
        self.env.flush_all()
        base = self._next_id(side.table)
        with _WithoutIndexes(self.cr):
            self._copy(side.table, sample, count, side.columns(self, base, count))
        self._clocks(agreements, base)
        self.env.cr.commit()
        sys.stderr.write(f"  filled to {size:,} clocks in {time.monotonic() - begin:.0f} s\n")

    def _agreements(self):
        """Return (ids of SLAs, id of an OLA): as drafts, so that they fit no ticket by themselves."""
        model = self.env["service_desk.agreement"]
        slas = model.search([("name", "=like", "Bench SLA %")])
        if not slas:
            teams = self.firm.teams[0].ids
            names = [("sla", f"Bench SLA {number}") for number in range(AGREEMENTS)]
            made = model.create(
                [
                    {
                        "name": name,
                        "kind": kind,
                        "team_ids": [(6, 0, teams if kind == "ola" else [])],
                    }
                    for kind, name in [*names, ("ola", "Bench OLA")]
                ]
            )
            for agreement in made:
                agreement.version_id = self.env["service_desk.agreement.version"].create(
                    {
                        "agreement_id": agreement.id,
                        "number": 1,
                        "definition": agreement._definition(),
                    }
                )
            slas = made[:-1]
        ola = model.search([("name", "=", "Bench OLA")])
        return slas.ids, ola.id

    def _clocks(self, agreements, base):
        """Add the clocks of the tickets after ``base``: one in ten is missed."""
        slas, ola = agreements
        metrics = self.env["service_desk.metric"]
        response = metrics._by_code("first_response").id
        resolution = metrics._by_code("resolution").id
        sla = SQL("(%s)[1 + t.id %% %s]", slas, len(slas))
        team = self.firm.teams[0].id
        legs = SQL(
            "jsonb_build_array("
            " jsonb_build_object('kind', 'run', 'hand', 'team', 'hand_id', t.team_id, 'seconds', k.used * 2 / 3),"
            " jsonb_build_object('kind', 'pause', 'hand', 'requester', 'reason', 'waiting', 'seconds', k.used / 3))"
        )
        self.cr.execute(
            SQL(
                """
                INSERT INTO service_desk_clock (
                    ticket_id, slot, metric_id, cycle, agreement_id, version_id, kind, state, started_at, stopped_at,
                    target_seconds, used_seconds, paused_seconds, due_at, missed_at, late_seconds, is_missed,
                    is_excused, legs, spans, targets)
                SELECT t.id, k.slot, k.metric, 1, k.agreement, v.id, k.kind, 'stopped', t.create_date,
                    t.create_date + k.used * interval '1 second', k.target, k.used, k.used / 3,
                    t.create_date + k.target * interval '1 second',
                    CASE WHEN k.used > k.target THEN t.create_date + k.target * interval '1 second' END,
                    greatest(0, k.used - k.target), k.used > k.target, k.used > k.target AND t.id %% 50 = 0,
                    %(legs)s, '[]', '[]'
                FROM service_desk_ticket t
                CROSS JOIN LATERAL (
                    SELECT %(sla)s AS agreement, 'sla' AS kind, 'sla' AS slot, %(response)s AS metric, 3600 AS target,
                        (3960 * ((t.id::bigint * 7919) %% 1000) / 1000)::int AS used
                    UNION ALL SELECT %(sla)s, 'sla', 'sla', %(resolution)s, 28800,
                        (32000 * ((t.id::bigint * 104729) %% 1000) / 1000)::int
                    UNION ALL SELECT %(ola)s, 'ola', 'ola:' || %(team)s, %(resolution)s, 14400,
                        (16000 * ((t.id::bigint * 15485863) %% 1000) / 1000)::int WHERE t.id %% 2 = 0
                ) k
                JOIN service_desk_agreement_version v ON v.agreement_id = k.agreement
                WHERE t.id > %(base)s
                """,
                sla=sla,
                ola=ola,
                team=team,
                response=response,
                resolution=resolution,
                legs=legs,
                base=base,
            )
        )
        self.cr.execute("ANALYZE service_desk_clock")
