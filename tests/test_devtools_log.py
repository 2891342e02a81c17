"""The log reader decides what fails ./desk test: it must see every fault and no other."""

import re

import pytest

from devtools import odoolog

GOOD = """\
2026-11-22 16:02:01,000 77 INFO db odoo.addons.service_desk.tests.test_ticket: Starting TestTicket.test_number ...
2026-11-22 16:02:02,000 77 INFO db odoo.addons.service_desk.tests.test_ticket: Starting TestTicket.test_reply ...
2026-11-22 16:02:03,000 77 INFO db odoo.tests.result: 0 failed, 0 error(s) of 2 tests when loading database 'db'
"""
FAILURE = """\
2026-11-22 16:02:01,000 77 INFO db odoo.addons.service_desk.tests.test_ticket: Starting TestTicket.test_number ...
2026-11-22 16:02:01,500 77 INFO db odoo.addons.service_desk.tests.test_ticket: ======================================================================
2026-11-22 16:02:01,500 77 ERROR db odoo.addons.service_desk.tests.test_ticket: FAIL: TestTicket.test_number
Traceback (most recent call last):
  File "test_ticket.py", line 7, in test_number
AssertionError: 'INC-1' != 'INC-2'

2026-11-22 16:02:03,000 77 ERROR db odoo.tests.result: 1 failed, 0 error(s) of 1 tests when loading database 'db'
"""
WARNING = """\
2026-11-22 16:02:01,000 77 WARNING db py.warnings: /x.py:3: DeprecationWarning: old
  File "x.py", line 3
"""
BROWSER_SKIP = """\
2026-11-22 16:02:01,000 77 INFO db odoo.addons.service_desk.tests.test_ui: Starting TestUi.test_tour ...
2026-11-22 16:02:09,000 77 INFO db odoo.addons.service_desk.tests.test_ui: skipped TestUi.test_tour : Chrome executable not found
"""


def test_counts_tests_per_add_on():
    outcome = odoolog.outcome(GOOD)
    assert outcome.started == {"service_desk": 2}
    assert outcome.total == 2
    assert not outcome.failed and not outcome.complaints


def test_keeps_the_whole_traceback_of_a_failure():
    outcome = odoolog.outcome(FAILURE)
    (text,) = outcome.failed["service_desk"]
    assert text.startswith("FAIL: TestTicket.test_number")
    assert "AssertionError: 'INC-1' != 'INC-2'" in text
    assert not outcome.complaints, "a failing test is no complaint beside"


def test_reports_a_warning_with_its_following_lines():
    (record,) = odoolog.outcome(WARNING).complaints
    assert (record.level, record.logger) == ("WARNING", "py.warnings")
    assert 'File "x.py", line 3' in record.text


def test_an_expected_warning_is_silent_and_others_are_not():
    expected = [re.compile(r"py\.warnings: .*DeprecationWarning: old")]
    assert not odoolog.outcome(WARNING, expected).complaints
    assert odoolog.outcome(WARNING.replace("old", "new"), expected).complaints


def test_errors_outside_tests_are_complaints():
    text = "2026-11-22 16:02:01,000 77 ERROR db odoo.sql_db: bad query: SELECT\n"
    (record,) = odoolog.outcome(text).complaints
    assert record.level == "ERROR"


def test_sees_skipped_tests():
    outcome = odoolog.outcome(BROWSER_SKIP)
    assert outcome.skipped["service_desk"] == ["TestUi.test_tour: Chrome executable not found"]


def test_each_expected_warning_has_a_reason(tmp_path):
    file = tmp_path / "expected.txt"
    file.write_text("# heading\n\nsome pattern  # because of this\n", encoding="utf-8")
    assert len(odoolog.read_expected(file)) == 1
    file.write_text("some pattern\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        odoolog.read_expected(file)
    odoolog.read_expected()
