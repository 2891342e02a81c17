"""Who calls: contacts by number in any notation, or by parts of a name."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...telephony import looks_like_number, read_number

#: More would not be read while somebody waits on the line.
SHOWN = 8
#: A search box is no place for longer texts.
LONGEST_TEXT = 128
SHORTEST_TEXT = 2
MOST_WORDS = 5
READ = [
    "name",
    "phone",
    "function",
    "city",
    "parent_id",
    "commercial_partner_id",
    "is_company",
    "type",
]


class ServiceDeskCall(models.Model):
    _inherit = "service_desk.call"

    @api.model
    def _check_operator(self):
        """Refuse whoever may not open tickets.

        :raises AccessError: for people without the desk's groups
        """
        self.env["service_desk.ticket"].check_access("create")

    @api.model
    def _text_argument(self, value, longest):
        """Return a text that a remote call brought.

        :raises UserError: when it is none, or too long
        """
        if not isinstance(value, str) or len(value) > longest or "\x00" in value:
            raise UserError(
                self.env._("This is no text of at most %(length)s characters.", length=longest)
            )
        return value.strip()

    @api.model
    @api.readonly
    def search_callers(self, text):
        """Return who may be meant by a number or a part of a name.

        :param str text: at most 128 characters, as typed so far
        :return: ``{"number", "e164", "is_number", "rows": […], "is_more": bool}``; a row is
            ``{id, name, detail, phone, kind, open_count}`` with kind person, site or firm
        :raises AccessError: when the user may not open tickets
        """
        self._check_operator()
        return self._find_callers(self._text_argument(text, LONGEST_TEXT))

    @api.model
    def _find_callers(self, text):
        number = self._number_of(text)
        found = {
            "number": number.pretty if number else "",
            "e164": number.e164 if number else "",
            "is_number": bool(number),
            "rows": [],
            "is_more": False,
        }
        if len(text) < SHORTEST_TEXT:
            return found
        partners = self._partners_by_number(number) if number else self._partners_by_name(text)
        found["is_more"] = len(partners) > SHOWN
        found["rows"] = partners[:SHOWN]._service_desk_caller_rows()
        return found

    @api.model
    def _number_of(self, text):
        """Return the number that ``text`` means, None when it is a name."""
        if not looks_like_number(text):
            return None
        return read_number(text, self.env.company.country_id.code)

    # ------------------------------------------------------------------ look-ups
    @api.model
    def _partners_by_number(self, number):
        """Return contacts for a number: the exact ones; of a firm's switchboard its people as well."""
        partners = self.env["res.partner"]
        ids = self._internal_ids(number)
        ids += partners._service_desk_ids_by_phone(number)
        if not ids:
            ids += partners._service_desk_ids_by_phone_start(self._number_starts(number))
        found = self._readable(ids)
        places = found.filtered(lambda partner: partner.is_company or partner.type == "other")
        if number.e164 and places and places == found and len(found) < SHOWN:
            people = partners.search_fetch(
                Domain("parent_id", "in", found.ids) & Domain("type", "=", "contact"),
                READ,
                order="id",
                limit=SHOWN,
            )
            found |= people
        return found

    @api.model
    def _internal_ids(self, number):
        """Return the ids of colleagues whose extension it is."""
        if not number.is_internal:
            return []
        # sudo: who sits at which telephone is in every directory; managers keep the list
        lines_sudo = self.env["service_desk.pbx.extension"].sudo()
        lines = lines_sudo.search(
            [
                ("extension", "=", number.digits),
                ("pbx_id.company_id", "in", self.env.companies.ids),
            ],
            limit=SHOWN,
        )
        return lines.user_id.partner_id.ids

    @api.model
    def _number_starts(self, number):
        """Return how whole numbers begin that are being typed: with the country or without it."""
        if len(number.digits) < 4:
            return []
        country = str(self.env.company.country_id.phone_code or "")
        national = number.digits.lstrip("0")
        starts = {f"+{number.digits}", f"+{country}{national}"}
        if country == "7" and national.startswith("8"):
            starts.add(f"+7{national[1:]}")
        return sorted(starts)

    @api.model
    def _partners_by_name(self, text):
        """Return contacts in whose names all the words stand, in whatever order."""
        words = text.split()[:MOST_WORDS]
        domain = Domain.AND([Domain("name", "ilike", word) for word in words])
        partners = self.env["res.partner"]
        ids = list(partners._search(domain, order="", limit=SHOWN * 8))
        found = self._readable(ids)
        start = text.lower()
        return found.sorted(
            lambda partner: (not (partner.name or "").lower().startswith(start), partner.name or "")
        )

    @api.model
    def _readable(self, ids):
        """Return the contacts among ``ids`` that the user may read, in that order."""
        partners = self.env["res.partner"]
        if not ids:
            return partners
        found = partners.search_fetch([("id", "in", ids)], READ, order="id")
        ranks = {partner_id: rank for rank, partner_id in enumerate(ids)}
        return found.sorted(lambda partner: ranks[partner.id])

    @api.model
    def _partner_argument(self, value):
        """Return the contact that a remote call names; it must be the user's to read.

        :raises UserError: when it is no id
        :raises AccessError: when the user may not read it
        """
        partner = self.env["res.partner"].browse(
            self.env["service_desk.ticket"]._id_argument(value)
        )
        if not value or not partner.exists() or not partner.has_access("read"):
            raise AccessError(self.env._("There is no such contact, or it is not yours to see."))
        return partner
