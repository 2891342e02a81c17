"""Sentences of the paper and of its act, and the two parties; in the language of the report."""

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools.misc import format_date

BLANK = "_" * 24


class ServiceDeskAgreementReport(models.Model):
    _inherit = "service_desk.agreement.report"

    def _sentences(self):
        """Return the sentences that hold figures or names, by what they are about."""
        self.ensure_one()
        report = self.with_context(lang=self.lang)
        return {
            "count": report._sentence_count(),
            "downtime": report._sentence_downtime(),
            "act": report._sentences_act(),
            "mail": self.env._(
                "The service level report for %(month)s under the agreement “%(agreement)s” is attached, with an act to sign.",
                month=self._month_name(),
                agreement=report.agreement_id.name,
            ),
        }

    def _sentence_count(self):
        return self.env._(
            "No. %(number)s, counted %(moment)s",
            number=self.number,
            moment=self._moment(self.generated_at),
        )

    def _sentence_downtime(self):
        allowed = (self.numbers or {}).get("downtime_allowed_seconds")
        return allowed and self.env._("of %(time)s allowed", time=self._duration(allowed))

    def _sentence_more(self, printed):
        """Return how many tickets are not printed."""
        return self.env._(
            "And %(count)s more, which are kept with the report.", count=self.ticket_count - printed
        )

    def _sentences_act(self):
        """Return the paragraphs of the act."""
        parties, numbers = self._parties(), self.numbers or {}
        found = [
            self.env._(
                "%(provider)s, hereinafter the Provider, and %(customer)s, hereinafter the Customer, have drawn up this act on the following.",
                provider=self._party_text(parties["provider"]),
                customer=self._party_text(parties["customer"]),
            ),
            self.env._(
                "1. From %(first)s to %(last)s the Provider rendered services under the agreement “%(agreement)s”.",
                first=self._first_day(),
                last=self._last_day(),
                agreement=self.agreement_id.name,
            ),
            self.env._(
                "2. In this period the outcome of %(tickets)s tickets was decided. With a missed target: %(missed)s. With a miss that is excused and does not count: %(excused)s. Without a miss: %(percent)s.",
                tickets=self.ticket_count,
                missed=self.missed_count,
                excused=numbers.get("tickets_excused", 0),
                percent=self._percent(numbers.get("tickets_percent")),
            ),
        ]
        if numbers.get("downtime_allowed_seconds"):
            found.append(
                self.env._(
                    "3. The services were down for %(used)s (hours:minutes of working time); %(allowed)s were allowed.",
                    used=self._duration(numbers["downtime_seconds"]),
                    allowed=self._duration(numbers["downtime_allowed_seconds"]),
                )
            )
        return found

    def _party_text(self, party):
        """Return a party as it stands in the first sentence."""
        if party["signatory"]:
            return self.env._(
                "%(name)s (represented by: %(signatory)s)",
                name=party["name"] or BLANK,
                signatory=party["signatory"],
            )
        return party["name"] or BLANK

    def _party_lines(self, partner):
        """Return the requisites of a party, one string for each line.

        sudo: they stand on the contract, whoever prints it.
        """
        partner_sudo = partner.sudo()
        tax = self.env._("Tax ID: %(number)s", number=partner_sudo.vat) if partner_sudo.vat else ""
        registry = partner_sudo.company_registry
        registry = self.env._("Registration: %(number)s", number=registry) if registry else ""
        address = ", ".join(
            part.strip()
            for part in partner_sudo._display_address(without_company=True).splitlines()
            if part.strip()
        )
        contact = ", ".join(part for part in (partner_sudo.phone, partner_sudo.email) if part)
        return [line for line in (address, tax, registry, contact) if line]

    def _parties(self):
        """Return the two parties of the act with their requisites; the supplier provides in a contract with one."""
        self.ensure_one()
        agreement = self.agreement_id
        ours = self._party(self.company_id.partner_id, agreement.signatory)
        if agreement.kind == "uc":
            supplier = self._party(agreement.supplier_id, agreement.other_signatory)
            return {"provider": supplier, "customer": ours}
        return {
            "provider": ours,
            "customer": self._party(self.customer_id, agreement.other_signatory),
        }

    def _party(self, partner, signatory):
        return {
            "name": partner.sudo().name or "",  # sudo: as in _party_lines
            "lines": self._party_lines(partner) if partner else [],
            "signatory": signatory or "",
        }

    def _month_name(self):
        """Return the month in words of the language of the paper."""
        return format_date(self.env, self.month, self.lang, "LLLL yyyy")

    def _first_day(self):
        """Return the first day of the month as it stands on the paper."""
        return format_date(self.env, self.month, self.lang)

    def _last_day(self):
        """Return the last day of the month as it stands on the paper."""
        return format_date(self.env, self.month + relativedelta(months=1, days=-1), self.lang)
