"""Template databases: made once per state of the sources, then copied in a second."""

import hashlib
import os
import time

from . import addons, database, install, odoo_source, postgres
from .lock import exclusive
from .say import Trouble

KEPT = 4


def base(demo=False, progress=None):
    """Return a database with everything of Odoo's that our add-ons need, without ours."""
    modules = sorted({*addons.depends_outside(), *addons.companions()})
    parts = [odoo_source.version(), *modules, *addons.LANGUAGES]
    if addons.HELPER in modules:
        parts.append(addons.fingerprint(addons.HELPER))
    name = _name("base", demo, parts)
    return _ensure(name, lambda: install.create(name, demo, progress, modules))


def full(demo=False, progress=None):
    """Return a database with our add-ons too."""
    below = base(demo, progress)
    name = _name("full", demo, [below, *map(str, sorted(addons.fingerprints().items()))])

    def make():
        draft = f"draft_{os.getpid()}_{name}"
        try:
            copy(below, draft)
            install.odoo_once("-d", draft, "-i", ",".join(addons.ours()), progress=progress)
            database.rename(draft, name)
        except BaseException:
            database.drop(draft)
            raise

    return _ensure(name, make)


def copy(template, name, patience=60):
    """Copy a template; waits while another process is still connected to it."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return database.create(name, template)
        except Trouble as trouble:
            if "being accessed" not in str(trouble) or time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def sweep():
    """Drop what killed runs left behind: databases named after a process that is gone."""
    for (name,) in postgres.query("SELECT datname FROM pg_database"):
        kind, _, rest = name.partition("_")
        pid = rest.split("_")[0]
        if kind in ("test", "draft") and pid.isdigit() and not os.path.exists(f"/proc/{pid}"):
            database.drop(name)


def _name(kind, demo, parts):
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return f"tpl_{kind}_{'demo_' if demo else ''}{digest}"


def _ensure(name, make):
    with exclusive(f"template-{name.rsplit('_', 1)[0]}"):
        if not database.exists(name):
            make()
            _forget_old(name.rsplit("_", 1)[0])
        postgres.query(f"COMMENT ON DATABASE {database.quote(name)} IS '{time.time():.0f}'")
    return name


def _forget_old(prefix):
    """Keep the templates used last: clones that share the folder may be at different states."""
    rows = postgres.query(
        "SELECT datname FROM pg_database "
        f"WHERE datname ~ '^{prefix}_[0-9a-f]{{12}}$' "
        "ORDER BY shobj_description(oid, 'pg_database') DESC NULLS FIRST"
    )
    for (name,) in rows[KEPT:]:
        database.drop(name)
