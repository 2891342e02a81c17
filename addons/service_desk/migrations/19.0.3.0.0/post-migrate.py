"""Services had owners before owners had a right to edit them."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give the group of owners to whoever owns a service."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    env["service_desk.service"].search([("owner_id", "!=", False)])._enrol_owners()
