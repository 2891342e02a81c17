"""Who may do what with agreements and clocks; and what hangs on hidden tickets does not exist for others."""

import importlib
import pkgutil
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.service_desk.tests.rights_common import CANARY
from odoo.addons.service_desk.tests.rights_table import RightsTable
from odoo.addons.service_desk.tests.test_rights_hidden import TestRightsHidden
from odoo.addons.service_desk.tests.test_rights_methods import TestRightsMethods

from . import rights_clock
from .rights_agreement import agreement

HERE = Path(__file__).parent
ADDON = "service_desk_sla"
#: Each room of the add-on says in ``rights_<room>.py`` how the records of ``data/rights/<room>.tsv`` are made.
MAKERS = tuple(
    importlib.import_module(f".{found.name}", __package__)
    for found in pkgutil.iter_modules([str(HERE)])
    if found.name.startswith("rights_")
)


@tagged("post_install", "-at_install")
class TestSlaRights(RightsTable):
    addon = ADDON
    tables = HERE / "data" / "rights"
    makers = MAKERS

    def test_rights(self):
        self._check_every_model_has_a_row()
        self._check_rights_are_as_the_table_says()
        self._check_what_the_table_refuses()


@tagged("post_install", "-at_install")
class TestSlaRightsHidden(TestRightsHidden):
    def _models_that_reach_tickets(self):
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("service_desk.")
            and not model._abstract
            and model._original_module == ADDON
        ] + ["service_desk.ticket"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        version = agreement(cls).version_id
        for ticket in cls.private | cls.confidential:
            ticket._explain("clock", {"act": "rebuild", "reason": CANARY, "changes": []})
            cls.env["service_desk.clock"].create(
                rights_clock.clock_vals(cls, ticket, version, slot=f"beside:{CANARY}")
            )

    # of the inherited tests those that ask by the models of this add-on
    def test_no_oracle_for_strangers(self):
        super().test_no_oracle_for_strangers()

    def test_no_oracle_for_other_agents(self):
        super().test_no_oracle_for_other_agents()


@tagged("post_install", "-at_install")
class TestSlaRightsMethods(TestRightsMethods):
    allow_inherited_tests_method = True
    package = f"odoo.addons.{ADDON}."
    addons = ADDON
    core_methods = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        agreement(cls)  # owners of services may read agreements, of other services than this one's
