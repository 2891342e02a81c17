"""./desk lint: every check on the files, each with its name and what it found."""

import os
import subprocess
import sys
import time

from . import addons, docs, paths, traps, venv
from .paths import ADDONS, ROOT, TESTS

PYTHON_FOLDERS = ("addons", "devtools", "tests")

# README.md is made by ./desk docs; super() of a compute returns nothing in Odoo itself; a big model has
# a file per topic here.
PYLINT_LESS = "missing-readme,missing-return,consider-merging-classes-inherited"
# Matters of taste: the order of attributes, eval="5" for numbers. README.md is made from readme/*.md.
OCA_LESS = "xml-field-numeric-without-eval,xml-tag-position,prefer-readme-rst"


def main(only=None):
    """Run the checks (those whose name contains ``only``), print them, return the exit status."""
    paths.make_home()
    failed = passed = 0
    begin = time.monotonic()
    for name, output in run_all(only):
        seconds = time.monotonic() - begin
        begin = time.monotonic()
        if output:
            failed += 1
            print(f"✗ {name} ({seconds:.0f} s)\n{output.rstrip()}\n", flush=True)
        else:
            passed += 1
            print(f"✓ {name} ({seconds:.0f} s)", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def run_all(only=None):
    """Yield (name, findings) of every check; findings are empty when all is well."""
    tools = venv.ensure("requirements-dev.txt", name="venv-lint").parent
    for name, check in checks(tools).items():
        if not only or only in name:
            yield name, check()


def checks(tools):
    """Return {name: function that returns its findings as text}."""
    modules = [addons.folder(name) for name in addons.ours()]
    python = tools / "python"
    folders = [name for name in PYTHON_FOLDERS if (ROOT / name).exists()]
    po_files = sorted(ADDONS.glob("*/i18n/*.po"))
    return {
        "ruff": lambda: _tool(tools / "ruff", "check", "-q", "--no-cache", *folders),
        "ruff format": lambda: _tool(
            tools / "ruff", "format", "-q", "--no-cache", "--diff", *folders
        ),
        "pylint-odoo": lambda: _tool(
            *(python, "-m", "pylint", "--rcfile=.pylintrc", f"--disable={PYLINT_LESS}", *modules)
        ),
        "Odoo 19 traps": traps.check,
        "XML and CSV": lambda: _tool(
            *(tools / "oca-checks-odoo-module", f"--disable={OCA_LESS}", *modules)
        ),
        "PO files": lambda: _tool(tools / "oca-checks-po", *po_files) if po_files else "",
        "translations": lambda: _tool(python, "-m", "devtools.po_check", *po_files),
        "semgrep": _semgrep,
        "bandit": lambda: _tool(
            *(python, "-m", "bandit", "-q", "-r", "-ll", "-c", "devtools/bandit.yml", "addons")
        ),
        "documents": lambda: docs.check(),
        "shell": lambda: _tool("sh", "-n", "desk") or _tool("sh", "-n", ".ci/run"),
        "test files": _unused_tests,
    }


def _semgrep():
    tools = venv.ensure("requirements-semgrep.txt", name="venv-semgrep").parent
    return _tool(
        *(tools / "semgrep", "scan", "--config", "devtools/semgrep.yml", "--error", "--quiet"),
        *("--metrics", "off", "--disable-version-check", "--exclude", "tests", ADDONS),
    )


def _unused_tests():
    """Find test files that no tests/__init__.py imports: Odoo would never run them."""
    found = []
    for path in sorted(ADDONS.glob("*/tests/test_*.py")):
        init = path.parent / "__init__.py"
        words = init.read_text(encoding="utf-8").split() if init.exists() else []
        if path.stem not in [word.strip(",()") for word in words]:
            found.append(f"{path.relative_to(ROOT)} is not imported by tests/__init__.py")
    for path in sorted(TESTS.rglob("*_test.py")):
        found.append(f"{path.relative_to(ROOT)}: pytest collects test_*.py only")
    return "\n".join(found)


def _tool(*command):
    """Run a tool in the repository's root; returns its output when it found something."""
    env = dict(venv.clean_environment(), PYTHONPATH=str(ROOT), PYTHONDONTWRITEBYTECODE="1")
    program = os.path.dirname(str(command[0]))
    if program:
        env["PATH"] = f"{program}{os.pathsep}{env.get('PATH', '')}"
    done = subprocess.run(
        list(map(str, command)),
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return ""
    output = (done.stdout + done.stderr).strip()
    return output.replace(f"{ROOT}/", "") or f"{command[0]} ended with status {done.returncode}"


if __name__ == "__main__":
    sys.exit(main())
