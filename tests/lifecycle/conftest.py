"""Databases for the life of an installation: installed, used, upgraded, removed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import pytest  # noqa: E402 - the repository's root must be importable first

from devtools import database, odoo, postgres, setup, templates  # noqa: E402 - the same


class Desk:
    """One throw-away database and what is done with it."""

    def __init__(self, name, addons_path=None):
        self.name = name
        self.addons_path = addons_path

    def odoo(self, *args):
        """Run odoo-bin to its end; a failure or an ERROR in its log fails the test."""
        extra = {"ODOO_ADDONS_PATH": self.addons_path} if self.addons_path else {}
        done = subprocess.run(
            odoo.command(*args),
            cwd=ROOT,
            env=odoo.environment(**extra),
            capture_output=True,
            text=True,
            check=False,
        )
        log = done.stdout + done.stderr
        assert done.returncode == 0, log[-4000:]
        problems = [line for line in log.splitlines() if " ERROR " in line or " CRITICAL " in line]
        assert not problems, "\n".join(problems[:20]) + log[-3000:]
        return log

    def script(self, text):
        """Run Python text in ``odoo shell``; it must print DONE as its last word."""
        done = subprocess.run(
            odoo.command("shell", "-d", self.name, "--no-http"),
            input=text + "\nenv.cr.commit()\nprint('DONE')\n",
            cwd=ROOT,
            env=odoo.environment(
                **({"ODOO_ADDONS_PATH": self.addons_path} if self.addons_path else {})
            ),
            capture_output=True,
            text=True,
            check=False,
        )
        assert "DONE" in done.stdout, (done.stdout + done.stderr)[-4000:]
        return done.stdout

    def rows(self, sql):
        """Return the rows of a query."""
        return postgres.query(sql, db=self.name)


@pytest.fixture
def desk():
    """Return a maker of databases copied from a template; all are dropped afterwards."""
    setup.ensure()
    made = []

    def make(template, label, addons_path=None):
        name = f"test_{os.getpid()}_{label}"
        templates.copy(template, name)
        made.append(name)
        return Desk(name, addons_path)

    yield make
    for name in made:
        database.drop(name)


@pytest.fixture
def base_template():
    """The template with Odoo's own modules only."""
    setup.ensure()
    return templates.base()


@pytest.fixture
def full_template():
    """The template with our add-ons installed."""
    setup.ensure()
    return templates.full()
