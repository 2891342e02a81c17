"""Who may do what with which record of this add-on."""

from odoo.tests import tagged

from . import (
    rights_approval,
    rights_approval_mail,
    rights_assignment,
    rights_catalog,
    rights_catalog_search,
    rights_core,
    rights_department,
    rights_entitlement,
    rights_escalation,
    rights_form,
    rights_fulfilment,
    rights_incident,
    rights_merge,
    rights_phone,
    rights_routing,
    rights_workflow,
    rights_working_time,
)
from .rights_common import DATA
from .rights_table import RightsTable


@tagged("post_install", "-at_install")
class TestRightsTable(RightsTable):
    addon = "service_desk"
    tables = DATA / "rights"
    makers = (
        rights_workflow,
        rights_working_time,
        rights_core,
        rights_approval,
        rights_department,
        rights_assignment,
        rights_catalog,
        rights_approval_mail,
        rights_entitlement,
        rights_catalog_search,
        rights_escalation,
        rights_form,
        rights_fulfilment,
        rights_incident,
        rights_merge,
        rights_phone,
        rights_routing,
    )

    def test_every_model_has_a_row(self):
        self._check_every_model_has_a_row()

    def test_rights_are_as_the_table_says(self):
        self._check_rights_are_as_the_table_says()

    def test_what_the_table_refuses_is_refused(self):
        """The same through the calls that a client makes; nothing is changed by a refused one."""
        self._check_what_the_table_refuses()
