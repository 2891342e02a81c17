"""What a message makes: a ticket, a reply, a note."""

from markupsafe import Markup, escape

from odoo import models
from odoo.tools import plaintext2html
from odoo.tools.mail import formataddr

from .service_desk_mail_intake_job import MODEL
from .service_desk_mail_intake_people import MAX_PARTICIPANTS


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    # ------------------------------------------------------------------ tickets
    def _make_ticket(self, job, original=None, follows=None):
        """Open a ticket, post the message on it, and return the row's values."""
        team = job.team or self.env["service_desk.team"].search([], limit=1)
        if not team:
            return self._held("no_route", text=self.env._("There is no team yet."))
        job.team = team
        requester = self._requester(job, original)
        people = self._contacts(job, [requester, *self._participants(job, original)], team)
        ticket = (
            self.env[MODEL]
            .with_company(team.company_id)
            .with_context(**self._ticket_context(job))
            ._intake(
                self._ticket_vals(job, requester, people, original, follows),
                facts=self._routing_facts(job, original, follows),
            )
        )
        job.ticket = ticket
        author = people.get(job.mail.from_email) or job.partner
        if original:
            author = people.get(original.email, self.env["res.partner"])
        message = self._post(job, ticket, author, notify=False, first=True, original=original)
        self._tell_on_new_ticket(job, ticket, original, follows)
        return {
            "state": "processed",
            "result": "ticket",
            "reason": False,
            "reason_text": False,
            "ticket_id": ticket.id,
            "message_ref_id": message.id,
            "team_id": ticket.team_id.id,
        }

    def _ticket_context(self, job):
        """Return the context of the creation: nobody follows by accident, machines get no answer."""
        suspicious = job.verdict.result == "fail" or self._answers_elsewhere(job)
        return {
            "service_desk_no_acknowledge": bool(
                job.quiet
                or job.mail.machine
                or job.mail.no_auto_answer
                or suspicious
                or job.mail.from_count != 1
            ),
            "service_desk_new_source": True,
        }

    def _answers_elsewhere(self, job):
        """Tell whether an unproven sender wants the answer at another mail domain."""
        domains = {
            address.email.rpartition("@")[2] for address in job.mail.reply_to if address.email
        }
        own = job.mail.from_email.rpartition("@")[2]
        return job.verdict.result != "pass" and bool(domains - {own})

    def _ticket_vals(self, job, requester, people, original, follows):
        mail = job.mail
        name, email = requester
        partner = people.get(email, self.env["res.partner"])
        defaults = dict(job.own_aliases[0].defaults) if job.own_aliases else {}
        vals = {**defaults, **(job.hints.get("values") or {})}
        vals = {key: value for key, value in vals.items() if key in self._alias_fields()}
        vals.update(
            name=(original.subject if original else "") or mail.subject,
            description=self._first_text(mail, original),
            team_id=job.team.id,
            channel="email",
            source_ref=f"mail:{self.raw_hash}",
            partner_id=partner.id,
            participant_ids=[
                (
                    6,
                    0,
                    [
                        other.id
                        for address, other in people.items()
                        if other and other != partner and address != email
                    ],
                )
            ],
        )
        if follows:
            vals.update(team_id=follows.team_id.id, type_id=follows.type_id.id)
        if not partner:
            vals.update(email_from=email or False, partner_name=name or False)
        unknown = [
            formataddr((n, e)) for n, e in self._participants(job, original) if e not in people
        ]
        if unknown:
            vals["email_cc"] = ", ".join(unknown)
        return vals

    def _alias_fields(self):
        """Return what an address of ours may preset."""
        return {"team_id", "type_id", "impact", "urgency", "tag_ids"}

    def _first_text(self, mail, original=None):
        """Return the newest text as html; the whole mail is the first message."""
        text = (original.text if original else "") or mail.new_text or mail.text
        return plaintext2html(text.strip()) if text.strip() else False

    def _tell_on_new_ticket(self, job, ticket, original, follows):
        """Say on the ticket what an agent must know about how it came."""
        if not (original or follows or job.lost_ticket or job.verdict.result == "fail" or len(job.own_aliases) > 1
                or "cc_cut" in job.mail.notes):  # fmt: skip
            return
        self = self._in_language_of(job.team)
        notes = []
        if original:
            forwarder = job.staff.name or job.mail.from_email
            notes.append(self.env._("Forwarded by %(person)s.", person=forwarder))
            if original.note.strip():
                notes.append(original.note.strip()[:2000])
        if follows:
            self.env["service_desk.ticket.link"].create(
                {"ticket_id": ticket.id, "kind": "follows_up", "other_id": follows.id}
            )
        if job.lost_ticket:
            notes.append(self.env._("It answers a ticket that does not exist any more."))
        if job.verdict.result == "fail":
            notes.append(self.env._("The sender failed authentication: he may be somebody else."))
            ticket.has_unverified_mail = True
        if len(job.own_aliases) > 1:
            others = ", ".join(alias.email for alias in job.own_aliases[1:])
            notes.append(self.env._("Also sent to: %(addresses)s", addresses=others))
        if "cc_cut" in job.mail.notes:
            notes.append(
                self.env._(
                    "The message named more people in copy than are taken over: %(count)s.",
                    count=MAX_PARTICIPANTS,
                )
            )
        if notes:
            ticket._message_log(body=Markup("<br/>").join(escape(note) for note in notes))
