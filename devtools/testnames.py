"""Which tests our add-ons have, read from the files: for -k and for balancing."""

import ast

from . import addons


def has_tests(module):
    """Tell whether an add-on has Python tests."""
    return any((addons.folder(module) / "tests").glob("test_*.py"))


def has_browser_units(module):
    """Tell whether an add-on has JavaScript unit tests."""
    return any((addons.folder(module) / "static" / "tests").rglob("*.test.js"))


def weight(module):
    """Return about how long the tests of an add-on take, in any unit: the size of their files."""
    return 1 + sum(path.stat().st_size for path in (addons.folder(module) / "tests").glob("*.py"))


def matching(module, text):
    """Return Odoo's test tags of the tests whose ``file.Class.method`` contains ``text``."""
    text = text.lower()
    tags = []
    for path in sorted((addons.folder(module) / "tests").glob("test_*.py")):
        for class_name, method in _methods(ast.parse(path.read_text(encoding="utf-8"))):
            if text in f"{path.stem}.{class_name}.{method}".lower():
                tags.append(f"/{module}:{class_name}.{method}")
    return tags


def _methods(tree):
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        for item in node.body:
            if isinstance(item, ast.FunctionDef) and item.name.startswith("test"):
                yield node.name, item.name
