"""Bring everything that Odoo needs into being: each part is quick when it is already there."""

from . import odoo_source, paths, postgres, venv
from .say import Quiet

STEPS = 3


def ensure(progress=None):
    """Make Odoo, its Python environment and a running PostgreSQL available."""
    progress = progress or Quiet()
    paths.make_home()
    with progress.step("Odoo 19"):
        odoo_source.ensure(progress)
    with progress.step("Python environment"):
        venv.ensure("requirements.txt", progress=progress)
    with progress.step("PostgreSQL"):
        postgres.ensure_running()
