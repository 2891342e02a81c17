"""Our add-ons: which there are, what they need, and whether their files changed."""

import ast
import hashlib
from functools import cache

from . import odoo_source
from .paths import ADDONS, TEST_ADDONS

# Installed beside ours while developing: the address book and no-code automation, which the ticket's
# field names are made for.
COMPANIONS = ("contacts", "base_automation")
HELPER = "dev_dfsg_assets"
LANGUAGES = ("en_US", "ru_RU")

# What a running database holds a copy of; scripts, styles and pictures are read from the files anyway.
UNINSTALLED_FOLDERS = {"tests", "static", "readme", "__pycache__"}


def ours():
    """Return the names of our installable add-ons."""
    names = sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))
    return [name for name in names if manifest(name).get("installable", True)]


def wanted():
    """Return everything a development database installs."""
    return [*companions(), *ours()]


def companions():
    """Return what is installed that is not ours to test."""
    return [*COMPANIONS, *([HELPER] if odoo_source.lacks_selfie_file() else [])]


def folder(name):
    """Return the folder of one of our add-ons."""
    return TEST_ADDONS / name if name == HELPER else ADDONS / name


def manifest(name):
    """Return the manifest of one of our add-ons."""
    return read_manifest(folder(name))


def read_manifest(path):
    """Return the manifest of the add-on in the folder ``path`` without running it."""
    return ast.literal_eval((path / "__manifest__.py").read_text(encoding="utf-8"))


def fingerprint(name):
    """Return a checksum over the files of an add-on that an update would read."""
    digest = hashlib.sha256()
    base = folder(name)
    for path in sorted(base.rglob("*")):
        inner = path.relative_to(base)
        if path.is_file() and not UNINSTALLED_FOLDERS.intersection(inner.parts):
            digest.update(f"{inner}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def fingerprints():
    """Return {add-on: checksum} of ours and the helper."""
    names = [*ours(), *(name for name in companions() if name == HELPER)]
    return {name: fingerprint(name) for name in names}


def depends_outside():
    """Return Odoo's own add-ons that ours need, without those that install themselves."""
    inside = set(ours())
    needed = {need for name in inside for need in manifest(name).get("depends", ())}
    return sorted(needed - inside)


@cache
def odoo_manifest(name):
    """Return the manifest of one of Odoo's own add-ons; None where this Odoo lacks it."""
    for addons in odoo_source.addons_folders():
        if (addons / name / "__manifest__.py").exists():
            return read_manifest(addons / name)
    return None
