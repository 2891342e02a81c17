"""How Odoo is started: which Python, which variables, which add-ons."""

import os
import socket
import subprocess

from . import odoo_source, postgres, venv
from .paths import ADDONS, DATA, ROOT, TEST_ADDONS

HELPER_ADDON = "dev_dfsg_assets"


def environment(**extra):
    """Return the variables for Odoo. They win over odoo.conf and lose to the command line."""
    env = venv.clean_environment()
    env.update(postgres.environment())
    env.update(
        ODOO_RC=str(ROOT / "odoo.conf"),
        ODOO_ADDONS_PATH=",".join(map(str, addons_path())),
        ODOO_DATA_DIR=str(DATA),
        PYTHONPATH=str(odoo_source.python_path()),
        PYTHONUNBUFFERED="1",
    )
    env.update(extra)
    return env


def addons_path():
    """Return our folders of add-ons; the helper for Debian's build only where it is needed."""
    folders = [folder for folder in (ADDONS,) if any(folder.glob("*/__manifest__.py"))]
    if odoo_source.lacks_selfie_file():
        folders.append(TEST_ADDONS)
    return folders


def command(*args):
    """Return the command line of ``odoo-bin`` with ``args``."""
    return [str(venv.python()), "-m", "odoo", *map(str, args)]


def run(*args, **env):
    """Run odoo-bin on this terminal; returns its exit status."""
    return subprocess.run(command(*args), cwd=ROOT, env=environment(**env), check=False).returncode


def free_port():
    """Return a loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_port_free(port):
    """Tell whether the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def names_port(args):
    """Tell whether the person chose a port himself."""
    options = ("-p", "--http-port")
    return "ODOO_HTTP_PORT" in os.environ or any(arg.split("=")[0] in options for arg in args)
