"""What happens inside Odoo's process during ./desk bench: run the cases and measure them.

A bench is a file ``devtools/benches/NAME.py`` with

``TITLE``, ``SIZES``
    what it shows, and the sizes it is measured at unless ``--size`` names one;
``SIZE_NAMES``
    what the sizes 1, 2, … stand for, where a size is more than one number (optional);
``MODULES``, ``PACKAGES``, ``PEER``
    more modules to install, pinned packages of the Python index that bring them (``name==version``),
    and what the other side is called (all optional);
``prepare(env, size)``
    brings the database to ``size`` (committed afterwards; called with growing sizes);
``cases(env, size)``
    returns a list of ``Case``.
"""

import gc
import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

RUNS = 5
METRICS = (("cpu", "ms"), ("wall", "ms"), ("queries", ""), ("memory", "MiB"))


@dataclass
class Case:
    """One call to measure, ours and the peer's.

    Each side is a function that gets a fresh environment, prepares what is not to be measured, and
    returns the function to measure. Everything is rolled back after each run unless ``commit``.
    ``per`` divides the figures: 100 for a batch of 100.
    """

    name: str
    ours: Callable
    peer: Callable | None = None
    per: int = 1
    commit: bool = False


@dataclass
class Sample:
    """What one run cost: CPU of Odoo and of its PostgreSQL backend, time on the wall, queries, memory."""

    odoo: float
    postgres: float
    wall: float
    queries: float
    memory: float

    @property
    def cpu(self):
        """Milliseconds of both processors' work."""
        return self.odoo + self.postgres


def measure(registry, sides, *, runs=RUNS, per=1, commit=False, uid=1):
    """Return the median Sample of each side over ``runs`` runs after one that only warms caches.

    The sides take turns, so that a busy moment of the machine meets both alike.
    """
    samples = [
        [_once(registry, side, per, commit, uid) for side in sides] for _number in range(runs + 1)
    ]
    return [_median(column) for column in zip(*samples[1:], strict=True)]


def _median(samples):
    names = ("odoo", "postgres", "wall", "queries", "memory")
    return Sample(**{name: statistics.median(getattr(s, name) for s in samples) for name in names})


def _once(registry, side, per, commit, uid):
    from odoo import api, sql_db

    with registry.cursor() as cr:
        # A parallel worker's CPU would be counted nowhere: one backend does all, for both sides alike.
        cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        env = api.Environment(cr, uid, {})
        call = side(env)
        env.flush_all()
        env.invalidate_all()
        resident = _reset_peak()
        # Some calls work on cursors of their own: all of this process are counted.
        backends = _backends()
        queries, odoo = sql_db.sql_counter, time.process_time()
        begin = time.perf_counter()
        call()
        # What the end of the transaction does belongs to the call: pending writes and the tracking.
        cr.flush()
        queries = sql_db.sql_counter - queries
        if commit:
            cr.commit()
        wall = time.perf_counter() - begin
        odoo = time.process_time() - odoo
        postgres = sum(cpu - backends.get(pid, 0) for pid, cpu in _backends().items())
        sample = Sample(
            odoo=1000 * odoo / per,
            postgres=1000 * postgres / per,
            wall=1000 * wall / per,
            queries=queries / per,
            memory=max(0, _status("VmHWM") - resident) / 1024,
        )
        cr.rollback()
    return sample


def _backends():
    """Return {process id: CPU seconds} of the PostgreSQL processes that serve this one."""
    from odoo import sql_db

    pids = [
        connection.info.backend_pid
        for connection in sql_db._Pool._connections
        if not connection.closed
    ]
    return {pid: backend_cpu(pid) for pid in pids}


def backend_cpu(pid):
    """Return the CPU seconds a process of this machine has used; 0 for a server elsewhere."""
    schedstat = Path(f"/proc/{pid}/schedstat")
    try:
        if schedstat.exists():
            return int(schedstat.read_text(encoding="ascii").split()[0]) / 1e9
        # Coarser: ticks of 10 ms, fields 14 and 15 counted after the name in brackets.
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / 100
    except (OSError, ValueError):
        return 0.0


def _reset_peak():
    """Forget the highest memory use so far; returns the present one in KiB."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        # Without the right to reset, only growth above the highest use is seen.
        return _status("VmHWM")
    return _status("VmRSS")


def _status(name):
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    return 0


def rows(case, size, ours, peer=None):
    """Return the rows of one case for machines; ratio is ours divided by the peer's."""
    found = []
    for metric, unit in METRICS:
        value = round(getattr(ours, metric), 3)
        other = round(getattr(peer, metric), 3) if peer else None
        ratio = round(value / other, 3) if other else None
        found.append(
            {
                "name": f"{case}: {metric}",
                "value": value,
                "unit": unit,
                "size": size,
                "peer": other,
                "ratio": ratio,
            }
        )
    return found


def main(name, db, size, runs, output):
    """Prepare, measure every case, and write rows and samples to ``output``."""
    import odoo.modules.registry
    from odoo import api
    from odoo.tools import config

    config.parse_config(["-d", db, "--log-level", "warn"], setup_logging=True)
    bench = importlib.import_module(f"devtools.benches.{name}")
    registry = odoo.modules.registry.Registry(db)
    with registry.cursor() as cr:
        bench.prepare(api.Environment(cr, api.SUPERUSER_ID, {}), size)
    _analyze(registry)
    result = []
    # Garbage of the set-up is not looked through again in the middle of a call.
    gc.collect()
    gc.freeze()
    with registry.cursor() as cr:
        found = bench.cases(api.Environment(cr, api.SUPERUSER_ID, {}), size)
    for case in found:
        options = {"runs": runs, "per": case.per, "commit": case.commit}
        sides = [case.ours, case.peer] if case.peer else [case.ours]
        ours, peer = [*measure(registry, sides, **options), None][:2]
        print(f"  {case.name}: {ours.cpu:.1f} ms", file=sys.stderr, flush=True)
        result.append(
            {
                "name": case.name,
                "ours": asdict(ours),
                "peer": asdict(peer) if peer else None,
                "rows": rows(case.name, size, ours, peer),
            }
        )
    Path(output).write_text(json.dumps(result), encoding="utf-8")


def _analyze(registry):
    """Give the planner the statistics that a living database has."""
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")
        cr._cnx.autocommit = False


if __name__ == "__main__":
    bench_name, database, wanted_size, wanted_runs, target = sys.argv[1:]
    # Started as a program, this file would be another module than the one benches import Case from.
    from devtools import bench_meter

    bench_meter.main(bench_name, database, int(wanted_size), int(wanted_runs), target)
