"""A desk as a firm runs it: a database of its own, mailbox, outgoing server, people, a server process."""

import os
import time
from contextlib import contextmanager

from devtools import setup, templates
from devtools.say import Trouble
from devtools.server import Server

from . import smtp
from .cluster import SharedCluster
from .dovecot import PASSWORD

DOMAIN = "desk.test"
DESK = f"help@{DOMAIN}"
CUSTOMER = "alla@customer.test"
AGENT = "sys_agent"

#: Scheduled actions that mail needs; the tests run them at once instead of waiting for their minute.
FETCH = "mail.ir_cron_mail_gateway_action"
PROCESS = "service_desk.ir_cron_mail_intake_process"
QUEUE = "mail.ir_cron_mail_scheduler_action"


def template():
    """Return the name of a ready database with the add-ons, without demo data.

    ``DESK_TEMPLATE`` names one that somebody has made already.
    """
    setup.ensure()
    return os.environ.get("DESK_TEMPLATE") or templates.full()


class World:
    """One database with its mailbox and its server processes."""

    def __init__(self, db, mailbox, sink, *, kind="imap", args=(), cluster=None):
        self.cluster = cluster or SharedCluster()
        self.db = db
        self.mailbox = mailbox
        self.sink = sink
        self.kind = kind
        self.args = args
        self.servers = []
        self.fetch_server_id = None

    # ------------------------------------------------------------------ making
    def create(self):
        """Make the database, start a server on it and configure mail."""
        self.cluster.copy(template(), self.db)
        self.start()
        self.configure()
        return self

    def drop(self):
        """Stop everything and drop the database."""
        for server in list(self.servers):
            self.stop(server)
        self.cluster.drop(self.db)

    def start(self, *args):
        """Start one more server process and wait until it answers."""
        # Mail is fetched when a test says so: one thread for scheduled actions, as in odoo.conf.
        server = Server(self.db, None, *self.args, *args, env=self.cluster.env)
        server.log = server.log.with_name(f"system-{self.db}-{server.port}.log")
        server.log.write_bytes(b"")
        server.start().wait_ready()
        self.servers.append(server)
        return server

    @property
    def server(self):
        """The first server process that runs."""
        return self.servers[0]

    def stop(self, server):
        """Stop one server process politely."""
        self.servers.remove(server)
        server.stop()

    def kill(self, server):
        """End one server process as a crash does."""
        self.servers.remove(server)
        server.kill()

    def admin(self, server=None):
        """Return the administrator's session."""
        return (server or self.server).session("admin", "admin")

    # ----------------------------------------------------------- configuration
    def configure(self):
        """Addresses, a team, an agent, the mailbox and the outgoing server, all by the web client's calls."""
        admin = self.admin()
        call = admin.call
        [alias_domain] = call(
            "mail.alias.domain",
            "create",
            [{"name": DOMAIN, "bounce_alias": "bounce", "catchall_alias": "catchall"}],
        )
        call(
            "res.company",
            "write",
            [1],
            {
                "alias_domain_id": alias_domain,
                "email": f"firm@{DOMAIN}",
                "name": "Firm of the Desk",
            },
        )
        agent_group = self.ref("service_desk.service_desk_group_agent")
        [agent] = call(
            "res.users",
            "create",
            [
                {
                    "name": "Anna Agent",
                    "login": AGENT,
                    "password": AGENT,
                    "email": f"anna@{DOMAIN}",
                    "group_ids": [[4, agent_group]],
                    "tz": "Europe/Moscow",
                }
            ],
        )
        call(
            "service_desk.team",
            "create",
            [
                {
                    "name": "Help",
                    "alias_name": "help",
                    "alias_contact": "everyone",
                    "member_ids": [[6, 0, [agent]]],
                    "default_type_id": self.ref("service_desk.ticket_type_incident"),
                }
            ],
        )
        self._configure_settings(call)
        self._configure_servers(call)

    def _configure_settings(self, call):
        """Believe our own exchanger; no waiting and no flood guard where a test sends hundreds."""
        call(
            "service_desk.settings",
            "create",
            [
                {
                    "company_id": 1,
                    "trusted_mail_servers": smtp.AUTHSERV_ID,
                    "undo_send_seconds": 0,
                    "notice_quiet_seconds": 0,
                    "budget_sender": 100_000,
                    "budget_domain": 100_000,
                    "budget_team": 100_000,
                }
            ],
        )

    def _configure_servers(self, call):
        dovecot = self.mailbox.dovecot
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
        [self.fetch_server_id] = call(
            "fetchmail.server",
            "create",
            [
                {
                    "name": "Mailbox",
                    "server": "127.0.0.1",
                    "server_type": self.kind,
                    "port": dovecot.imap_port if self.kind == "imap" else dovecot.pop3_port,
                    "is_ssl": False,
                    "user": self.mailbox.name,
                    "password": PASSWORD,
                    "object_id": self.model_id("service_desk.ticket"),
                }
            ],
        )
        call("fetchmail.server", "button_confirm_login", [self.fetch_server_id])

    # ----------------------------------------------------------------- looking
    def sql(self, query):
        """Return the rows of a query as lists of text, past all of Odoo's rights."""
        return self.cluster.query(query, self.db)

    def value(self, query):
        """Return the only value of a query as text."""
        rows = self.sql(query)
        return rows[0][0] if rows else ""

    def count(self, table, where="true"):
        """Return the number of rows."""
        return int(self.value(f"SELECT count(*) FROM {table} WHERE {where}"))

    def ref(self, xmlid):
        """Return the id behind an XML id."""
        module, name = xmlid.split(".")
        return int(
            self.value(
                f"SELECT res_id FROM ir_model_data WHERE module = '{module}' AND name = '{name}'"
            )
        )

    def model_id(self, model):
        """Return the id of a model's record."""
        return int(self.value(f"SELECT id FROM ir_model WHERE model = '{model}'"))

    def warnings(self):
        """Return the WARNING and ERROR lines of all logs of this world."""
        import re

        from devtools.paths import LOGS

        problem = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ")
        lines = []
        for log in sorted(LOGS.glob(f"system-{self.db}-*.log")):
            text = log.read_text(encoding="utf-8", errors="replace")
            lines += [line for line in text.splitlines() if problem.match(line)]
        return lines

    # ------------------------------------------------------------------- doing
    def run_cron(self, xmlid, server=None):
        """Run a scheduled action now, as its button does; nothing to do where the scheduler runs it."""
        try:
            self.admin(server).call("ir.cron", "method_direct_trigger", [self.ref(xmlid)])
        except Trouble as trouble:
            if "already executing" not in str(trouble):
                raise

    def fetch(self, server=None):
        """Fetch the mailbox now."""
        self.run_cron(FETCH, server)

    def drain(self, seconds=120, server=None):
        """Fetch until no message is unseen and the ledger has nothing left to do."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.fetch(server)
            if self.pending():
                self.run_cron(PROCESS, server)
            if not self.waiting() and not self.pending():
                return
            time.sleep(0.2)
        raise AssertionError(
            f"After {seconds} s: {self.waiting()} in the mailbox, {self.pending()} waiting in the ledger;"
            f" {self.value('SELECT error_message FROM fetchmail_server')}"
        )

    def drain_by_scheduler(self, seconds):
        """Like :meth:`drain`, by the scheduler's own thread: for more than one request may last."""
        deadline = time.monotonic() + seconds
        while self.waiting() or self.pending():
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"After {seconds} s: {self.waiting()} in the mailbox, {self.pending()} waiting in the ledger"
                )
            for xmlid in (FETCH, PROCESS):
                self.sql(
                    "INSERT INTO ir_cron_trigger (cron_id, call_at)"
                    f" VALUES ({self.ref(xmlid)}, now() AT TIME ZONE 'UTC')"
                )
            self.cluster.query(f"NOTIFY cron_trigger, '{self.db}'", "postgres")
            time.sleep(2)

    def waiting(self):
        """Return how many messages the mailbox still has for us."""
        count, unseen = self.mailbox.counts()
        return unseen if self.kind == "imap" else count

    def pass_time(self):
        """Let the moments come for which something was put off: retries, notices, queued mail."""
        self.sql("UPDATE service_desk_mail_intake SET retry_at = NULL WHERE retry_at IS NOT NULL")
        self.sql("UPDATE mail_mail SET scheduled_date = now() WHERE scheduled_date > now()")

    def pending(self):
        """Return how many received messages wait for being processed."""
        return self.count("service_desk_mail_intake", "state = 'received'")

    def run_queue(self):
        """Send what waits in the outgoing queue now."""
        self.run_cron(QUEUE)


@contextmanager
def running(world):
    """Make a world for the block and drop it afterwards."""
    try:
        yield world.create()
    finally:
        world.drop()
