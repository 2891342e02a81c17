"""Read Odoo's log: how the tests went, and what it complained about."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

RECORD = re.compile(
    r"^(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?P<pid>\d+) (?P<level>[A-Z]+) (?P<db>\S+) "
    r"(?P<logger>[^:]+): (?P<text>.*)$"
)
TEST_LOGGER = re.compile(r"^odoo\.addons\.(?P<module>[^.]+)\.tests(\.|$)")
STARTED = re.compile(r"^Starting (?P<test>\S+) \.\.\.")
SKIPPED = re.compile(r"^skipped (?P<test>.+?) : (?P<reason>.*)", re.DOTALL)
FAILED = re.compile(r"^(FAIL|ERROR): (?P<test>.+)")
TOTAL = re.compile(r"^\d+ failed, \d+ error\(s\) of (?P<count>\d+) tests")
LOUD = ("WARNING", "ERROR", "CRITICAL")
EXPECTED = Path(__file__).with_name("expected_warnings.txt")


@dataclass
class Record:
    """One entry of the log with the lines that continue it (tracebacks)."""

    level: str
    db: str
    logger: str
    text: str

    @property
    def module(self):
        """The add-on whose test wrote it, if any."""
        found = TEST_LOGGER.match(self.logger)
        return found["module"] if found else None


@dataclass
class Outcome:
    """What one run of Odoo's test runner amounted to."""

    started: Counter = field(default_factory=Counter)
    skipped: dict = field(default_factory=lambda: defaultdict(list))
    failed: dict = field(default_factory=lambda: defaultdict(list))
    complaints: list = field(default_factory=list)
    total: int | None = None


def records(text):
    """Split a log into records; lines before the first one are dropped."""
    found = []
    for line in text.splitlines():
        match = RECORD.match(line)
        if match:
            found.append(Record(match["level"], match["db"], match["logger"], match["text"]))
        elif found:
            found[-1].text += "\n" + line
    return found


def outcome(text, expected=()):
    """Return the Outcome of a test run's log; ``expected`` are patterns of wanted warnings."""
    result = Outcome()
    for record in records(text):
        _count(record, result)
        if record.level in LOUD and not _is_of_runner(record) and not is_expected(record, expected):
            result.complaints.append(record)
    return result


def is_expected(record, expected):
    """Tell whether one of the allowed patterns matches ``LEVEL logger: text``."""
    line = f"{record.level} {record.logger}: {record.text}"
    return any(pattern.search(line) for pattern in expected)


def read_expected(path=EXPECTED):
    """Return the allowed patterns: each line is ``pattern  # reason``; the reason is compulsory."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        pattern, _hash, reason = line.partition("  # ")
        if not reason.strip():
            raise ValueError(f"{path.name}, line {number}: no reason given after '  # '")
        found.append(re.compile(pattern.strip(), re.DOTALL))
    return found


def _count(record, result):
    if record.module:
        if STARTED.match(record.text):
            result.started[record.module] += 1
        elif skip := SKIPPED.match(record.text):
            result.skipped[record.module].append(f"{skip['test']}: {skip['reason']}")
        elif FAILED.match(record.text):
            result.failed[record.module].append(record.text)
    if record.logger == "odoo.tests.result" and (total := TOTAL.match(record.text)):
        result.total = int(total["count"])


def _is_of_runner(record):
    """Tell whether the runner itself wrote it: failures are counted as such, not as complaints."""
    if record.logger == "odoo.tests.result":
        return True
    if record.logger == "odoo.modules.loading" and "failed, " in record.text:
        return True
    if record.logger == "odoo.service.server" and "failed, " in record.text:
        return True
    return bool(record.module and (FAILED.match(record.text) or set(record.text) == {"="}))
