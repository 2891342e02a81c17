"""What a person sees while ./desk works."""

import io
import socket

import pytest

from devtools import odoo, run
from devtools.say import Progress, Trouble


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_steps_are_numbered_and_timed():
    out = io.StringIO()
    progress = Progress(2, out)
    with progress.step("Odoo 19"):
        pass
    with progress.step("PostgreSQL"):
        pass
    assert out.getvalue().splitlines() == [
        "[1/2] Odoo 19: done in 0 s",
        "[2/2] PostgreSQL: done in 0 s",
    ]


def test_a_failed_step_says_so():
    out = io.StringIO()
    with pytest.raises(Trouble), Progress(1, out).step("Odoo 19"):
        raise Trouble("no network")
    assert "failed after 0 s" in out.getvalue()


def test_a_long_step_tells_what_it_does_without_a_terminal():
    out = io.StringIO()
    progress = Progress(1, out)
    progress.PERIOD = 0.01
    with progress.step("Odoo 19"):
        progress.note("12 of 116 MiB")
        while "12 of 116 MiB" not in out.getvalue():
            pass
    assert "[1/1] Odoo 19 … 0 s – 12 of 116 MiB\n" in out.getvalue()


def test_a_terminal_sees_one_line_redrawn():
    out = Terminal()
    with Progress(1, out).step("Odoo 19"):
        pass
    assert out.getvalue().count("\n") == 1
    assert "\r" in out.getvalue()


def test_a_busy_port_is_named_with_a_way_out():
    port = odoo.free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(Trouble, match=rf"Port {port} is busy.*--port \d+"):
            run.main("nowhere", port)
