"""Install and upgrade add-ons in databases, and remember from which files."""

import json
import os
import re
import subprocess

from . import addons, database, odoo, odoolog, postgres, shell
from .paths import LOGS, ROOT
from .say import Trouble

LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")


def create(name, demo=True, progress=None, modules=None):
    """Create a database with our add-ons; it bears its name only once it is complete."""
    draft = f"draft_{os.getpid()}_{name}"
    database.drop(draft)
    try:
        database.create(draft)
        modules = addons.wanted() if modules is None else modules
        demo_option = "--with-demo" if demo else "--without-demo=True"
        odoo_once(
            *("-d", draft, "-i", ",".join(modules)),
            *(demo_option, "--load-language", ",".join(addons.LANGUAGES)),
            progress=progress,
        )
        database.rename(draft, name)
    except BaseException:
        database.drop(draft)
        raise
    remember(name)


def update(name, progress=None):
    """Install new add-ons and upgrade changed ones; returns the names of both."""
    known = remembered(name)
    current = addons.fingerprints()
    there = database.modules(name)
    missing = [module for module in addons.wanted() if module not in there]
    changed = [
        module
        for module, value in current.items()
        if module in there and known.get(module) != value
    ]
    if not missing and not changed:
        return []
    args = ["-d", name]
    args += ["-i", ",".join(missing)] if missing else []
    args += ["-u", ",".join(changed)] if changed else []
    odoo_once(*args, progress=progress)
    remember(name)
    return missing + changed


def odoo_once(*args, progress=None, log=None):
    """Run odoo-bin to its end, telling which module it loads; raises with the log's last words."""
    log = log or LOGS / f"install-{os.getpid()}.log"
    command = odoo.command(*args, "--stop-after-init", "--no-http")
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=odoo.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        with open(log, "w", encoding="utf-8") as handle:
            for line in process.stdout:
                handle.write(line)
                found = LOADING.search(line)
                if found and progress:
                    progress.note("{} ({} of {})".format(*found.groups()))
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait()
    if process.returncode:
        words = first_fault(log)
        reason = shell.explain(words)
        raise Trouble(f"Odoo could not install ({reason}).\n{words}\nWhole log: {log}")


def first_fault(log):
    """Return the errors of a log up to the first with a traceback: the rest are its consequences."""
    lines = []
    for record in odoolog.records(log.read_text(encoding="utf-8", errors="replace")):
        if record.level in ("ERROR", "CRITICAL"):
            lines += record.text.splitlines()
            if "Traceback" in record.text:
                break
    if not lines:
        return shell.tail(log, 60)
    return "\n".join(lines if len(lines) <= 60 else [*lines[:20], "…", *lines[-40:]])


def remember(name):
    """Note on the database from which files it was made."""
    note = json.dumps(addons.fingerprints()).replace("'", "''")
    postgres.query(f"COMMENT ON DATABASE {database.quote(name)} IS '{note}'")


def remembered(name):
    """Return {add-on: checksum} as noted last; empty when there is none."""
    note = database.comment(name)
    try:
        return json.loads(note) if note else {}
    except ValueError:
        return {}
