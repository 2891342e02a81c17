"""Who owned a service before owners had a right can edit it after the update."""

from pathlib import Path
from runpy import run_path

from odoo.tests import tagged

from .common import ServiceDeskCommon

SCRIPT = Path(__file__).parents[1] / "migrations" / "19.0.3.0.0" / "post-migrate.py"
GROUP = "service_desk.service_desk_group_owner"


@tagged("post_install", "-at_install")
class TestCatalogMigration(ServiceDeskCommon):
    def test_owners_get_their_group(self):
        service = self.env["service_desk.service"].create(
            {"name": "Tills", "owner_id": self.agent.id}
        )
        self.agent.group_ids -= self.env.ref(GROUP)
        self.assertFalse(service.with_user(self.agent).has_access("write"))
        self.env.flush_all()
        run_path(str(SCRIPT))["migrate"](self.env.cr, "19.0.2.0.0")
        self.assertTrue(service.with_user(self.agent).has_access("write"))
        self.assertFalse(self.agent2.has_group(GROUP))
