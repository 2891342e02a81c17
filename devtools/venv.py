"""Virtual environments from pinned requirement files."""

import hashlib
import os
import shutil
import subprocess
import sys

from . import shell
from .lock import exclusive
from .paths import HOME, LOGS, ROOT


def python(name="venv"):
    """Return the path of an environment's Python."""
    return HOME / name / "bin" / "python"


def ensure(*requirements, name="venv", progress=None):
    """Make the environment ``name`` hold the requirement files; returns its Python.

    A mark beside it says which files it holds, so the second call costs nothing.
    """
    mark = HOME / name / f".holds-{'-'.join(requirements)}"
    wanted = _fingerprint(requirements)
    if _is_current(mark, wanted):
        return python(name)
    with exclusive(name):
        if not _is_current(mark, wanted):
            _install(name, requirements, progress)
            mark.write_text(wanted, encoding="ascii")
    return python(name)


def pins(text):
    """Return {name: version} of a requirement file's ``name==version`` lines, names in lower case."""
    found = {}
    for line in text.splitlines():
        requirement = line.split("#")[0].split(";")[0].strip()
        if "==" in requirement:
            package, version = requirement.split("==", 1)
            found[package.strip().lower().replace("_", "-")] = version.strip()
    return found


def _fingerprint(requirements):
    digest = hashlib.sha256(sys.version.encode())
    for requirement in requirements:
        digest.update((ROOT / requirement).read_bytes())
    return digest.hexdigest()


def _is_current(mark, wanted):
    return mark.exists() and mark.read_text(encoding="ascii") == wanted


def _install(name, requirements, progress):
    folder = HOME / name
    if not _works(python(name)):
        shutil.rmtree(folder, ignore_errors=True)
        _need_venv()
        shell.run([sys.executable, "-m", "venv", folder], what="Making the Python environment")
    # Odoo compiles what it imports; compiling everything takes longer than that.
    options = ["--disable-pip-version-check", "--prefer-binary", "--no-compile"]
    command = [python(name), "-m", "pip", "install", *options]
    for requirement in requirements:
        command += ["-r", ROOT / requirement]
    if progress:
        progress.note("packages from the Python index")
    shell.run(command, what="Installing the Python packages", log=LOGS / f"{name}.log")


def _works(interpreter):
    if not interpreter.exists():
        return False
    done = subprocess.run([interpreter, "-m", "pip", "--version"], capture_output=True, check=False)
    return done.returncode == 0


def _need_venv():
    """Debian keeps the venv module in a package of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False
    )
    if done.returncode:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        shell.install_packages(["python3-venv", f"python{version}-venv"], "Python's venv module")


def clean_environment():
    """Return this process's variables without those that lead Python astray."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
