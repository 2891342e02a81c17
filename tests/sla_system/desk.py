"""A desk with an agreement, many tickets with its clocks, and time that passes by SQL."""

import os
import re
import time
from contextlib import contextmanager

from devtools import database, postgres, setup, templates
from devtools.server import Server

#: The clock of the server machine is nowhere near UTC: nothing may depend on it.
ZONE = "Pacific/Chatham"
AGENTS = 20
SWEEP = "service_desk_sla.ir_cron_sweep_clocks"
NOTICES = "service_desk.ir_cron_send_notices"
QUEUE = "mail.ir_cron_mail_scheduler_action"
TARGET_MINUTES = 60


class SlaDesk:
    """One database, its servers, the SMTP sink that takes its mail."""

    def __init__(self, db, sink):
        self.db, self.sink, self.servers = db, sink, []

    # ------------------------------------------------------------------ servers
    def start(self):
        """Start one more server process with a thread for scheduled actions."""
        server = Server(self.db, env={"TZ": ZONE})
        server.log = server.log.with_name(f"sla-{self.db}-{server.port}.log")
        server.log.write_bytes(b"")
        self.servers.append(server.start().wait_ready())
        return server

    def kill(self):
        """End the first server as a crash does."""
        self.servers.pop(0).kill()

    def close(self):
        """Stop all and drop the database."""
        for server in self.servers:
            server.stop()
        database.drop(self.db)

    # ------------------------------------------------------------- configuration
    def configure(self):
        """Make agents, a team, the way out for mail, and an agreement of an hour, day and night."""
        call = self.call = self.servers[0].session("admin", "admin").call
        [agent_group] = self._ref("service_desk.service_desk_group_agent")
        users = call(
            "res.users",
            "create",
            [
                {
                    "name": f"Agent {number}",
                    "login": f"sla_agent{number}",
                    "email": f"agent{number}@sla.test",
                    "group_ids": [[4, agent_group]],
                }
                for number in range(AGENTS)
            ],
        )
        self.users = users
        [self.team] = call(
            "service_desk.team", "create", [{"name": "Late", "member_ids": [[6, 0, users]]}]
        )
        call("service_desk.settings", "create", [{"company_id": 1, "notice_quiet_seconds": 0}])
        quiet = [{"company_id": 1, "event": "assigned", "mode": "never"}]
        call("service_desk.notice.preference", "create", quiet)
        call("res.company", "write", [1], {"email": "desk@sla.test"})
        call(
            "ir.mail_server",
            "create",
            [
                {
                    "name": "Sink",
                    "smtp_host": "127.0.0.1",
                    "smtp_port": self.sink.port,
                    "smtp_encryption": "none",
                    "smtp_authentication": "login",
                }
            ],
        )
        self._agree(call)
        return self

    def _agree(self, call):
        [metric] = self._ref("service_desk_sla.metric_resolution")
        target = {"metric_id": metric, "amount": TARGET_MINUTES, "unit": "minutes"}
        alerts = [
            {"percent": 75, "notify_assignee": True},
            {"moment": "breach", "notify_assignee": True, "post_note": True},
        ]
        [agreement] = call(
            "service_desk.agreement",
            "create",
            [
                {
                    "name": "An hour",
                    "calendar_id": False,
                    "line_ids": [[0, 0, {"target_ids": [[0, 0, target]]}]],
                    "alert_ids": [[0, 0, alert] for alert in alerts],
                }
            ],
        )
        call("service_desk.agreement", "action_publish", [agreement])

    def _ref(self, xmlid):
        module, name = xmlid.split(".")
        rows = self.sql(
            f"SELECT res_id FROM ir_model_data WHERE module = '{module}' AND name = '{name}'"
        )
        return [int(row[0]) for row in rows]

    # ----------------------------------------------------------------- tickets
    def open_tickets(self, mark, count):
        """Open tickets, given to the agents in turn."""
        for start in range(0, count, 250):
            vals_list = [
                {
                    "name": f"{mark} {number}",
                    "team_id": self.team,
                    "user_id": self.users[number % AGENTS],
                }
                for number in range(start, min(start + 250, count))
            ]
            self.call("service_desk.ticket", "create", vals_list)

    def pass_time(self, mark, minutes):
        """Let ``minutes`` have passed since the tickets were opened."""
        earlier = f"INTERVAL '{minutes} minutes'"
        stamp = "to_jsonb(to_char((({0})::timestamp - {1}), 'YYYY-MM-DD HH24:MI:SS'))"
        mine = f"ticket_id IN (SELECT id FROM service_desk_ticket WHERE name LIKE '{mark} %')"
        start, at = (
            stamp.format(path, earlier) for path in ("spans->0->>'from'", "targets->0->>'at'")
        )
        self.sql(f"UPDATE service_desk_ticket_event SET at = at - {earlier} WHERE {mine}")
        self.sql(
            "UPDATE service_desk_clock SET"
            f" spans = jsonb_set(spans, '{{0,from}}', {start}),"
            f" targets = jsonb_set(targets, '{{0,at}}', {at}),"
            f" started_at = started_at - {earlier}, due_at = due_at - {earlier},"
            f" next_event_at = next_event_at - {earlier} WHERE {mine}"
        )

    # ------------------------------------------------------------------- looking
    def sql(self, query):
        """Return the rows of a query as lists of text."""
        return postgres.query(query, db=self.db)

    def count(self, table, mark, where="true"):
        """Return how many rows of ``table`` belong to the tickets."""
        [[found]] = self.sql(
            f"SELECT count(*) FROM {table} x JOIN service_desk_ticket t ON t.id = x.ticket_id"
            f" WHERE t.name LIKE '{mark} %' AND {where}"
        )
        return int(found)

    def wake(self, *xmlids):
        """Let the scheduler run jobs at once."""
        for xmlid in xmlids:
            [cron_id] = self._ref(xmlid)
            self.sql(
                "INSERT INTO ir_cron_trigger (cron_id, call_at)"
                f" VALUES ({cron_id}, now() AT TIME ZONE 'UTC')"
            )
        postgres.query(f"NOTIFY cron_trigger, '{self.db}'", db="postgres")

    def wait_until(self, check, seconds=240):
        """Wait until ``check()`` is true; the machine may be busy with other things."""
        deadline = time.monotonic() + seconds
        while not check():
            assert time.monotonic() < deadline, "it did not come in time"
            time.sleep(0.1)

    def mails_of(self, mark):
        """Return ``{ticket number: how often it is told of in all mails}``, and how many mails there are."""
        rows = self.sql(f"SELECT number FROM service_desk_ticket WHERE name LIKE '{mark} %'")
        numbers = {row[0] for row in rows}
        told, mails = dict.fromkeys(numbers, 0), 0
        for received in list(self.sink.messages):
            body = received.message.get_body(preferencelist=("html",)).get_content()
            # a mail has its link to the ticket, too: the sentence counts
            found = re.findall(r"of the ticket <b>\s*([^<\s]+)\s*</b>", body)
            mine = [number for number in found if number in numbers]
            mails += bool(mine)
            for number in mine:
                told[number] += 1
        return told, mails


@contextmanager
def running_desk(sink):
    """Make a desk for the block and drop it afterwards."""
    setup.ensure()
    desk = SlaDesk(f"test_{os.getpid()}_sla", sink)
    try:
        templates.copy(os.environ.get("DESK_TEMPLATE") or templates.full(), desk.db)
        desk.start()
        yield desk.configure()
    finally:
        desk.close()
