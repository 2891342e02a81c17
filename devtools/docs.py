"""./desk docs: the fragments in readme/*.md become README.md and static/description/index.html.

Odoo's list of apps shows index.html; a code host shows README.md. Both are made, never edited.
"""

import subprocess

from . import addons, paths, venv
from .paths import ROOT
from .say import Trouble

# Heading of each fragment, in the order of reading.
FRAGMENTS = (
    ("DESCRIPTION", ""),
    ("CONTEXT", "Why"),
    ("INSTALL", "Installation"),
    ("CONFIGURE", "Configuration"),
    ("USAGE", "Usage"),
    ("ROADMAP", "Known limits and plans"),
    ("HISTORY", "Changes"),
)
NOTICE = "<!-- Made by ./desk docs from readme/*.md: edit those. -->\n\n"


def main(check_only=False):
    """Write the documents of every add-on, or say which are out of date."""
    paths.make_home()
    if check_only:
        stale = check()
        print(stale or "All documents are up to date.")
        return 1 if stale else 0
    for path, text in documents().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}")
    return 0


def check():
    """Return a line for each document that is missing or out of date."""
    lines = [
        f"{(addons.folder(name) / 'readme').relative_to(ROOT)}/DESCRIPTION.md is missing"
        for name in addons.ours()
        if not (addons.folder(name) / "readme" / "DESCRIPTION.md").exists()
    ]
    for path, text in documents().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            lines.append(f"{path.relative_to(ROOT)} is out of date: type ./desk docs")
    return "\n".join(lines)


def documents():
    """Return {path: text} of every document."""
    result = {}
    for name in addons.ours():
        text = readme(name)
        result[addons.folder(name) / "README.md"] = NOTICE + text
        result[addons.folder(name) / "static" / "description" / "index.html"] = page(text)
    return result


def readme(name):
    """Return the Markdown of an add-on: its name, summary and fragments."""
    manifest = addons.manifest(name)
    parts = [f"# {manifest['name']}"]
    if manifest.get("summary"):
        parts.append(f"*{manifest['summary']}*")
    for fragment, title in FRAGMENTS:
        path = addons.folder(name) / "readme" / f"{fragment}.md"
        if path.exists():
            parts += [f"## {title}"] if title else []
            parts.append(path.read_text(encoding="utf-8").strip())
    parts.append(f"## License\n\n{manifest['license']}. By {manifest['author']}.")
    return "\n\n".join(parts) + "\n"


def page(markdown):
    """Return the page Odoo shows in its list of apps."""
    python = venv.ensure("requirements-dev.txt", name="venv-lint")
    program = (
        "import sys, markdown; sys.stdin.reconfigure(encoding='utf-8');"
        "sys.stdout.reconfigure(encoding='utf-8');"
        "print(markdown.markdown(sys.stdin.read(), extensions=['tables', 'fenced_code'], "
        "output_format='html'))"
    )
    done = subprocess.run(
        [python, "-c", program],
        input=markdown,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode:
        raise Trouble(f"The page could not be made.\n{done.stderr}")
    return (
        '<section class="oe_container">\n<div class="oe_row">\n'
        f"{done.stdout.strip()}\n</div>\n</section>\n"
    )
