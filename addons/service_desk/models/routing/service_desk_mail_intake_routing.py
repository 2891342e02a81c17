"""What a message tells the routing rules besides the values of its ticket."""

from odoo import api, models

from ... import mailparse
from ..service_desk_mail_intake_job import MODEL

#: Headers of one message that rules may ask for.
MAX_HEADERS = 200


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    @api.model
    def _routing_facts(self, job, original=None, follows=None):
        """Return the facts of :meth:`_with_request` for a message; False when it goes on with a closed ticket.

        Of a message that an agent forwards, the original counts: its writer, its words.
        """
        if follows:
            return False
        mail = job.mail
        senders = [mail.from_email, *(address.email for address in mail.reply_to)]
        if original:
            senders = [original.email]
        recipients = [address.email for address in [*mail.to, *mail.cc]] + list(mail.delivered_to)
        return {
            "senders": [email for email in senders if email],
            "addresses": [email for email in recipients if email],
            "headers": dict(list(mail.headers.items())[:MAX_HEADERS]),
            "files": [file.name for file in mail.attachments],
            "text": (original.text if original else "") or mail.new_text or mail.text,
        }

    @api.model
    def _routing_request(self, raw):
        """Return ``(job, request)`` of a raw message as rules would meet it; changes nothing.

        :param bytes raw: a message with its headers
        """
        mail = mailparse.read(raw)
        job = self._prepare_job(mail)
        is_agent = bool(job.staff) and job.staff._is_service_desk_staff()
        original = mail.original if is_agent and mail.original and mail.original.email else None
        requester = self._requester(job, original)
        people = [requester, *self._participants(job, original)]
        contacts = {
            email: self._usable(job.partners.get(email, self.env["res.partner"]), job.team)
            for _name, email in people
        }
        vals = self._ticket_vals(job, requester, contacts, original, None)
        facts = self._routing_facts(job, original)
        tickets = self.env[MODEL].with_company(job.team.company_id)._with_request(vals, facts=facts)
        return job, tickets._request_of(vals, tickets._known_request())
