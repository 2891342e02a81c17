"""The checks of ./desk lint and the report of ./desk test."""

import re

import pytest

from devtools import bench, po_check, suites, test, traps
from devtools.say import Trouble


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a.py", '_sql_constraints = [("x", "unique(x)", "x")]'),
        ("a.py", 'x = fields.Integer(group_operator="avg")'),
        ("a.py", 'y = fields.Many2one("x", auto_join=True)'),
        ("a.py", "from odoo.osv import expression"),
        ("a.py", '@http.route("/x", type="json")'),
        ("a.py", "def name_get(self):"),
        ("a.py", "values = {'groups_id': []}"),
        ("a.xml", '<t t-name="kanban-box">'),
        ("a.xml", '<field name="view_mode">tree,form</field>'),
        ("a.xml", '<group expand="0" string="Group By">'),
        ("a.xml", '<span t-esc="x"/>'),
        ("a.xml", "<tree>"),
        ("a.js", 'this.rpc = useService("rpc");'),
    ],
)
def test_a_trap_is_found_and_can_be_excused(tmp_path, name, line):
    folder = tmp_path / "addons"
    folder.mkdir()
    (folder / name).write_text(f"first\n{line}\n", encoding="utf-8")
    assert traps.check(folder).startswith(f"addons/{name}:2: ")
    (folder / name).write_text(f"{line} desk: allow\n", encoding="utf-8")
    assert traps.check(folder) == ""


def test_odoo_19_words_are_no_traps(tmp_path):
    (tmp_path / "a.py").write_text(
        'x = models.Constraint("unique(x)")\nself._read_group([])\ngroup_ids = 1\n',
        encoding="utf-8",
    )
    (tmp_path / "a.xml").write_text('<list><t t-out="x"/></list>\n', encoding="utf-8")
    assert traps.check(tmp_path) == ""


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fault"),
    [
        ("Ticket", "Заявка", ""),
        ("Ticket", "", "no translation"),
        ("%(a)s and %(b)s", "%(b)s и %(a)s", ""),
        ("%(agent)s left", "%(agnet)s ушёл", "placeholders differ"),
        ("%s of %s", "%s из", "placeholders differ"),
        ("<b>Now</b>", "<b>Сейчас<b>", "tags differ"),
    ],
)
def test_translations_are_compared(msgid, msgstr, fault):
    assert po_check.entry_fault(msgid, msgstr) == fault


def test_a_term_that_stays_needs_its_reason_or_nothing_to_translate():
    assert po_check.entry_fault("INC", "", comment="a code") == "no translation"
    assert po_check.entry_fault("INC", "", comment="stays: an example of a code") == ""
    assert po_check.entry_fault("{{ticket.subject}}", "") == ""


def test_a_fuzzy_translation_is_a_fault():
    assert po_check.entry_fault("Ticket", "Заявка", fuzzy=True) == "marked fuzzy"


def test_last_line_and_status_of_a_good_run(capsys):
    assert (
        test.report([suites.Result("a", passed=3), suites.Result("b", passed=2, skipped=1)], 1) == 0
    )
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 0 failed"


def test_last_line_and_status_of_a_bad_run(capsys):
    bad = suites.Result("a", passed=3)
    bad.fail("boom")
    assert test.report([bad], 1) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 1 failed"


def test_a_run_without_tests_fails():
    assert test.report([suites.Result("a")], 1) == 1


def test_pytest_report_is_counted_per_file(tmp_path):
    report = tmp_path / "r.xml"
    report.write_text(
        "<testsuites><testsuite>"
        '<testcase file="tests/test_a.py" name="test_x" time="0.5"/>'
        '<testcase file="tests/test_a.py" name="test_y" time="0.5">'
        "<failure>Traceback: assert 1 == 2</failure></testcase>"
        '<testcase file="tests/test_b.py" name="test_z" time="1"><skipped/></testcase>'
        "</testsuite></testsuites>",
        encoding="utf-8",
    )
    first, second = suites.PytestSuite.read(report)
    assert (first.name, first.passed, first.failed, first.seconds) == ("tests/test_a.py", 1, 1, 1.0)
    assert "assert 1 == 2" in first.failures[0]
    assert (second.passed, second.skipped) == (0, 1)


def test_bench_name_means_one_or_a_group():
    assert bench.group("catalog") == ["catalog"]
    assert bench.group("sla_hours") == ["sla_hours"]
    members = bench.group("sla")
    assert "sla_hours" in members and "sla_sweep" in members and "sla_fill" not in members
    with pytest.raises(Trouble):
        bench.describe(bench.group("nothing")[0])


def test_bench_table_puts_the_peer_beside_us():
    ours = {"odoo": 3.0, "postgres": 1.0, "wall": 5.0, "queries": 9, "memory": 0.5}
    peer = dict(ours, odoo=7.0)
    text = bench.table([{"name": "create", "ours": ours, "peer": peer}], "10,000", "theirs")
    assert re.search(r"create\s+4\.00\s+3\.00\s+1\.00", text)
    assert re.search(r"theirs\s+8\.00", text)
    assert re.search(r"ours / peer\s+0\.50", text)


def test_a_component_says_what_it_takes():
    script = 'export class Badge extends Component {\n    static template = "x.Badge";\n}\n'
    assert traps.undeclared(script) == ["component Badge lacks static props"]
    assert traps.undeclared(script.replace("{\n", "{\n    static props = {};\n", 1)) == []
