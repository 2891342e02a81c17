"""./desk run: everything from an empty machine to a server that answers."""

import os

from . import database, odoo, setup
from .say import Progress, Trouble


def main(db, port, demo=True):
    """Make what is missing, then become the server."""
    if not odoo.is_port_free(port):
        raise Trouble(f"Port {port} is busy. Choose another: ./desk run --port {odoo.free_port()}")
    setup.ensure(Progress(setup.STEPS))
    args = ["-d", db, "--http-port", str(port), "--db-filter", f"^{db}$"]
    if not database.exists(db):
        database.create(db)
        args += ["-i", "service_desk", "--load-language", "ru_RU"]
        args += ["--with-demo"] if demo else ["--without-demo=True"]
    argv = odoo.command(*args)
    os.execve(argv[0], argv, odoo.environment())
