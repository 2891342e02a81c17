"""The suites of ./desk test. Each one runs to its end and returns its Result."""

import os
import re
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from . import addons, database, odoo, odoolog, shell, templates, testnames, venv
from .paths import LOGS, ROOT
from .say import Trouble


@dataclass
class Result:
    """What a suite amounted to; ``failures`` are shown in full."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    failures: list = field(default_factory=list)

    def fail(self, text):
        """Count one failure and keep its text."""
        self.failed += 1
        self.failures.append(text)


class OdooSuite:
    """Add-on tests by Odoo's own runner: our add-ons are installed with tests into a fresh copy."""

    def __init__(self, modules, tags=None, label="add-ons"):
        self.modules = modules
        self.tags = tags or [f"/{module}" for module in modules]
        self.name = f"{label}: {', '.join(modules)}"
        self.slug = re.sub(r"\W+", "_", self.name)[:30]

    def run(self):
        """Return one Result per add-on."""
        begin = time.monotonic()
        db = f"test_{os.getpid()}_{self.slug}"
        log = LOGS / f"test-{self.slug}.log"
        try:
            templates.copy(self._template(), db)
            status = self._odoo(db, log)
        finally:
            database.drop(db)
        text = log.read_text(encoding="utf-8", errors="replace")
        outcome = odoolog.outcome(text, odoolog.read_expected())
        results = [self._result(module, outcome, text) for module in self._counted()]
        _blame(results, outcome, status, log)
        for result in results:
            result.seconds = result.seconds or time.monotonic() - begin
        return results

    def _template(self):
        return templates.base()

    def _counted(self):
        return self.modules

    def _arguments(self):
        return ["-i", ",".join(addons.ours())]

    def _odoo(self, db, log):
        command = odoo.command(
            *("-d", db, "--http-port", odoo.free_port(), "--test-tags", ",".join(self.tags)),
            *("--stop-after-init", "--max-cron-threads", 0, "--screenshots", LOGS / "screenshots"),
            *self._arguments(),
        )
        with open(log, "wb") as handle:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=odoo.environment(),
                stdout=handle,
                stderr=subprocess.STDOUT,
                check=False,
            )
        return done.returncode

    def _result(self, module, outcome, text):
        result = Result(module)
        failures = outcome.failed.get(module, ())
        result.skipped = len(outcome.skipped.get(module, ()))
        result.failures = list(failures)
        result.failed = len(failures)
        result.passed = max(0, outcome.started[module] - result.failed - result.skipped)
        timing = re.findall(rf"odoo\.tests\.stats: {module}: \d+ tests ([\d.]+)s", text)
        result.seconds = sum(map(float, timing))
        for skip in outcome.skipped.get(module, ()):
            if "chrome" in skip.lower():
                result.fail(f"A browser test was skipped: {skip}")
        if not outcome.started[module]:
            result.fail(f"{module}: no test ran.")
        return result


class BrowserUnitSuite(OdooSuite):
    """Our JavaScript unit tests (Hoot), run by Odoo's web client in the browser."""

    PASSED = re.compile(r"\[HOOT\] Passed (\d+) tests?")

    def __init__(self, modules):
        names = ",".join(f"@{module}" for module in modules)
        tags = [f"/web:WebSuite.test_unit_desktop[{names}]"]
        super().__init__(modules, tags, label="JavaScript")

    def _template(self):
        return templates.full()

    def _counted(self):
        return ["web"]

    def _arguments(self):
        return []

    def _result(self, module, outcome, text):
        result = super()._result(module, outcome, text)
        result.name = self.name
        # The runner sees one test; the browser's own sum says how many there were.
        counted = self.PASSED.findall(text)
        if counted and not result.failed:
            result.passed = int(counted[-1])
        elif not result.failed:
            result.fail("The browser reported no test.")
        return result


