"""Start other programs and turn their failures into sentences."""

import os
import shutil
import subprocess

from .say import Trouble


def is_root():
    """Tell whether we may install system packages."""
    return os.geteuid() == 0


def run(command, *, what, log=None, **options):
    """Run ``command`` to its end and return its output; ``what`` names it in the error.

    With ``log`` (a path) the output goes there instead, and the error shows its last lines.
    """
    command = [str(part) for part in command]
    try:
        if log:
            with open(log, "ab") as handle:
                done = subprocess.run(
                    command, stdout=handle, stderr=subprocess.STDOUT, check=False, **options
                )
            output = tail(log)
        else:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, errors="replace", **options
            )
            output = done.stdout + done.stderr
    except FileNotFoundError as error:
        raise Trouble(f"{what}: the program {command[0]} is missing.") from error
    if done.returncode:
        raise Trouble(f"{what} failed ({explain(output)}).\n{output.strip()[-3000:]}")
    return output if log else done.stdout


def tail(path, lines=25):
    """Return the last lines of a text file."""
    with open(path, encoding="utf-8", errors="replace") as handle:
        return "".join(handle.readlines()[-lines:])


def explain(output):
    """Name the usual reason behind a program's last words."""
    text = output.lower()
    if "no space left" in text:
        return "the disk is full: free some space and try again"
    signs = ("could not resolve", "temporary failure in name", "connection refused", "unreachable")
    signs += ("failed to establish", "connection timed out", "could not connect to")
    if any(sign in text for sign in signs):
        return "the network or the mirror does not answer"
    return "its last words follow"


def need_program(programs, packages, why):
    """Return the path of the first of ``programs`` (one name or several) that is there.

    As root ``packages`` are installed where none is, else the error says what to type.
    """
    programs = [programs] if isinstance(programs, str) else programs
    found = _first(programs)
    if not found:
        install_packages(packages, why)
        found = _first(programs)
    if not found:
        raise Trouble(f"{why} is missing: no {programs[0]} although {packages[0]} is installed.")
    return found


def browser():
    """Return the path of Chromium, which browser tests and pictures need."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return need_program(names, ["chromium"], "A browser (Chromium)")


def _first(programs):
    return next(filter(None, map(shutil.which, programs)), None)


def install_packages(packages, why):
    """Install Debian packages as root; else raise with the one line to type."""
    line = f"apt-get install -y {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise Trouble(f"{why} is missing. Install it with your system's package manager.")
    if not is_root():
        raise Trouble(f"{why} is missing. Type: sudo {line}")
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    run(["apt-get", "update", "-q"], what="apt-get update", env=env)
    run(line.split(), what=f"Installing {why}", env=env)
