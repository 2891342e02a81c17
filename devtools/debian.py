"""Packages from the Debian mirror that apt is configured with, without touching the system.

apt runs on private state folders: that works for everybody, also where the machine's package lists are
empty, and apt checks signatures and checksums as always. Nothing is installed, only unpacked.
"""

import re
import shlex
import shutil
import subprocess
import time
from pathlib import Path

from . import shell
from .paths import DOWNLOADS, LOGS, STATE
from .say import Trouble

APT_SOURCES = Path("/etc/apt")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
HELPER = Path("/usr/lib/apt/apt-helper")


def is_here():
    """Tell whether this machine has apt and dpkg."""
    return HELPER.exists() and bool(shutil.which("dpkg-deb")) and bool(shutil.which("apt-get"))


def mirrors(folder=APT_SOURCES):
    """Return the archive addresses of apt's sources, plain Debian mirrors first."""
    found = []
    files = [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*"))]
    for path in files:
        if path.suffix in (".list", ".sources") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found += _one_line(text) if path.suffix == ".list" else _deb822(text)
    found = [uri.rstrip("/") for uri in found if uri.startswith(("http://", "https://"))]
    # A mirror of Ubuntu usually carries Debian beside it.
    found += [re.sub(r"/ubuntu$", "/debian", uri) for uri in found if uri.endswith("/ubuntu")]
    unique = list(dict.fromkeys(found))
    return sorted(
        (uri for uri in unique if "ubuntu" not in uri and "security" not in uri),
        key=lambda uri: not uri.endswith("/debian"),
    )


def _one_line(text):
    """Return the addresses of ``deb [options] URI suite component …`` lines."""
    return re.findall(r"^\s*deb\s+(?:\[[^\]]*\]\s*)?(\S+)", text, re.MULTILINE)


def _deb822(text):
    """Return the addresses of stanzas that are not switched off."""
    found = []
    for stanza in re.split(r"\n\s*\n", re.sub(r"^#.*\n?", "", text, flags=re.MULTILINE)):
        fields, name = {}, ""
        for line in stanza.splitlines():
            if line[:1].isspace():
                fields[name] = f"{fields.get(name, '')} {line.strip()}"
            elif ":" in line:
                name, value = line.split(":", 1)
                name = name.strip().lower()
                fields[name] = value.strip()
        if fields.get("enabled", "yes").lower() in ("no", "false", "0"):
            continue
        if "deb" in fields.get("types", "deb").split():
            found += fields.get("uris", "").split()
    return found


def download(uri, target, sha256, progress=None, size=None):
    """Fetch one file with apt's own settings (proxy, certificates) and check its SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    command = [HELPER, *_options(), "download-file", uri, partial, f"SHA256:{sha256}"]
    _watch(command, partial, progress, size, what=f"Fetching {target.name}")
    partial.rename(target)
    return target


def fetch(packages, suite=None, progress=None, mirror=None):
    """Fetch packages (the release's own, or of ``suite`` on ``mirror``) and return their files."""
    folder = DOWNLOADS / (suite or "release")
    folder.mkdir(parents=True, exist_ok=True)
    options = _options(suite, mirror)
    if progress:
        progress.note("package lists")
    # A source that does not answer spoils the status, not the others: the download decides.
    subprocess.run(
        [*map(str, ["apt-get", *options, "update", "-q"])],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    for package in packages:
        for old in folder.glob(f"{package}_*.deb"):
            old.unlink()
    if progress:
        progress.note(", ".join(packages))
    command = ["apt-get", *options, "download", "-q", *packages]
    shell.run(command, what=f"Fetching {', '.join(packages)}", cwd=folder)
    return [path for package in packages for path in folder.glob(f"{package}_*.deb")]


def unpack(package, folder):
    """Lay a package's files into ``folder``; nothing of it is run."""
    folder.mkdir(parents=True, exist_ok=True)
    shell.run(["dpkg-deb", "-x", package, folder], what=f"Unpacking {Path(package).name}")


def version(package):
    """Return the version of a package file."""
    return shell.run(["dpkg-deb", "-f", package, "Version"], what="dpkg-deb").strip()


def _options(suite=None, mirror=None):
    """Return apt's options for private folders, and for one suite where it is named."""
    state = STATE / f"apt-{suite or 'release'}"
    for name in ("lists/partial", "cache/archives/partial", "etc"):
        (state / name).mkdir(parents=True, exist_ok=True)
    settings = {
        "Dir::State::lists": state / "lists",
        "Dir::Cache": state / "cache",
        "Debug::NoLocking": "true",
        "APT::Sandbox::User": "root",
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
    }
    if suite:
        # A clone's path may hold blanks: apt reads quoted words.
        key = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
        source = state / "etc" / "sources.list"
        source.write_text(f"deb {key}{mirror} {suite} main\n", encoding="utf-8")
        settings["Dir::Etc::sourcelist"] = source
        settings["Dir::Etc::sourceparts"] = "/dev/null"
    return [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]


def _watch(command, growing, progress, size, what):
    """Run a download while telling how far it is."""
    log = LOGS / "download.log"
    with open(log, "wb") as handle:
        process = subprocess.Popen(list(map(str, command)), stdout=handle, stderr=subprocess.STDOUT)
        try:
            while process.poll() is None:
                if progress and size and growing.exists():
                    done = growing.stat().st_size
                    progress.note(f"{done >> 20} of {size >> 20} MiB")
                time.sleep(0.3)
        finally:
            if process.poll() is None:
                process.terminate()
    if process.returncode:
        words = shell.tail(log)
        raise Trouble(f"{what} failed: {shlex.join(map(str, command[-3:-1]))}\n{words.strip()}")
