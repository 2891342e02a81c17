"""The demo story installs as people get it with ./desk run, and is whole."""

import re

from devtools import odoo, templates


def test_demo_story(desk):
    """A failing demo file is only a warning to Odoo: the add-on is then there without its story."""
    made = desk(templates.full(demo=True), "demo")
    assert made.rows("SELECT demo::int FROM ir_module_module WHERE name = 'service_desk'") == [
        ["1"]
    ]
    log = made.odoo(
        *("-d", made.name, "--http-port", str(odoo.free_port())),
        *("--test-tags", "/service_desk:TestDemo", "--stop-after-init"),
    )
    assert re.search(r"0 failed, 0 error\(s\) of [1-9]\d* tests", log), log[-3000:]
    assert "skipped" not in log.lower(), log[-3000:]