class PytestSuite:
    """System tests: the running product seen from the outside."""

    def __init__(self, targets=("tests",), name_filter=None):
        self.targets = list(targets)
        self.name_filter = name_filter
        self.name = f"system: {', '.join(self.targets)}"

    def run(self):
        """Return one Result per test file."""
        report = LOGS / f"pytest-{os.getpid()}-{abs(hash(self.name)) % 10**6}.xml"
        report.unlink(missing_ok=True)
        interpreter = venv.ensure("requirements.txt", "requirements-test.txt")
        command = [
            interpreter,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--junitxml",
            report,
        ]
        command += ["-o", "junit_family=xunit1", "--rootdir", ROOT, *self.targets]
        command += ["-k", self.name_filter] if self.name_filter else []
        log = report.with_suffix(".log")
        with open(log, "wb") as handle:
            done = subprocess.run(
                list(map(str, command)),
                cwd=ROOT,
                env=dict(
                    venv.clean_environment(), PYTHONPATH=str(ROOT), PYTHONDONTWRITEBYTECODE="1"
                ),
                stdout=handle,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if not report.exists():
            result = Result(self.name)
            result.fail(f"pytest did not run.\n{shell.tail(log, 60)}")
            return [result]
        results = self.read(report)
        # Exit status 5 means that nothing was selected, 1 that tests failed.
        if not results and not (done.returncode == 5 and self.name_filter):
            results.append(Result(self.name))
            results[0].fail(f"No test ran.\n{shell.tail(log)}")
        elif done.returncode not in (0, 1, 5):
            results[0].fail(f"pytest ended with status {done.returncode}.\n{shell.tail(log, 60)}")
        return results

    @staticmethod
    def read(report):
        """Return the Results in a JUnit report, one per file."""
        by_file = {}
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            name = case.get("file") or case.get("classname", "tests").replace(".", "/")
            result = by_file.setdefault(name, Result(name))
            result.seconds += float(case.get("time", 0))
            problems = [*case.findall("failure"), *case.findall("error")]
            if problems:
                texts = [problem.text or problem.get("message", "") for problem in problems]
                result.fail("\n".join([f"{name}::{case.get('name')}", *texts]))
            elif case.find("skipped") is not None:
                result.skipped += 1
            else:
                result.passed += 1
        return list(by_file.values())


class LintSuite:
    """Every check of ./desk lint counts as one test."""

    name = "lint"

    def run(self):
        """Return one Result."""
        from . import lint

        begin = time.monotonic()
        result = Result(self.name)
        for check, output in lint.run_all():
            if output:
                result.fail(f"{check}:\n{output}")
            else:
                result.passed += 1
        result.seconds = time.monotonic() - begin
        return [result]


def plan(modules, names=None):
    """Return the Odoo suites for ``modules``, at most two of about the same length.

    ``names`` ({module: tags}) narrows them to single tests.
    """
    if names is not None:
        tags = [tag for module in modules for tag in names.get(module, ())]
        chosen = [module for module in modules if names.get(module)]
        return [OdooSuite(chosen, tags)] if chosen else []
    groups = [[], []]
    weights = [0, 0]
    for module in sorted(modules, key=testnames.weight, reverse=True):
        lighter = weights.index(min(weights))
        groups[lighter].append(module)
        weights[lighter] += testnames.weight(module)
    return [OdooSuite(group) for group in groups if group]


def _blame(results, outcome, status, log):
    """Count what belongs to no single test: complaints in the log, a crash."""
    for record in outcome.complaints:
        owner = next((r for r in results if r.name == (record.module or _module_in(record))), None)
        text = f"Unexpected in Odoo's log: {record.level} {record.logger}: {record.text}"
        (owner or results[0]).fail(text)
    if status and not any(result.failed for result in results):
        results[0].fail(f"Odoo ended with status {status}.\n{shell.tail(log, 60)}")


def _module_in(record):
    found = re.search(r"odoo\.addons\.(\w+)", record.logger)
    return found[1] if found else None


def failed_result(suite, error):
    """Return the Result of a suite that could not even run."""
    result = Result(suite.name)
    result.fail(str(error) if isinstance(error, Trouble) else f"{type(error).__name__}: {error}")
    return [result]
