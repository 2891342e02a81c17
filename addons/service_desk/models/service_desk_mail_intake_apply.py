"""What a message makes: a ticket, a reply, a note."""

import re

from markupsafe import Markup, escape

from odoo import fields, models
from odoo.tools import plaintext2html
from odoo.tools.mail import formataddr

from .service_desk_mail_intake_job import MODEL, NO_REPLY, without_plus

MAX_PARTICIPANTS = 50
#: Values of X-Auto-Response-Suppress by which a sender asks for no automatic answer (MS-OXCMAIL).
SUPPRESSES = re.compile(r"(?i)\b(?:all|oof|autoreply)\b")


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

    # ------------------------------------------------------------------- people
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

    # ------------------------------------------------------------------ replies
    def _apply_reply(self, job):
        """Post the message on its ticket, or open a follow-up when the ticket is closed too long."""
        ticket = job.ticket
        if ticket.state in ("closed", "cancelled") and not self._is_recent(
            ticket.closed_at, ticket.team_id.reopen_days
        ):
            return self._make_ticket(job, follows=ticket)
        if not ticket.active:
            ticket.active = True
        forged = job.verdict.result == "fail"
        author = self.env["res.partner"] if forged else job.partner
        if self.decision == "join" and not forged:
            author = self._join(job, ticket)
        internal = bool(job.parent.get("internal")) or (forged and bool(job.staff))
        message = self._post(job, ticket, author, internal=internal, notify=not self.decision)
        self._propose(job, ticket)
        return {
            "state": "processed",
            "result": "note" if internal else "reply",
            "reason": False,
            "reason_text": False,
            "ticket_id": ticket.id,
            "message_ref_id": message.id,
            "team_id": ticket.team_id.id,
        }

    def _join(self, job, ticket):
        """Make the sender a participant, by a person's decision, and return his contact."""
        mail = job.mail
        people = self._contacts(job, [(mail.from_name, mail.from_email)], ticket.team_id)
        partner = people.get(mail.from_email, self.env["res.partner"])
        if partner and partner != ticket.partner_id:
            ticket.participant_ids |= partner
        return partner

    def _propose(self, job, ticket):
        """Propose people whom a reply has in copy; they take part only by an agent's click."""
        known = {self._normalised(ticket.email_from)}
        for partner in ticket.partner_id | ticket.participant_ids | ticket.user_id.partner_id:
            known.add(partner.email_normalized)
        new = [(name, email) for name, email in self._participants(job) if email not in known]
        if new:
            ticket._propose_participants(new)

    def _note_machine(self, job):
        """Put automatic mail on its ticket as an internal note: it changes nothing else."""
        ticket, mail = job.ticket, job.mail
        if mail.machine.kind == "bounce":
            ticket._note_undelivered(mail.machine.failed_recipients)
        message = self._post(job, ticket, self.env["res.partner"], internal=True, notify=False)
        return {
            "state": "processed",
            "result": "note",
            "reason": "machine",
            "reason_text": f"{mail.machine.kind}: {mail.machine.reason}",
            "ticket_id": ticket.id,
            "message_ref_id": message.id,
            "team_id": ticket.team_id.id,
        }

    # ------------------------------------------------------------------- posting
    def _post(self, job, ticket, author, internal=False, notify=True, first=False, original=None):
        """Post the message with its files and return the ``mail.message``.

        :param original: the forwarded message; it is posted as its writer's, without what the forwarder
            wrote above it (that is for the desk), so that the ticket waits for an answer
        """
        mail = job.mail
        poster = ticket.with_context(
            service_desk_mail_in=True,
            service_desk_no_notify=True,
            service_desk_first_message=first,
            service_desk_machine_mail=self._changes_nothing(job),
            attachments_mime_plainxml=True,  # html and svg of strangers are kept as plain text
            image_no_postprocess=True,  # pictures of strangers are not decoded here
            mail_post_autofollow=False,
            mail_post_autofollow_author_skip=True,
        )
        name, email = (
            (original.name, original.email) if original else (mail.from_name, mail.from_email)
        )
        values = {
            "body": plaintext2html(original.text) if original else self._body(mail),
            "subject": (original and original.subject) or mail.subject or False,
            "message_type": "email",
            "subtype_xmlid": "mail.mt_note" if internal else "mail.mt_comment",
            "author_id": author.id or False,
            "email_from": formataddr((name or "", email)) if email else name or "?",
            "attachments": self._attachments(mail),
            "parent_id": job.parent.get("id") or False,
            "incoming_email_to": ", ".join(address.email for address in mail.to if address.email)
            or False,
            "incoming_email_cc": ", ".join(address.email for address in mail.cc if address.email)
            or False,
        }
        if mail.message_id:
            values["message_id"] = mail.message_id
        message = poster.message_post(**values)
        if notify:
            self._queue_notification(message)
        return message

    def _queue_notification(self, message):
        """Let the scheduler tell those who follow: telling costs more than posting, and the next mail waits."""
        self.env["mail.message.schedule"].create(
            {
                "mail_message_id": message.id,
                "scheduled_datetime": fields.Datetime.now(),
                "notification_parameters": "{}",
            }
        )

    def _changes_nothing(self, job):
        """Tell whether the message may be read but not re-open or wake: a machine's, or not proven.

        Who suppresses automatic answers is a programme more often than a person: his words are shown and
        wait for a reply, no more.
        """
        mail = job.mail
        suppresses = SUPPRESSES.search(mail.header("x-auto-response-suppress") or "")
        return bool(mail.machine or suppresses) or job.verdict.result == "fail"

    def _no_text(self, mail):
        """Return a line that stands for a text that is not there, or cannot be read."""
        if "encrypted" in mail.notes:
            return self.env._(
                "The message is encrypted and cannot be read here; it is kept with its files."
            )
        if mail.attachments:
            return self.env._("The message has no text, only files.")
        return self.env._("The message is empty.")

    def _body(self, mail):
        """Return the body with quotes folded away; the reader has cleaned it and the field does again."""
        if not (mail.text or "").strip() and "<img" not in mail.body_html:
            return plaintext2html(self._no_text(mail))
        if mail.body_html:
            return Markup(mail.body_html)  # nosec B704  # nosemgrep: markup-of-input
        return plaintext2html(mail.text or "")

    def _attachments(self, mail):
        """Return the files in the form ``message_post`` takes; several of one name are told apart."""
        taken, result = {}, []
        for file in mail.attachments:
            count = taken[file.name] = taken.get(file.name, 0) + 1
            name = file.name if count == 1 else _numbered(file.name, count)
            result.append((name, file.content, {"cid": file.cid} if file.cid else {}))
        return result


def _numbered(name, number):
    stem, dot, extension = name.rpartition(".")
    return f"{stem} ({number}).{extension}" if dot else f"{name} ({number})"
