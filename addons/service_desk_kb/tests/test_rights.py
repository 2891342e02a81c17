"""Who may do what with articles and audiences."""

from pathlib import Path

from odoo.tests import tagged

from odoo.addons.service_desk.tests.rights_table import RightsTable

from . import rights_kb


@tagged("post_install", "-at_install")
class TestKbRights(RightsTable):
    addon = "service_desk_kb"
    tables = Path(__file__).parent / "data" / "rights"
    makers = (rights_kb,)

    def test_rights(self):
        self._check_every_model_has_a_row()
        self._check_rights_are_as_the_table_says()
        self._check_what_the_table_refuses()
