"""Rows "for whom" hung on an offering or a service; add-ons hang them on more now."""


def migrate(cr, version):
    """Drop the constraint that knew of two places only.

    Odoo drops what is gone at the very end, and an add-on that is installed in the same run makes rows before.
    """
    cr.execute(
        "ALTER TABLE service_desk_entitlement DROP CONSTRAINT IF EXISTS service_desk_entitlement_place"
    )
