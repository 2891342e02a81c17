"""The parts of ./desk run that read other programs' files."""

import re
from pathlib import Path

import pytest

from devtools import addons, debian, odoo_source, postgres, venv
from devtools.paths import ROOT
from devtools.say import Trouble

DEB822 = """\
# a comment
Types: deb deb-src
URIs: http://mirror.example/debian/
Suites: bookworm bookworm-updates
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: sid

Types: deb
URIs: http://one.example/debian
 http://two.example/debian
Suites: bookworm
"""


def apt_folder(tmp_path, files):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_mirrors_of_deb822_sources(tmp_path):
    folder = apt_folder(tmp_path, {"sources.list.d/debian.sources": DEB822})
    assert debian.mirrors(folder) == [
        "http://mirror.example/debian",
        "http://one.example/debian",
        "http://two.example/debian",
    ]


def test_mirrors_of_one_line_sources(tmp_path):
    text = (
        "# deb http://commented.example/debian sid main\n"
        "deb [arch=amd64 signed-by=/k.gpg] https://signed.example/debian bookworm main\n"
        "deb-src http://source.example/debian bookworm main\n"
        "deb cdrom:[Debian]/ bookworm main\n"
        "deb http://plain.example/debian bookworm main\n"
    )
    folder = apt_folder(tmp_path, {"sources.list": text})
    assert debian.mirrors(folder) == [
        "https://signed.example/debian",
        "http://plain.example/debian",
    ]


def test_an_ubuntu_mirror_is_asked_for_its_debian(tmp_path):
    text = "deb http://mirror.example/ubuntu noble main\n"
    assert debian.mirrors(apt_folder(tmp_path, {"sources.list": text})) == [
        "http://mirror.example/debian"
    ]


def test_a_machine_without_sources_has_no_mirror(tmp_path):
    assert debian.mirrors(tmp_path) == []


def test_pins_reads_names_versions_and_markers():
    text = "Jinja2==3.1.6\n# note\nlxml_html_clean==0.4.6 # why\nx==1 ; python_version < '3.11'\n\n"
    assert venv.pins(text) == {"jinja2": "3.1.6", "lxml-html-clean": "0.4.6", "x": "1"}


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_every_requirement_is_pinned(file):
    text = file.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    assert all(re.match(r"^[A-Za-z0-9_.-]+==[^=\s]+", line) for line in lines)


def test_held_back_pins_stay_where_odoo_needs_them():
    pins = venv.pins((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert pins["pypdf2"].startswith("2.")
    assert (pins["docutils"], pins["werkzeug"]) == ("0.20.1", "3.1.6")


def test_series_is_read_without_running_odoo(tmp_path):
    assert odoo_source.series(tmp_path) is None
    (tmp_path / "release.py").write_text(
        "raise_me = 1 / 1\nversion_info = (19, 0, 0, 'final', 0, '')\n", encoding="utf-8"
    )
    assert odoo_source.series(tmp_path) == (19, 0)


def test_a_wrong_odoo_home_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(Trouble, match=re.escape(str(tmp_path))):
        odoo_source.ensure()


def test_pghost_leads_to_a_real_server(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.example")
    monkeypatch.setenv("PGUSER", "me")
    environment = postgres.environment()
    assert (environment["PGHOST"], environment["PGUSER"]) == ("db.example", "me")


def test_socket_path_fits_the_kernel(monkeypatch, tmp_path):
    monkeypatch.delenv("PGHOST", raising=False)
    monkeypatch.setattr(postgres, "HOME", tmp_path / ("deep" * 30))
    socket = Path(postgres.environment()["PGHOST"]) / ".s.PGSQL.5432"
    assert len(str(socket)) <= 107


def test_fingerprint_changes_with_what_an_update_reads(monkeypatch, tmp_path):
    module = tmp_path / "room"
    for name in ("models/a.py", "tests/test_a.py", "static/src/a.js", "views/a.xml"):
        (module / name).parent.mkdir(parents=True, exist_ok=True)
        (module / name).write_text("one", encoding="utf-8")
    monkeypatch.setattr(addons, "ADDONS", tmp_path)
    before = addons.fingerprint("room")
    (module / "tests/test_a.py").write_text("two", encoding="utf-8")
    (module / "static/src/a.js").write_text("two", encoding="utf-8")
    assert addons.fingerprint("room") == before
    (module / "views/a.xml").write_text("two", encoding="utf-8")
    assert addons.fingerprint("room") != before
