"""./desk shot: a picture of a page as a given user sees it."""

import os
import re
import subprocess
from pathlib import Path

from . import database, odoo, shell, venv
from .paths import HOME, ROOT
from .say import Trouble
from .server import Server

SHOTS = HOME / "shots"


def main(page, login, *, width=1400, lang=None, db="desk", port=8069, output=None):
    """Take the picture; a server is started for it when none answers on ``port``."""
    browser = shell.browser()
    interpreter = venv.ensure("requirements.txt", "requirements-test.txt")
    target = Path(output) if output else SHOTS / f"{_slug(page)}-{_slug(login)}-{width}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    server = Server(db, port)
    started = odoo.is_port_free(port)
    if started:
        if not database.exists(db):
            raise Trouble(f"There is no database {db}. Type: ./desk run --db {db}")
        server = Server(db)
        server.start().wait_ready()
    try:
        return _take(interpreter, browser, server, page, login, width, lang, target)
    finally:
        if started:
            server.stop()


def _take(interpreter, browser, server, page, login, width, lang, target):
    """Hand over to the part that needs Playwright, in the environment that has it."""
    env = dict(venv.clean_environment(), PYTHONPATH=str(ROOT))
    command = [interpreter, "-m", "devtools.shot_page", browser, server.url, server.db, page]
    command += [login, width, lang or "", target]
    done = subprocess.run(list(map(str, command)), cwd=os.getcwd(), env=env, check=False)
    if done.returncode == 0:
        print(target)
    return done.returncode


def _slug(text):
    return re.sub(r"[^\w-]+", "-", text).strip("-") or "home"
