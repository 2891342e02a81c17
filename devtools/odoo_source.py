"""Where Odoo 19 comes from: a checkout, Python's path, Debian's package, or Odoo's git, in that order."""

import ast
import contextlib
import importlib.util
import os
import shutil
from pathlib import Path

from . import debian, shell
from .lock import exclusive
from .paths import DOWNLOADS, HOME, STATE
from .say import Trouble

SERIES = (19, 0)
TREE = HOME / "odoo"
MARK = TREE / ".unpacked"
GIT_TREE = HOME / "odoo-git"
GIT_URL = "https://github.com/odoo/odoo.git"

# The one build we know by its checksum; where it is gone, the suite's newest is taken.
PACKAGE = "odoo-19"
PINNED_FILE = "pool/main/o/odoo/odoo-19_19.0.0+dfsg-1_all.deb"
PINNED_SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
PINNED_SIZE = 122_533_504

# Debian keeps these files of Odoo in packages of their own and links to them.
COMPANIONS = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
)
NEEDED_BYTES = 3 << 30


def python_path():
    """Return the folder to put on PYTHONPATH; raises when no Odoo was found or fetched yet."""
    found = _named() or _importable() or _unpacked() or _cloned()
    if not found:
        raise Trouble("There is no Odoo yet. Type: ./desk run")
    return found


def ensure(progress=None):
    """Find Odoo, or fetch it; returns the folder for PYTHONPATH."""
    found = _named() or _importable() or _unpacked() or _cloned()
    if found:
        return found
    with exclusive("odoo"):
        return _unpacked() or _cloned() or _fetch(progress)


def describe():
    """Say in a few words which Odoo is used."""
    if _named():
        return f"the checkout {_named()}"
    if _importable():
        return "the one of this Python"
    return MARK.read_text(encoding="ascii").strip() if _unpacked() else "Odoo's git, branch 19.0"


def version():
    """Return a text that changes when another Odoo is used."""
    folder = python_path()
    return f"{folder}:{(folder / 'odoo' / 'release.py').stat().st_mtime_ns}:{describe()}"


def addons_folders():
    """Return the folders of Odoo's own add-ons."""
    candidates = (python_path() / "odoo" / "addons", python_path() / "addons")
    return [folder for folder in candidates if folder.is_dir()]


def lacks_selfie_file():
    """Tell whether this build lacks the file without which every backend page logs an error."""
    name = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    return not any((folder / name).exists() for folder in addons_folders())


def series(package):
    """Return Odoo's (major, minor) of a folder ``odoo``, read without running it; None if it is not Odoo."""
    release = Path(package) / "release.py"
    if not release.is_file():
        return None
    for node in ast.parse(release.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "version_info":
            return tuple(element.value for element in node.value.elts[:2])
    return None


def _named():
    home = os.environ.get("ODOO_HOME")
    if not home:
        return None
    folder = Path(home).expanduser().resolve()
    if series(folder / "odoo") != SERIES:
        raise Trouble(f"ODOO_HOME is {folder}, but there is no Odoo 19.0 (folder odoo/) in it.")
    return folder


def _importable():
    """Return where this Python would import Odoo 19 from.

    Its folder may hold other packages too, which must not hide those of our environment: then a link to
    Odoo alone is made.
    """
    try:
        spec = importlib.util.find_spec("odoo")
    except (ImportError, ValueError):
        return None
    for place in (spec and spec.submodule_search_locations) or ():
        package = Path(place)
        if series(package) != SERIES:
            continue
        if (package.parent / "odoo-bin").exists():
            return package.parent
        link = STATE / "importable" / "odoo"
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.is_symlink() or link.readlink() != package:
            link.unlink(missing_ok=True)
            link.symlink_to(package)
        return link.parent
    return None


def _unpacked():
    folder = TREE / "usr" / "lib" / "python3" / "dist-packages"
    return folder if MARK.exists() and series(folder / "odoo") == SERIES else None


def _cloned():
    return GIT_TREE if series(GIT_TREE / "odoo") == SERIES else None


def _fetch(progress):
    free = shutil.disk_usage(HOME).free
    if free < NEEDED_BYTES:
        raise Trouble(
            f"Odoo needs 3 GiB of disk below {HOME}, {free >> 20} MiB are free. "
            "Free some space, or let DESK_HOME name a folder on a bigger disk."
        )
    reasons = []
    for way in (_from_debian, _from_git):
        try:
            return way(progress)
        except Trouble as trouble:
            reasons.append(f"- {trouble}")
    raise Trouble(
        "Odoo 19 could not be fetched. Is there a network? If you have Odoo 19 already, let ODOO_HOME "
        "name its folder.\nTried:\n" + "\n".join(reasons)
    )


def _from_debian(progress):
    if not debian.is_here():
        raise Trouble("Debian's package: this machine has no apt.")
    package = _pinned(progress) or _newest(progress)
    half_made = TREE.with_name("odoo-half-made")
    shutil.rmtree(half_made, ignore_errors=True)
    if progress:
        progress.note("unpacking")
    debian.unpack(package, half_made)
    _add_companions(half_made, progress)
    (half_made / MARK.name).write_text(
        f"Debian's {PACKAGE} {debian.version(package)}\n", encoding="ascii"
    )
    shutil.rmtree(TREE, ignore_errors=True)
    half_made.rename(TREE)
    return _unpacked()


def _add_companions(tree, progress):
    """Lay the companions over the tree: all at once, or one by one where the release lacks one."""
    try:
        files = debian.fetch(COMPANIONS, progress=progress)
    except Trouble:
        files = []
        for companion in COMPANIONS:
            # Icons and fonts look poor without them, but everything works.
            with contextlib.suppress(Trouble):
                files += debian.fetch([companion], progress=progress)
    for file in files:
        debian.unpack(file, tree)


def _pinned(progress):
    target = DOWNLOADS / PINNED_FILE.rsplit("/", 1)[1]
    if target.exists() and target.stat().st_size == PINNED_SIZE:
        return target
    for mirror in debian.mirrors():
        try:
            uri = f"{mirror}/{PINNED_FILE}"
            return debian.download(uri, target, PINNED_SHA256, progress, PINNED_SIZE)
        except Trouble:
            continue
    return None


def _newest(progress):
    reason = "apt is configured with no Debian mirror"
    for mirror in debian.mirrors():
        try:
            return debian.fetch([PACKAGE], suite="unstable", mirror=mirror, progress=progress)[0]
        except Trouble as trouble:
            reason = str(trouble)
    raise Trouble(f"Debian's package: {reason}")


def _from_git(progress):
    if progress:
        progress.note("Odoo's git, branch 19.0")
    if not shutil.which("git"):
        raise Trouble("Odoo's git: git is missing.")
    half_made = GIT_TREE.with_name("odoo-git-half-made")
    shutil.rmtree(half_made, ignore_errors=True)
    shell.run(
        ["git", "clone", "-q", "--depth", "1", "--branch", "19.0", GIT_URL, half_made],
        what="Odoo's git",
        env=dict(os.environ, GIT_TERMINAL_PROMPT="0"),
    )
    half_made.rename(GIT_TREE)
    return _cloned()
