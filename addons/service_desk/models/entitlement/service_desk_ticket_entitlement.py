"""No ticket gets an offering that is not for its requester, whoever writes it and by whichever way."""

from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..service_desk_ticket import REQUESTER_CHANNELS

#: Longest reason for an exception, in characters.
LONGEST_REASON = 500
EXCEPTION = "offering_exception"
BIGGEST_ID = 2**31
#: One offering for one person; partner_id 0 is somebody unknown.
Use = namedtuple("Use", ("offering_id", "partner_id"))


def _as_id(value):
    """Return an id that a caller sent, or 0 for nonsense (which is refused by its field afterwards)."""
    is_id = isinstance(value, int) and not isinstance(value, bool) and 0 < value < BIGGEST_ID
    return value if is_id else 0


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    offering_exception = fields.Char(
        "Why Nevertheless",
        compute="_compute_offering_exception",
        inverse="_inverse_offering_exception",
        help="A lead may register an offering for somebody for whom it is not. The reason is written down.",
    )
    offering_is_foreign = fields.Boolean(
        "Not for the Requester", compute="_compute_offering_is_foreign"
    )

    @api.depends("offering_id")
    def _compute_offering_exception(self):
        """Nothing is kept here: the reason goes into the decisions of the ticket."""
        self.offering_exception = False

    def _inverse_offering_exception(self):
        """``create`` and ``write`` have taken the reason before."""

    @api.depends("offering_id", "partner_id")
    def _compute_offering_is_foreign(self):
        self.offering_is_foreign = False
        tickets = self.filtered(lambda t: t.offering_id and t.partner_id)
        uses = {t: Use(t.offering_id._origin.id, t.partner_id._origin.id) for t in tickets}
        foreign = self.env["service_desk.entitlement"]._foreign(set(uses.values()))
        for ticket, use in uses.items():
            ticket.offering_is_foreign = use in foreign

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        uses = self._uses_of_new(vals_list)
        if not uses:
            return super().create([self._without_reason(vals) for vals in vals_list])
        reasons = {place: self._reason_of(vals_list[place]) for place in uses}
        exceptions = self._check_uses(uses, reasons)
        tickets = super().create([self._without_reason(vals) for vals in vals_list])
        for place in exceptions:
            tickets[place]._explain_exception(reasons[place])
        return tickets

    def write(self, vals):
        if not isinstance(vals, dict) or not vals.keys() & {"offering_id", "partner_id", EXCEPTION}:
            return super().write(vals)
        reason = self._reason_of(vals)
        uses = self._uses_of_change(vals)
        exceptions = self._check_uses(uses, dict.fromkeys(uses, reason))
        kept = self._keeping_offering(vals)
        result = super().write(self._without_reason(vals))
        for ticket_id in exceptions:
            self.browse(ticket_id)._explain_exception(reason)
        kept._explain_kept_offering()
        return result

    # ------------------------------------------------------------ who uses what
    @api.model
    def _uses_of_new(self, vals_list):
        """Return ``{place: Use}`` of the new tickets whose offering must be for somebody."""
        default_id = self.env.context.get("default_offering_id")
        if self._is_place_decided():
            return {}
        uses = {}
        for place, vals in enumerate(vals_list):
            if not isinstance(vals, dict) or not vals.get("offering_id", default_id):
                continue
            partner_id = vals.get("partner_id", self.env.context.get("default_partner_id"))
            channel = vals.get("channel") or self.env.context.get("default_channel")
            use = self._use(vals.get("offering_id", default_id), partner_id, channel)
            if use:
                uses[place] = use
        return uses

    def _uses_of_change(self, vals):
        """Return ``{ticket id: Use}`` of the tickets of ``self`` that get another offering."""
        if not vals.get("offering_id") or self._is_place_decided():
            return {}
        uses = {}
        for ticket in self.filtered(lambda t: t.offering_id.id != vals["offering_id"]):
            partner_id = vals.get("partner_id", ticket.partner_id.id)
            if use := self._use(vals["offering_id"], partner_id, ticket.channel):
                uses[ticket.id] = use
        return uses

    @api.model
    def _use(self, offering_id, partner_id, channel):
        """Return the :class:`Use` that must be allowed; None where nobody asks but the desk itself.

        Without a requester it is whoever registers the ticket; a channel by which somebody unknown speaks asks
        in the name of nobody.
        """
        partner_id = _as_id(partner_id)
        if not partner_id and self.env.su and channel not in REQUESTER_CHANNELS:
            return None
        if not partner_id and not self.env.su:
            partner_id = self.env.user.partner_id.id
        return Use(_as_id(offering_id), partner_id)

    @api.model
    def _is_place_decided(self):
        """Tell whether the desk itself makes or moves a ticket whose place is decided: ``facts=False``."""
        return self.env.su and self._known_request() is False

    @api.model
    def _check_uses(self, uses, reasons):
        """Return the keys of those uses that are exceptions, each with a reason by one who may make it.

        :param dict uses: ``{key: Use}``
        :param dict reasons: ``{key: text}``
        :raises AccessError: when an offering is not for a person, or there is none of this id
        """
        entitlements = self.env["service_desk.entitlement"]
        refused = entitlements._refused(set(uses.values()))
        exceptions = [key for key, use in uses.items() if use in refused]
        for key in exceptions:
            may = reasons[key] and self.env.user.has_group("service_desk.service_desk_group_lead")
            if not (may and entitlements._rulebook().is_offered(uses[key].offering_id)):
                raise self.env["service_desk.catalog"]._no_such_offering()
        return exceptions

    # --------------------------------------------------------------- exceptions
    @api.model
    def _reason_of(self, vals):
        """Return the reason for an exception that ``vals`` bring.

        :raises ValidationError: for one that is no text or too long
        """
        reason = vals.get(EXCEPTION) or ""
        if not isinstance(reason, str) or len(reason) > LONGEST_REASON or "\x00" in reason:
            raise ValidationError(
                self.env._("Give the reason in at most %(count)s characters.", count=LONGEST_REASON)
            )
        return reason.strip()

    @api.model
    def _without_reason(self, vals):
        if not isinstance(vals, dict) or EXCEPTION not in vals:
            return vals
        return {name: value for name, value in vals.items() if name != EXCEPTION}

    def _explain_exception(self, reason):
        self._explain(
            "entitlement",
            {
                "code": "exception",
                "by": self.env.user.name,
                "offering": self.offering_id.sudo().name,  # sudo: whoever registers may not read it
                "person": self.partner_id.name or self.env.user.name,
                "reason": reason,
            },
        )

    # ------------------------------------------------- a change of the requester
    def _keeping_offering(self, vals):
        """Return the tickets whose requester changes while their offering stays."""
        if "partner_id" not in vals or vals.get("offering_id"):
            return self.browse()
        return self.filtered(lambda t: t.offering_id and t.partner_id.id != vals["partner_id"])

    def _explain_kept_offering(self):
        """Write down that a ticket keeps an offering that is not for its new requester."""
        foreign = self.filtered("offering_is_foreign") if self else self
        foreign._explain(
            "entitlement",
            {
                ticket.id: {
                    "code": "kept",
                    "offering": ticket.offering_id.sudo().name,  # sudo: as above
                    "person": ticket.partner_id.name,
                }
                for ticket in foreign
            },
        )
