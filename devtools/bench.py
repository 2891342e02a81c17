"""./desk bench NAME: what a call costs, ours beside a peer's, on the same server in one run."""

import ast
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from . import database, odoo, setup, shell, templates, venv
from .paths import HOME, LOGS, ROOT
from .say import Trouble

BENCHES = Path(__file__).with_name("benches")


def main(name, sizes=None, json_file=None, runs=5):
    """Measure a bench, or all of a group, print tables, write rows for machines; returns the exit status."""
    setup.ensure()
    all_rows = []
    for member in group(name):
        all_rows += [{"bench": member, **row} for row in _run(member, sizes, runs)]
    if json_file:
        Path(json_file).write_text(json.dumps(all_rows, indent=1) + "\n", encoding="utf-8")
        print(f"{len(all_rows)} rows: {json_file}")
    return 0 if all_rows else 1


def group(name):
    """Return the benches that a name means: itself, or all whose names begin with it and a line (``sla_…``)."""
    members = [each for each in names() if each.startswith(f"{name}_")]
    return [name] if name in names() or not members else members


def _run(name, sizes, runs):
    """Measure one bench at each size and print its tables; returns the rows."""
    described = describe(name)
    packages = _fetch(described.get("PACKAGES", ()))
    sizes = sorted(sizes or described["SIZES"])
    db = f"bench_{name}"
    database.drop(db)
    print(f"{described['TITLE']}\nmaking the database {db} …", flush=True)
    templates.copy(templates.full(), db)
    all_rows = []
    try:
        env = _environment(packages)
        if described.get("MODULES"):
            _install(db, described["MODULES"], env)
        for size in sizes:
            at = size_name(described, size)
            print(f"filling and measuring at {at} …", flush=True)
            results = _measure(name, db, size, runs, env)
            print(table(results, at, described.get("PEER")), flush=True)
            all_rows += [{**row, "at": at} for result in results for row in result["rows"]]
    finally:
        database.drop(db)
    return all_rows


def names():
    """Return the names of all benches: the files with a TITLE; others there are their helpers."""
    return sorted(path.stem for path in BENCHES.glob("*.py") if "TITLE" in constants(path))


def describe(name):
    """Return the capital constants of a bench."""
    if name not in names():
        raise Trouble(f"There is no bench {name}. There are: {', '.join(names())}.")
    found = constants(BENCHES / f"{name}.py")
    if "SIZES" not in found:
        raise Trouble(f"The bench {name} lacks SIZES as a plain constant.")
    return found


def size_name(described, size):
    """Return a size in words: a bench whose sizes are several numbers at once names them."""
    names = described.get("SIZE_NAMES")
    return names[size - 1] if names else f"{size:,}"


def constants(path):
    """Return the plain capital constants of a Python file, read without running it."""
    found = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id.isupper():
            try:
                found[target.id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


def table(results, at, peer_name=None):
    """Return the figures for people: medians, ours and the peer's side by side."""
    head = f"{'at ' + at:<34}{'CPU ms':>10}{'Odoo':>8}{'PG':>8}{'wall ms':>9}"
    head += f"{'queries':>9}{'MiB':>7}"
    lines = [head]
    for result in results:
        lines.append(_line(result["name"], result["ours"]))
        if result["peer"]:
            lines.append(_line(f"   {peer_name or 'peer'}", result["peer"]))
            ratio = _cpu(result["ours"]) / (_cpu(result["peer"]) or 1)
            lines.append(f"   {'ours / peer':<31}{ratio:>10.2f}")
    return "\n".join(lines) + "\n"


def _line(name, sample):
    return (
        f"{name[:33]:<34}{_cpu(sample):>10.2f}{sample['odoo']:>8.2f}{sample['postgres']:>8.2f}"
        f"{sample['wall']:>9.2f}{sample['queries']:>9.1f}{sample['memory']:>7.1f}"
    )


def _cpu(sample):
    return sample["odoo"] + sample["postgres"]


def _fetch(packages):
    """Unpack pinned add-on packages into a folder of their own; returns their add-ons folder."""
    if not packages:
        return None
    digest = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:12]
    folder = HOME / "peers" / digest
    if not folder.exists():
        half_made = folder.with_name(f"{digest}-half-made")
        shutil.rmtree(half_made, ignore_errors=True)
        command = [venv.python(), "-m", "pip", "install", "-q", "--no-deps", "--target", half_made]
        shell.run([*command, *packages], what="Fetching the peer", env=venv.clean_environment())
        half_made.rename(folder)
    return folder / "odoo" / "addons"


def _environment(packages):
    env = odoo.environment()
    if packages:
        env["ODOO_ADDONS_PATH"] += f",{packages}"
    env["PYTHONPATH"] += f":{ROOT}"
    return env


def _install(db, modules, env):
    command = odoo.command("-d", db, "-i", ",".join(modules), "--stop-after-init", "--no-http")
    shell.run(command, what="Installing for the bench", env=env, cwd=ROOT, log=LOGS / "bench.log")


def _measure(name, db, size, runs, env):
    output = LOGS / f"bench-{name}-{size}.json"
    output.unlink(missing_ok=True)
    command = [venv.python(), "-m", "devtools.bench_meter", name, db, size, runs, output]
    done = subprocess.run(list(map(str, command)), cwd=ROOT, env=env, check=False)
    if done.returncode or not output.exists():
        raise Trouble(f"The bench {name} failed at {size}.")
    return json.loads(output.read_text(encoding="utf-8"))
