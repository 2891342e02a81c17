"""./desk test: set up, run every suite two at a time, and say how it went."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from . import addons, setup, shell, suites, templates, testnames, venv
from .paths import ROOT
from .say import Trouble

# Two cores are the smallest machine this is meant for.
AT_ONCE = 2


def main(targets, name_filter=None, with_lint=True):
    """Run the suites that ``targets`` (add-ons, files below tests/, or nothing for all) name."""
    begin = time.monotonic()
    setup.ensure()
    # the tests of the add-ons need a mail server too
    venv.ensure("requirements.txt", "requirements-test.txt")
    shell.browser()
    templates.sweep()
    chosen = choose(targets, name_filter, with_lint)
    results = run_all(chosen)
    if not any(result.passed or result.failed for result in results):
        results.append(suites.Result("everything"))
        results[-1].fail(
            "No test ran." + (f" Nothing is named *{name_filter}*." if name_filter else "")
        )
    return report(results, time.monotonic() - begin)


def choose(targets, name_filter=None, with_lint=True):
    """Return the suites to run, the longest first."""
    modules, paths = _sort(targets)
    tested = [module for module in modules if testnames.has_tests(module)]
    names = None
    if name_filter:
        names = {module: testnames.matching(module, name_filter) for module in tested}
    chosen = suites.plan(tested, names)
    if paths:
        # beside the longest of the add-ons, not after all of them
        chosen.insert(1, suites.PytestSuite(paths, name_filter))
    units = [module for module in modules if testnames.has_browser_units(module)]
    if units and not name_filter:
        chosen.append(suites.BrowserUnitSuite(units))
    if with_lint and not targets and not name_filter:
        chosen.append(suites.LintSuite())
    return chosen


def run_all(chosen):
    """Run suites, two at once, showing each result as it comes."""
    results, lock = [], threading.Lock()

    def work(suite):
        print(f"… {suite.name}", flush=True)
        try:
            found = suite.run()
        except Exception as error:  # one broken suite must not hide the others
            found = suites.failed_result(suite, error)
        with lock:
            results.extend(found)
            for result in found:
                _show(result)

    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        list(pool.map(work, chosen))
    finally:
        # After Ctrl-C the suites still waiting must not start.
        pool.shutdown(cancel_futures=True)
    return results


def report(results, seconds):
    """Print the sum and return the exit status; the last line stands alone."""
    passed = sum(result.passed for result in results)
    failed = sum(result.failed for result in results)
    skipped = sum(result.skipped for result in results)
    if skipped:
        print(f"{skipped} skipped")
    print(f"{len(results)} suites in {seconds:.0f} s")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


def _show(result):
    sign = "✗" if result.failed else "✓"
    skipped = f", {result.skipped} skipped" if result.skipped else ""
    counts = f"{result.passed} passed, {result.failed} failed{skipped}"
    print(f"{sign} {result.name}: {counts} ({result.seconds:.0f} s)")
    for text in result.failures:
        print("  | " + text.rstrip().replace("\n", "\n  | "))
    print(end="", flush=True)


def _sort(targets):
    """Split the person's words into add-ons and paths for pytest."""
    ours = addons.ours()
    if not targets:
        return ours, ["tests"]
    modules, paths = [], []
    for target in targets:
        plain = target.removeprefix("addons/").rstrip("/")
        if plain in ours:
            modules.append(plain)
        elif (ROOT / target.split("::")[0]).exists():
            paths.append(target)
        else:
            raise Trouble(f"There is no add-on and no file {target}. Add-ons: {', '.join(ours)}.")
    return modules, paths
