"""Where a message goes: the steps of the decision, in order."""

import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .service_desk_mail_intake_job import MODEL
from .service_desk_ticket_mail_out import LOOP_HEADER

MEGABYTE = 1024 * 1024
COPY_WINDOW = timedelta(minutes=10)
#: A ticket number as people leave it in a subject, in brackets or not.
NUMBER = re.compile(r"(?<![A-Za-z0-9-])([A-Z][A-Z0-9]{0,7}-\d{6,12})(?![A-Za-z0-9-])")


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    def _decide(self, mail, aliases=None):
        """Decide about ``mail``, do what follows, and return the values that describe it."""
        self.ensure_one()
        job = self._prepare_job(mail, self.hints, self.server_id, aliases)
        job.facts = self._find_facts(job)
        for step in (
            self._step_too_large,
            self._step_copy,
            self._step_loop,
            self._step_not_ours,
            self._step_no_sender,
            self._step_ticket,
            self._step_machine,
            self._step_unverified,
            self._step_forward,
            self._step_reply,
            self._step_new,
        ):
            vals = step(job)
            if vals:
                break
        vals = {
            "verdict": f"{job.verdict.result} ({job.verdict.why})",
            "is_known_sender": bool(job.partner),
            **vals,
        }
        team = job.team or self.env["service_desk.team"]
        vals.setdefault("team_id", team.id)
        vals.setdefault("company_id", team.company_id.id)
        return vals

    # ------------------------------------------------------------------ guards
    def _step_too_large(self, job):
        if not self.decision and self.size > job.settings.mail_max_megabytes * MEGABYTE:
            self = self._in_language_of(job.team)
            text = self.env._(
                "The message has %(size)s MB; %(limit)s MB are allowed.",
                size=self.size // MEGABYTE + 1,
                limit=job.settings.mail_max_megabytes,
            )
            return self._held("too_large", text=text)
        return None

    def _step_copy(self, job):
        """File what is here already: the same message, or the same text under a new identifier."""
        original = self.browse(False if self.decision else job.facts["copy_of"])
        if not original:
            return None
        return self._filed(
            "copy",
            copy_of_id=original.id,
            ticket_id=original.ticket_id.id,
            team_id=original.team_id.id,
        )

    def _find_facts(self, job):
        """Return what our books say about the message, in one query.

        ``is_ours``: the message is one that we have sent. ``copy_of``: the earlier row of the same message.
        ``sender``, ``domain``, ``team``: how many tickets they have made within the budget window.

        The same Message-ID with other content is another message; the same content under another
        Message-ID is a copy only within minutes and in the same conversation.
        """
        mail, moment = job.mail, self.received_at
        self.flush_model()
        self.env["mail.message"].flush_model(["message_id", "message_type"])
        row = self.env.execute_query(
            SQL(
                """SELECT EXISTS (SELECT FROM mail_message
                                   WHERE message_id = %(message_id)s AND message_type <> 'email'),
                          (SELECT id FROM service_desk_mail_intake
                            WHERE content_hash = %(content)s AND id <> %(id)s AND state <> 'received'
                              AND copy_of_id IS NULL
                              AND (message_id = %(message_id)s
                                   OR (received_at BETWEEN %(first)s AND %(last)s
                                       AND in_reply_to IS NOT DISTINCT FROM %(answers)s))
                         ORDER BY id LIMIT 1),
                          COUNT(*) FILTER (WHERE email_from = %(email)s),
                          COUNT(*) FILTER (WHERE email_domain = %(domain)s AND is_known_sender IS NOT TRUE),
                          COUNT(*) FILTER (WHERE team_id = %(team)s AND is_known_sender IS NOT TRUE)
                     FROM service_desk_mail_intake
                    WHERE result = 'ticket' AND received_at > %(since)s AND decision IS NULL""",
                message_id=mail.message_id or None,
                content=mail.content_hash,
                id=self.id,
                first=moment - COPY_WINDOW,
                last=moment + COPY_WINDOW,
                answers=answered(mail) or None,
                email=mail.from_email,
                domain=mail.from_email.rpartition("@")[2],
                team=job.team.id or 0,
                since=fields.Datetime.now() - timedelta(minutes=job.settings.budget_minutes),
            )
        )[0]
        return dict(zip(("is_ours", "copy_of", "sender", "domain", "team"), row, strict=True))

    def _step_loop(self, job):
        """File our own mail that comes back."""
        if (
            job.facts["is_ours"]
            or self._is_own_address(job, job.mail.from_email)
            or self._carries_our_mark(job)
        ):
            return self._filed("loop")
        return None

    def _carries_our_mark(self, job):
        """Tell whether an automatic mail of ours came back: it bears the number of a ticket.

        The mark of another desk's automatic mail is no loop by itself; it is filed as a machine's.
        """
        number = job.mail.header(LOOP_HEADER.lower())
        if not number:
            return False
        tickets = self.env[MODEL].with_context(active_test=False)
        return not job.mail.machine or bool(
            tickets.search_count([("number", "=", number.strip())], limit=1)
        )

    def _step_not_ours(self, job):
        """Hand mail of other applications on; hold what goes to nobody."""
        if self.decision:
            return None
        where = self._belongs(job)
        if where == "desk":
            return self._pass_on_other_addresses(job)
        if where == "other":
            return self._pass_on()
        self = self._in_language_of(job.team)
        return self._held(
            "no_route",
            text=self.env._("No address of ours, no known conversation and no default team."),
        )

    def _step_no_sender(self, job):
        """Hold mail without one sender: it must not be written by anybody in our books."""
        if self.decision == "ticket" or job.mail.machine:
            return None
        if not job.mail.from_email:
            return self._held("no_sender")
        if job.mail.from_count > 1:
            return self._held("several_senders")
        return None

    # ----------------------------------------------------------------- belongs
    @api.model
    def _belongs(self, job):
        """Tell whose message it is: ``desk``, ``other`` (application) or ``nobody``."""
        named = [row for row in job.references if row["model"]]
        if job.mail.machine and any(row["model"] == MODEL for row in named):
            return "desk"
        if job.own_aliases:
            return "desk"
        if job.foreign_aliases:
            return "other"
        if named:
            return "desk" if named[0]["model"] == MODEL else "other"
        if job.bounce_addresses & job.addresses:
            return "other"
        fallback = job.hints.get("model") or (job.server and job.server.object_id.model)
        if fallback == MODEL or (job.server and job.server.service_desk_team_id):
            return "desk"
        ticket = self._ticket_by_number(job)
        if ticket and self._is_on_ticket(job, ticket):
            return "desk"
        return "other" if fallback else "nobody"

    # --------------------------------------------------------------- the ticket
    def _step_ticket(self, job):
        """Find the ticket that the message continues; decides nothing by itself."""
        job.ticket = self.env[MODEL]
        if self.decision in ("accept", "join") and self.ticket_id:
            job.ticket = self.ticket_id
        elif self.decision != "ticket":
            self._find_ticket(job)
        if job.ticket:
            job.ticket = job.ticket._mail_survivor()
            job.team = job.ticket.team_id
        return None

    def _find_ticket(self, job):
        ids = [row["res_id"] for row in job.references if row["model"] == MODEL and row["res_id"]]
        tickets = self.env[MODEL].with_context(active_test=False)
        names = [*self._columns_of(MODEL), "ticket_properties"] if ids else []
        if ids and (known := tickets.search_fetch([("id", "in", ids)], names)):
            job.parent = next(
                row
                for row in job.references
                if row["model"] == MODEL and row["res_id"] in known.ids
            )
            job.ticket = self.env[MODEL].browse(job.parent["res_id"])
            return
        job.lost_ticket = job.lost_ticket or bool(ids)
        if not job.own_aliases and job.hints.get("model") == MODEL and job.hints.get("thread_id"):
            job.ticket = self.env[MODEL].browse(job.hints["thread_id"]).exists()
            if job.ticket:
                return
        job.ticket = self._ticket_by_number(job)
        job.by_number = bool(job.ticket)

    def _ticket_by_number(self, job):
        """Return the ticket whose number stands in the subject."""
        numbers = NUMBER.findall(job.mail.subject.upper()) if "-" in job.mail.subject else []
        tickets = self.env[MODEL].with_context(active_test=False)
        found = tickets.search([("number", "in", numbers)], limit=1) if numbers else tickets
        if numbers and not found and self._are_our_numbers(numbers):
            job.lost_ticket = True
        return found.with_context(active_test=True)

    def _are_our_numbers(self, numbers):
        """Tell whether a number has the letters of one of our ticket types."""
        codes = {number.partition("-")[0] for number in numbers}
        return bool(self.env["service_desk.ticket.type"].with_context(active_test=False).search_count(
            [("code", "in", list(codes))], limit=1
        ))  # fmt: skip

    def _is_on_ticket(self, job, ticket):
        """Tell whether the sender takes part in ``ticket``: as a person, by address, or as an agent."""
        email = job.mail.from_email
        if not email:
            return False
        partners = ticket.partner_id | ticket.participant_ids | ticket.user_id.partner_id
        senders = job.partners.get(email, self.env["res.partner"])
        if senders & partners or email == self._normalised(ticket.email_from):
            return True
        if email in {self._normalised(part) for part in (ticket.email_cc or "").split(",")}:
            return True
        if senders & ticket.message_partner_ids:
            return True
        if job.staff and job.staff._is_service_desk_staff():
            return ticket.with_user(job.staff).has_access("read")
        return self._is_colleague(job, ticket)

    def _is_colleague(self, job, ticket):
        """Tell whether a known contact of the requester's company writes, and whether that is enough."""
        if (
            not job.settings.accept_replies_of_colleagues
            or ticket.is_confidential
            or job.verdict.result == "fail"
        ):
            return False
        firms = job.partners.get(job.mail.from_email, self.env["res.partner"]).commercial_partner_id
        return bool(ticket.commercial_partner_id & firms)

    # ------------------------------------------------------------- who may speak
    def _step_machine(self, job):
        """File what a machine wrote: on its ticket as a note, else without one."""
        machine = job.mail.machine
        if not machine or self.decision:
            job.quiet = bool(machine)
            return None
        if self._is_allowed_machine(job):
            job.quiet = job.is_allowed_machine = True
            return None
        if machine.kind == "list" and job.mail.from_email:
            if job.ticket and self._is_on_ticket(job, job.ticket):
                job.quiet = True
                return None
            if not job.ticket and job.team and job.team.list_policy == "ticket":
                job.quiet = True
                return None
        if job.ticket and (job.parent or self._is_on_ticket(job, job.ticket)):
            return self._note_machine(job)
        return self._filed("machine", reason_text=f"{machine.kind}: {machine.reason}")

    def _is_allowed_machine(self, job):
        """Tell whether the team lets this automatic sender make tickets."""
        email = job.mail.from_email
        allowed = {
            line.strip().lower()
            for line in ((job.team and job.team.allowed_machine_senders) or "").split()
        }
        known = email in allowed or f"@{email.rpartition('@')[2]}" in allowed
        return bool(email) and known and job.verdict.result != "fail"

    def _step_unverified(self, job):
        """Hold what claims to come from somebody we know and was not sent by him; hold strangers' replies."""
        if self.decision:
            return None
        known = bool(job.partner) or bool(job.ticket and self._is_on_ticket(job, job.ticket))
        if known and (job.verdict.result == "fail" or self._is_doubtful_agent(job)):
            return self._hold_for_ticket(job, "unverified_sender")
        if not job.ticket or self._is_trusted_caller(job):
            return None
        if not self._is_on_ticket(job, job.ticket):
            return self._hold_for_ticket(job, "stranger_reply")
        if job.parent.get("internal") and not self._may_answer_notes(job):
            return self._hold_for_ticket(job, "note_reply")
        return None

    def _is_doubtful_agent(self, job):
        """Tell whether a mail speaks for the desk while our own mail server found no proof of its sender.

        Anybody's server passes for the domain of somebody else; what an agent answers or forwards goes
        out to customers in his name. Without any result there was no check: mail from inside.
        """
        speaks = bool(job.ticket or job.mail.original)
        is_unproven = job.verdict.why in ("not_aligned", "no_result")
        return speaks and is_unproven and bool(job.staff) and job.staff._is_service_desk_staff()

    def _is_trusted_caller(self, job):
        """Tell whether the gateway's caller itself named the ticket."""
        return (
            bool(job.hints.get("thread_id"))
            and job.ticket.id == job.hints["thread_id"]
            and not job.parent
        )

    def _may_answer_notes(self, job):
        return bool(job.staff) and job.staff._is_service_desk_staff()

    def _hold_for_ticket(self, job, reason):
        """Hold a message and mark the ticket it wants to speak on."""
        if job.ticket and not job.ticket.has_unverified_mail:
            job.ticket.has_unverified_mail = True
        return self._held(reason, ticket_id=job.ticket.id)

    # -------------------------------------------------------------- what it makes
    def _step_forward(self, job):
        """Make a ticket of the original sender when an agent forwards a mail to the desk."""
        original = job.mail.original
        is_agent = bool(job.staff) and job.staff._is_service_desk_staff()
        if self.decision or job.ticket or not is_agent or not original or not original.email:
            return None
        if self._is_own_address(job, original.email):
            return None
        return self._make_ticket(job, original=original)

    def _step_reply(self, job):
        return self._apply_reply(job) if job.ticket else None

    def _step_new(self, job):
        if not self.decision:
            held = self._refused(job) or self._over_budget(job)
            if held:
                return held
        return self._make_ticket(job)

    # ------------------------------------------------------- other applications
    def _pass_on(self):
        """Hand the message to the gateway of the other applications, with the mailbox's own settings."""
        server = self.server_id
        self.env["mail.thread"].with_context(
            service_desk_pass_on=True, default_fetchmail_server_id=server.id
        ).message_process(
            server.object_id.model or self.hints and self.hints.get("model"),
            self._raw_bytes(),
            save_original=server.original,
            strip_attachments=bool(server) and not server.attach,
        )
        return self._filed("passed_on", is_foreign=True, result=False, preview=False)

    def _pass_on_other_addresses(self, job):
        """Let other applications have the message too when it names their addresses beside ours."""
        if job.foreign_aliases and not self.ticket_id:
            with self.env.cr.savepoint():
                self._pass_on()
        return None

    @api.model
    def _is_recent(self, moment, days):
        """Tell whether ``moment`` is not longer ago than ``days``."""
        return bool(moment) and moment >= fields.Datetime.now() - timedelta(days=days)


def answered(mail):
    """Return the Message-ID that ``mail`` answers, or an empty string."""
    return (mail.in_reply_to or mail.references[-1:] or [""])[0]
