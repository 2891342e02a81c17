"""A PostgreSQL of our own on a socket, unless PGHOST or odoo.conf name a real server.

As root the server runs as the system user ``postgres`` (PostgreSQL refuses root), else as the person.
It listens on no port: only who may enter the socket's folder (mode 0700) can connect.
"""

import configparser
import hashlib
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from . import shell
from .lock import exclusive
from .paths import HOME, LOGS, ROOT
from .say import Trouble

ROLE = "odoo"
OLDEST = 13

# Development data can be made again: speed is worth more here than surviving a power cut.
SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0777
max_connections = 300
shared_buffers = 256MB
max_wal_size = 2GB
fsync = off
synchronous_commit = off
full_page_writes = off
log_min_messages = warning
log_line_prefix = '%m [%p] %d '
"""


def environment():
    """Return the PG* variables that lead to the server."""
    return _external() or {"PGHOST": str(_socket()), "PGPORT": "5432", "PGUSER": ROLE}


def ensure_running():
    """Make and start the private server when needed; does nothing for a real one."""
    if _external():
        return
    if _answers():
        return
    with exclusive("postgres"):
        if _answers():
            return
        programs()
        if not (_data() / "PG_VERSION").exists():
            _create()
        _start()


def stop():
    """Stop the private server; returns False when it was not running."""
    if _external() or not (_data() / "postmaster.pid").exists():
        return False
    _as_owner("pg_ctl", "-D", _data(), "-m", "fast", "-w", "stop", what="Stopping PostgreSQL")
    return True


def programs():
    """Return the folder of PostgreSQL's programs; installs the package as root."""
    folder = _find_programs()
    if folder is None:
        shell.install_packages(["postgresql"], "PostgreSQL")
        folder = _find_programs()
    if folder is None:
        raise Trouble(f"PostgreSQL {OLDEST} or newer is missing, though installing it went well.")
    return folder


def query(sql, db="postgres"):
    """Run one statement and return its rows as lists of text."""
    env = dict(os.environ, **environment())
    command = [client("psql"), "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", db, "-c", sql]
    output = shell.run(command, what="The database query", env=env)
    return [line.split("\t") for line in output.splitlines()]


def client(program):
    """Return the path of a client program (psql, createdb, dropdb)."""
    folder = _find_programs()
    if folder:
        return str(folder / program)
    return shell.need_program([program], ["postgresql-client"], "PostgreSQL's client")


def _external():
    """Return the variables of a server the person chose himself, else None."""
    if os.environ.get("PGHOST"):
        return {key: value for key, value in os.environ.items() if key.startswith("PG")}
    config = configparser.RawConfigParser()
    config.read(ROOT / "odoo.conf")
    names = {
        "db_host": "PGHOST",
        "db_port": "PGPORT",
        "db_user": "PGUSER",
        "db_password": "PGPASSWORD",
    }
    found = {
        variable: config.get("options", option)
        for option, variable in names.items()
        if config.get("options", option, fallback="").lower() not in ("", "false", "none")
    }
    return found if "PGHOST" in found else None


def _find_programs():
    candidates = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _number(path.parent.name)
    )
    on_path = shutil.which("initdb")
    if on_path:
        candidates.insert(0, Path(on_path).resolve().parent)
    made_by = _data() / "PG_VERSION"
    # A cluster can only be served by the version that made it.
    wanted = _number(made_by.read_text(encoding="ascii")) if made_by.exists() else None
    for folder in reversed(candidates):
        if not all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres", "psql")):
            continue
        version = _number(shell.run([folder / "postgres", "-V"], what="postgres -V").split()[2])
        if version >= OLDEST and wanted in (None, version):
            return folder
    return None


def _number(text):
    digits = text.strip().split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _owner():
    """Return the password entry of the user who runs the server."""
    if not shell.is_root():
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        shell.install_packages(["postgresql"], "PostgreSQL")
        return pwd.getpwnam("postgres")


def _base():
    """Return the cluster's folder: in DESK_HOME, or beside it where postgres may not enter.

    A clone in root's own home (mode 0700) is closed to the user ``postgres``.
    """
    if shell.is_root() and _is_closed(HOME):
        return Path("/var/lib") / f"desk-{_hash()}" / "pg"
    return HOME / "pg"


def _is_closed(folder):
    """Tell whether a folder on the way to ``folder`` lets only its owner pass."""
    return any(
        parent.exists() and not parent.stat().st_mode & 0o001
        for parent in (folder, *folder.parents)
    )


def _data():
    return _base() / "data"


def _socket():
    folder = _base() / "socket"
    # The kernel allows 107 bytes for a socket's whole path.
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > 107:
        return Path("/tmp") / f"desk-{_hash()}-{os.geteuid()}"
    return folder


def _hash():
    return hashlib.sha256(os.fsencode(HOME)).hexdigest()[:12]


def _answers():
    if not (_data() / "postmaster.pid").exists():
        return False
    env = dict(os.environ, **environment())
    done = subprocess.run(
        [client("psql"), "-XAtqd", "postgres", "-c", "SELECT 1"],
        capture_output=True,
        check=False,
        env=env,
    )
    return done.returncode == 0


def _create():
    owner = _owner()
    for folder in (_base(), _data(), _socket()):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if shell.is_root():
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    _as_owner(
        *("initdb", "-D", _data(), "-U", ROLE, "-A", "trust", "-E", "UTF8"),
        # C.UTF-8 knows upper and lower case of every script and exists on every Debian.
        *("--locale=C.UTF-8", "--no-sync"),
        what="Making the PostgreSQL cluster",
    )
    config = _data() / "postgresql.conf"
    with open(config, "a", encoding="utf-8") as handle:
        handle.write(SETTINGS.format(socket=_socket()))


def _start():
    _socket().mkdir(parents=True, exist_ok=True)
    if shell.is_root():
        os.chown(_socket(), _owner().pw_uid, _owner().pw_gid)
    _socket().chmod(0o700)
    log = _base() / "postgres.log"
    try:
        _as_owner(
            *("pg_ctl", "-D", _data(), "-l", log, "-w", "-t", "60", "start"),
            what="Starting PostgreSQL",
        )
    except Trouble as error:
        last = shell.tail(log) if log.exists() else ""
        raise Trouble(
            f"PostgreSQL did not start ({shell.explain(last)}).\n{last or error}"
        ) from error


def _as_owner(program, *args, what):
    command = [programs() / program, *args]
    if shell.is_root():
        command = ["runuser", "-u", _owner().pw_name, "--", *command]
    LOGS.mkdir(parents=True, exist_ok=True)
    # pg_ctl hands its output on to the server: a pipe would stay open for ever.
    log = LOGS / "postgres-setup.log"
    shell.run(command, what=what, log=log, cwd="/", stdin=subprocess.DEVNULL)
