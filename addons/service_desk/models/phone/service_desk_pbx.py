"""A telephone exchange, and how it proves that it is the one."""

import hmac
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...telephony import read_asterisk, read_cloud, signature_of, token_hash

SHAPES = [("asterisk", "Asterisk (manager interface)"), ("cloud", "Cloud exchange")]
READERS = {"asterisk": read_asterisk, "cloud": read_cloud}
AUTHS = [("signature", "Signature of each event"), ("token", "Token")]
#: What an unknown exchange is compared with, so that it takes as long as a known one.
NOBODY = secrets.token_urlsafe(32)


class ServiceDeskPbx(models.Model):
    """A telephone exchange whose events come in by HTTP."""

    _name = "service_desk.pbx"
    _description = "Telephone Exchange"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    shape = fields.Selection(
        SHAPES,
        "Events Like",
        required=True,
        default="cloud",
        help="In whose words the exchange tells what happens.",
    )
    auth = fields.Selection(
        AUTHS,
        "Proof",
        required=True,
        default="signature",
        help="A signature cannot be used again by whoever sees it; a token can. Choose the token only where the"
        " exchange cannot sign.",
    )
    key = fields.Char(
        readonly=True,
        copy=False,
        required=True,
        default=lambda self: secrets.token_urlsafe(18),
        help="Names the exchange in its address; it is no secret.",
    )
    url = fields.Char("Address for Events", compute="_compute_url")
    # Only the server reads it: a manager makes a new one, nobody sees an old one.
    secret = fields.Char(copy=False, groups=fields.NO_ACCESS)
    has_secret = fields.Boolean("Has a Secret", compute="_compute_has_secret", compute_sudo=True)
    secret_date = fields.Datetime("Secret Made On", readonly=True, copy=False)
    events_per_minute = fields.Integer(
        default=600, help="Further events within a minute are told to come later."
    )
    team_id = fields.Many2one(
        "service_desk.team",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        help="Its leads see the calls that nobody has answered.",
    )
    extension_ids = fields.One2many("service_desk.pbx.extension", "pbx_id", "Extensions")

    _key_uniq = models.UniqueIndex("(key)", "This address is taken.")
    _events_positive = models.Constraint(
        "CHECK (events_per_minute > 0)", "At least one event a minute must be allowed."
    )

    @api.depends("key")
    def _compute_url(self):
        for pbx in self:
            pbx.url = f"{self.get_base_url()}/service_desk/pbx/{pbx.key}/event" if pbx.id else False

    @api.depends("secret")
    def _compute_has_secret(self):
        for pbx in self:
            pbx.has_secret = bool(pbx.secret)

    # ------------------------------------------------------------------ secret
    def action_new_secret(self):
        """Make a new secret, show it this once, and let the old one open nothing from now on.

        :raises AccessError: when the user may not change the exchange
        """
        self.ensure_one()
        self.check_access("write")
        secret = secrets.token_urlsafe(32)
        self._keep_secret(secret)
        return {
            "type": "ir.actions.client",
            "tag": "service_desk.show_secret",
            "params": {"secret": secret, "url": self.url, "auth": self.auth},
        }

    def _keep_secret(self, secret):
        """Store what is needed: a signature needs the secret itself, of a token the hash will do."""
        kept = token_hash(secret) if self.auth == "token" else secret
        # sudo: nobody may read or write the field, not even who makes it
        self.sudo().write({"secret": kept, "secret_date": fields.Datetime.now()})

    def write(self, vals):
        if "secret" in vals and not self.env.su:
            raise AccessError(self.env._("The secret of an exchange is made by its button only."))
        if "auth" in vals and "secret" not in vals:
            # what is kept for one proof is of no use for the other
            changed = self.filtered(lambda pbx: pbx.auth != vals["auth"])
            changed.sudo().write({"secret": False, "secret_date": False})
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any({"secret", "key"} & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("The secret of an exchange is made by its button only."))
        return super().create(vals_list)

    @api.constrains("team_id", "company_id")
    def _check_team_company(self):
        for pbx in self:
            if pbx.team_id and pbx.team_id.company_id != pbx.company_id:
                raise ValidationError(
                    self.env._("The team of an exchange must be of the same company.")
                )

    # ------------------------------------------------------------------- proof
    @api.model
    def _proven(self, key, body, proof):
        """Return the exchange (as superuser) whose proof is right, else an empty one; as slow for both.

        :param str key: from the address
        :param bytes body: as received
        :param dict proof: ``timestamp``, ``signature``, ``token`` as the headers have them
        """
        # sudo: the exchange has no user; what it proves is all it may do
        pbx_sudo = self.sudo().search_fetch([("key", "=", key)], ["auth", "secret"], limit=1)
        by_token = pbx_sudo.auth == "token"
        kept = pbx_sudo.secret or NOBODY
        signed = hmac.compare_digest(
            signature_of(kept, proof["timestamp"], body).encode(), proof["signature"].encode()
        )
        known = hmac.compare_digest(kept.encode(), token_hash(proof["token"]).encode())
        right = (known if by_token else signed) and bool(pbx_sudo.secret)
        return pbx_sudo if right else pbx_sudo.browse()

    def _read_event(self, data):
        """Return the event that the exchange tells, in our words (None: of no interest)."""
        return READERS[self.shape](data)

    # -------------------------------------------------------------- extensions
    def _user_of(self, extension):
        """Return the agent who has this number inside the exchange (may be empty)."""
        lines = self.extension_ids.filtered(lambda line: line.extension == extension)
        return lines.user_id.filtered("active")[:1]
