"""Who a message is from and who else takes part: proven addresses, contacts, safe names."""

from odoo import models

from .service_desk_mail_intake_job import NO_REPLY, without_plus

#: More people in copy than this are not taken over.
MAX_PARTICIPANTS = 50


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    def _requester(self, job, original=None):
        """Return ``(name, address)`` of who asks: of a forward the original sender, else Reply-To, else From."""
        mail = job.mail
        if original:
            return original.name, original.email
        for address in mail.reply_to:
            if (
                address.email
                and address.email != mail.from_email
                and self._may_ask_for(job, address.email)
            ):
                same_person = NO_REPLY.match(mail.from_email) is None
                return address.name or (mail.from_name if same_person else ""), address.email
        return mail.from_name, mail.from_email

    def _may_ask_for(self, job, email):
        """Tell whether Reply-To may name the requester: never ourselves, and staff only if proven."""
        if self._is_own_address(job, email):
            return False
        users = job.partners.get(email, self.env["res.partner"]).user_ids
        return job.verdict.result == "pass" or not any(
            user.active and not user.share for user in users
        )

    def _participants(self, job, original=None):
        """Return ``(name, address)`` of the people in copy, without ourselves."""
        if job.verdict.result == "fail" or job.quiet:
            return []
        mail = job.mail
        requester = self._requester(job, original)[1]
        cc = [address for address in mail.cc if address.email and address.email != requester]
        own = self._own_among(job, [address.email for address in cc])
        return [(address.name, address.email) for address in cc if address.email not in own][
            :MAX_PARTICIPANTS
        ]

    def _own_among(self, job, emails):
        """Return which of ``emails`` are ours."""
        own = {
            email
            for email in emails
            if email in job.own_addresses or without_plus(email) in job.own_addresses
        }
        return own | {
            email for email in emails if email not in own and self._is_own_address(job, email)
        }

    def _contacts(self, job, people, team):
        """Return the contact of each ``(name, address)``: found, or made where the team makes contacts."""
        result, missing = {}, {}
        for name, email in people:
            found = self._usable(job.partners.get(email, self.env["res.partner"]), team)
            if found:
                result[email] = found
            elif email and email not in missing:
                missing[email] = name
        makes = team.create_contacts and job.verdict.result != "fail" and not job.is_allowed_machine
        if missing and makes:
            names = self._safe_names(missing)
            partners = (
                self.env["res.partner"]
                .with_context(
                    mail_create_nosubscribe=True, mail_create_nolog=True, tracking_disable=True
                )
                .create([{"name": names[email], "email": email} for email in missing])
            )
            result.update(zip(missing, partners, strict=True))
        return result

    def _usable(self, partners, team):
        """Return the best contact that the team's company may use."""
        company = team.company_id
        return self._best_partner(
            partners.filtered(lambda p: not p.company_id or p.company_id == company)
        )

    def _safe_names(self, people):
        """Return a name for each new contact: nobody gets the name of our own people, nor an address.

        :param dict people: ``{address: what the sender calls himself}``
        """
        names = {name.strip().lower() for name in people.values() if name}
        ours = (
            self.env["res.users"].search(
                [("share", "=", False), ("name", "in", list(people.values()))]
            )
            if names
            else []
        )
        taken = {user.name.strip().lower() for user in ours}
        return {
            email: email if not name or "@" in name or name.strip().lower() in taken else name
            for email, name in people.items()
        }
