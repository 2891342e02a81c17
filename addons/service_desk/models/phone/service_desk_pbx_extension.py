from odoo import fields, models


class ServiceDeskPbxExtension(models.Model):
    """Whose telephone it is: a number inside an exchange and the person at it."""

    _name = "service_desk.pbx.extension"
    _description = "Telephone Extension"
    _order = "extension, id"
    _rec_name = "extension"

    pbx_id = fields.Many2one(
        "service_desk.pbx", "Exchange", required=True, index=True, ondelete="cascade"
    )
    extension = fields.Char(required=True, help="As the exchange names it, for instance 101.")
    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
        help="His calls are shown to him; who calls from this number is he.",
    )

    _extension_uniq = models.UniqueIndex(
        "(pbx_id, extension)", "This extension belongs to somebody already."
    )
