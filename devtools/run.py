"""./desk run: everything from an empty machine to a server that answers."""

import hashlib
import re
import signal
import time

from . import addons, database, install, odoo, odoo_source, postgres, setup
from .paths import ADDONS, LOGS, ROOT, STATE
from .say import Progress, Trouble
from .server import Server, Session

# Demo users whose password is their login: the three people of the story.
STORY = (
    ("agent", "service_desk.user_agent_demo", "/odoo"),
    ("manager", "service_desk.user_manager_demo", "/odoo"),
    ("portal customer", "service_desk.user_portal_demo", "/my"),
)
PROBLEM = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ")


def main(db, port, demo=True):
    """Make what is missing, start the server, show the way in, and stay until Ctrl-C."""
    if not odoo.is_port_free(port):
        raise Trouble(f"Port {port} is busy. Choose another: ./desk run --port {odoo.free_port()}")
    progress = Progress(setup.STEPS + 3)
    print(f"Service desk on Odoo 19, in {ROOT}", flush=True)
    setup.ensure(progress)
    _prepare(db, demo, progress)
    log = LOGS / f"run-{db}.log"
    log.write_bytes(b"")
    server = Server(db, port, log=log)
    # Whoever stops us by a signal expects the server to stop too.
    signal.signal(signal.SIGTERM, lambda *_args: (_ for _ in ()).throw(KeyboardInterrupt()))
    try:
        with progress.step("Odoo's server"):
            server.start().wait_ready()
        people = logins(db)
        with progress.step("Scripts and styles of the first pages"):
            if not _is_warm(db):
                warm_up(server, people, progress)
                _warm_mark(db).write_text(_warm_state(db), encoding="ascii")
        _show(server, people, progress)
        _stay(server)
    except KeyboardInterrupt:
        print("\nStopping Odoo …", flush=True)
    finally:
        server.stop()
    if server.process.returncode not in (0, None, -2):
        print(f"Odoo ended with status {server.process.returncode}. Its log: {log}")
        return 1
    print("Stopped. PostgreSQL stays up for the next command; ./desk stop ends it.")
    return 0


def logins(db):
    """Return [(who, login, password, first page)] of the people that the database has."""
    rows = postgres.query(
        "SELECT d.module || '.' || d.name, u.login FROM ir_model_data d "
        "JOIN res_users u ON u.id = d.res_id AND u.active WHERE d.model = 'res.users'",
        db=db,
    )
    by_xmlid = dict(rows)
    found = [
        (who, by_xmlid[xmlid], by_xmlid[xmlid], page)
        for who, xmlid, page in STORY
        if xmlid in by_xmlid
    ]
    return found + [("administrator", "admin", "admin", "/odoo")]


def warm_up(server, people, progress=None):
    """Ask for the pages people see first, so that their scripts and styles are compiled."""
    pages = [(None, "/web/login")] + [(person, person[3]) for person in people]
    seen = set()
    for person, page in pages:
        if progress:
            progress.note(page)
        try:
            client = Session(server, *(person[1:3] if person else ()))
        except Trouble:
            # A person changed his password: his pages compile at his first click.
            continue
        status, text = client.get(page)
        if status >= 500:
            raise Trouble(f"The page {page} fails (status {status}). Odoo's log: {server.log}")
        for asset in re.findall(r'(?:src|href)="(/web/assets/[^"]+)"', text):
            if asset not in seen:
                seen.add(asset)
                client.get(asset.replace("&amp;", "&"))


def _is_warm(db):
    """Tell whether the pages were compiled already from the files as they are now."""
    mark = _warm_mark(db)
    return mark.exists() and mark.read_text(encoding="ascii") == _warm_state(db)


def _warm_mark(db):
    return STATE / f"warm-{db}"


def _warm_state(db):
    """Return a checksum of what the compiled pages depend on: this database and the add-ons' files."""
    ((oid,),) = postgres.query(f"SELECT oid FROM pg_database WHERE datname = '{db}'")
    digest = hashlib.sha256(f"{oid} {sorted(addons.fingerprints().items())}".encode())
    for path in sorted(ADDONS.glob("*/static/src/**/*")):
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()


def _prepare(db, demo, progress):
    if not database.exists(db):
        with progress.step(
            f"Database {db}{' with demo data' if demo else ''} (some minutes, once)"
        ):
            install.create(db, demo, progress)
        return
    with progress.step(f"Database {db}"):
        install.update(db, progress)


def _show(server, people, progress):
    print(f"\nReady after {progress.elapsed:.0f} s: {server.url}   ({odoo_source.describe()})\n")
    print(f"  {'who':<16} {'login':<24} password")
    for who, login, password, _page in people:
        print(f"  {who:<16} {login:<24} {password}")
    print(f"\nLog: {server.log}. Stop with Ctrl-C.\n", flush=True)


def _stay(server):
    """Show warnings and errors of the log until the server ends."""
    showing = False
    with open(server.log, encoding="utf-8", errors="replace") as handle:
        handle.seek(0, 2)
        while server.process.poll() is None:
            for line in handle:
                is_record = re.match(r"^\d{4}-\d\d-\d\d ", line)
                showing = bool(PROBLEM.match(line)) if is_record else showing
                if showing:
                    print(line, end="", flush=True)
            time.sleep(0.5)
