"""A message that belongs to a ticket: a reply, a word of a machine, and how it is posted."""

import re

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import plaintext2html
from odoo.tools.mail import formataddr

#: Values of X-Auto-Response-Suppress by which a sender asks for no automatic answer (MS-OXCMAIL).
SUPPRESSES = re.compile(r"(?i)\b(?:all|oof|autoreply)\b")


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

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
