import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from .service_desk_ticket_broadcast import TOLD

_logger = logging.getLogger(__name__)

LINE_STATES = [
    ("todo", "To do"),
    ("sent", "Sent"),
    ("noted", "Heard it in another ticket"),
    ("skipped", "Not needed any more"),
    ("failed", "Failed"),
]
#: Tickets told in one transaction.
STEP = 20


class ServiceDeskBroadcastLine(models.Model):
    """What one answer to all does in one ticket."""

    _name = "service_desk.broadcast.line"
    _description = "Ticket of an Answer to All"
    _order = "id"
    _rec_name = "ticket_id"

    broadcast_id = fields.Many2one(
        "service_desk.broadcast", required=True, ondelete="cascade", index=True
    )
    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, ondelete="cascade", index=True
    )
    person_key = fields.Char(required=True, help="Who hears it: a contact, an address or a ticket.")
    is_first = fields.Boolean("Gets the Message")
    also_keys = fields.Json("Participants Who Hear It Here")
    state = fields.Selection(LINE_STATES, required=True, default="todo")
    reason = fields.Char()
    done_at = fields.Datetime("Done")

    _todo_index = models.Index("(id) WHERE state = 'todo'")
    _ticket_uniq = models.UniqueIndex(
        "(broadcast_id, ticket_id)", "An answer to all goes to each ticket once."
    )

    # -------------------------------------------------------------------- cron
    @api.model
    def _cron_run(self, limit=STEP):
        """Tell who is to be told, in steps: a message and the mark that it was made are one transaction."""
        domain = [("state", "=", "todo")]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while lines := self.search(domain, order="id", limit=limit).try_lock_for_update():
            lines._run()
            lines.broadcast_id._finish()
            if not self.env["ir.cron"]._commit_progress(len(lines)):
                break

    def _run(self):
        """Tell each; what fails says why and does not stop the others."""
        for line in self:
            try:
                with self.env.cr.savepoint():
                    line._done(*line._tell())
            except psycopg2.OperationalError:
                raise  # the transaction is lost: the whole step is repeated
            except UserError as error:
                line._done("failed", str(error))
            except Exception:
                _logger.exception("The answer to all %s failed", line.broadcast_id.id)
                line._done("failed", line._in_author_lang().env._("An unexpected error."))

    def _done(self, state, reason=False):
        self.write({"state": state, "reason": reason, "done_at": fields.Datetime.now()})

    def _in_author_lang(self):
        return self.with_context(lang=self.broadcast_id.user_id.lang)

    # ------------------------------------------------------------------ telling
    def _tell(self):
        """Do it in the ticket with the rights of who wrote it.

        :return: state and reason of the line
        :raises UserError: when he may not, or the ticket's type or workflow forbids it
        """
        broadcast, author = self.broadcast_id, self.broadcast_id.user_id
        self = self._in_author_lang()
        if self.ticket_id.master_id != broadcast.master_id:
            return "skipped", self.env._("It is no member any more.")
        if self.ticket_id.state in ("closed", "cancelled"):
            return "skipped", self.env._("It has been closed.")
        ticket = self.ticket_id.with_user(author).with_context(
            lang=author.lang, tz=author.tz, mail_notify_force_send=False
        )
        ticket.check_access("write")
        text = self._text(ticket)
        if self.is_first:
            self._post_answer(ticket, text)
        else:
            self._post_note(ticket, text)
        if broadcast.kind == "solve":
            self._solve(ticket, text)
        return ("sent" if self.is_first else "noted"), False

    def _text(self, ticket):
        """Return the text in the language of the ticket's requester, its placeholders filled for him."""
        # sudo: the language of a contact is no secret from who writes to him
        partner = ticket.partner_id.sudo()
        lang = partner.lang or ticket.company_id.sudo().partner_id.lang
        return ticket.env["service_desk.placeholder"]._render(
            self.broadcast_id._text_for(lang), ticket, partner
        )

    def _post_answer(self, ticket, text):
        """Answer in the ticket's own conversation; only those hear it who have not heard it elsewhere."""
        keys = [self.person_key, *(self.also_keys or [])]
        people = tuple(int(key[1:]) for key in keys if key[:1] == "p" and key[1:].isdigit())
        ticket.with_context(
            service_desk_send_now=True, service_desk_only_partners=people
        ).message_post(body=text, message_type="comment", subtype_xmlid="mail.mt_comment")

    def _post_note(self, ticket, text):
        """Note what the requester has read in another ticket of his."""
        ticket.message_post(
            body=self.env._("The requester got this answer to all in another ticket of his.")
            + self.env["service_desk.placeholder"]._html_value("\n")
            + text,
            subtype_xmlid="mail.mt_note",
        )
        ticket._count_as_answered()

    def _solve(self, ticket, text):
        if ticket.state == "solved":
            return
        vals = {"state": "solved", "resolution": text}
        if self.broadcast_id.close_reason_id:
            vals["close_reason_id"] = self.broadcast_id.close_reason_id.id
        ticket.with_context(service_desk_broadcast_told=TOLD)._write_state(vals)
