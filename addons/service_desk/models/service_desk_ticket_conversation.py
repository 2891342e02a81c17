"""Who talks, who hears, and whose turn it is."""

from odoo import fields, models
from odoo.tools import is_html_empty

from .service_desk_stage import DONE_STATES

#: Messages written by people; the rest is made by the system.
HUMAN_MESSAGE_TYPES = ("comment", "email", "email_outgoing", "sms")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # --------------------------------------------------------------- followers
    def _sync_followers(self, new=False):
        """Let the assignee, the requester and the participants hear public messages, nobody else from outside.

        One search and one insert for the whole batch, whatever its size.

        :param bool new: the tickets were created just now, so that nobody follows them yet
        """
        # sudo: following is a consequence, not a right
        followers_sudo = self.env["mail.followers"].sudo()
        existing = followers_sudo
        if not new:
            existing = followers_sudo.search(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)]
            )
        by_ticket = {}
        for follower in existing:
            by_ticket.setdefault(follower.res_id, {})[follower.partner_id.id] = follower
        comment_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        vals_list, dropped = [], followers_sudo
        for ticket in self:
            outside = ticket.partner_id | ticket.participant_ids
            wanted = (outside | ticket.user_id.partner_id).filtered("active")
            have = by_ticket.get(ticket.id, {})
            vals_list += [
                {
                    "res_model": self._name,
                    "res_id": ticket.id,
                    "partner_id": partner.id,
                    "subtype_ids": [(6, 0, [comment_id])],
                }
                for partner in wanted
                if partner.id not in have
            ]
            for follower in have.values():
                if follower.partner_id.partner_share and follower.partner_id not in outside:
                    dropped |= follower
        dropped.unlink()
        followers_sudo.create(vals_list)

    def _message_auto_subscribe_followers(self, updated_values, default_subtype_ids):
        """The desk subscribes people in batches (:meth:`_sync_followers`) and tells them by its own notices."""
        return []

    def _message_get_suggested_recipients_batch(self, reply_discussion=False, **kwargs):
        """Suggest who belongs to the ticket, not whoever else the last message named.

        A copy's reader takes part when an agent says so (:meth:`action_accept_proposed`), not because the
        next answer proposes him.
        """
        return super()._message_get_suggested_recipients_batch(reply_discussion=False, **kwargs)

    # ------------------------------------------------------------ conversation
    def _message_post_after_hook(self, message, msg_values):
        super()._message_post_after_hook(message, msg_values)
        if message.message_type not in HUMAN_MESSAGE_TYPES or not self._is_public(message):
            return
        if not self._is_agent_message(message):
            self._on_requester_message(message)
        elif self._says_something(message):
            self._on_agent_message(message)

    def _says_something(self, message):
        """Tell whether there is anything in a message: what nobody sees is no answer."""
        # sudo: files and the like are asked for only where there is no text
        return not is_html_empty(message.body) or not message.sudo()._is_empty()

    def _is_public(self, message):
        """Tell whether requesters may read ``message``: a comment, never a note."""
        return (
            bool(message.subtype_id) and not message.subtype_id.internal and not message.is_internal
        )

    def _is_agent_message(self, message):
        """Tell whether the desk wrote ``message`` (an agent who asks for himself is a requester)."""
        self.ensure_one()
        author = message.author_id
        if not author or (author == self.partner_id and author != self.user_id.partner_id):
            return False
        # sudo: an employee who writes may not read the groups of others
        return any(user._is_service_desk_staff() for user in author.sudo().user_ids)

    def _on_requester_message(self, message):
        """Hook: somebody from the requester's side has written to the ticket, by whatever channel."""
        self.ensure_one()
        now = fields.Datetime.now()  # the server's clock: a mail's own date is only a claim
        vals = {"last_requester_message_at": now}
        if self.state in ("new", "open", "waiting") and not self.needs_reply_since:
            vals["needs_reply_since"] = now
        # sudo: the requester has no right on the ticket; what his words cause is the desk's own rule
        ticket_sudo = self.sudo().with_context(service_desk_requester_moves=True)
        if self.state == "waiting" and self.waiting_reason_id.wakes_on_reply:
            if self._reply_reopens(message):
                vals["state"] = "open"
        elif (
            self.state in DONE_STATES
            and self._reply_reopens(message)
            and ticket_sudo._can_reach("open")
        ):
            vals.update(state="open", needs_reply_since=now)
        ticket_sudo._write_state(vals)

    def _reply_reopens(self, message):
        """Tell whether a requester's message re-opens or wakes the ticket it landed on.

        Machine mail never does; after the re-opening window mail is routed to a follow-up before it lands.
        """
        return not self.env.context.get("service_desk_machine_mail")

    def _on_agent_message(self, message):
        """Hook: an agent has answered the requester."""
        self.ensure_one()
        # the server's clock: the date of a message may be given by its sender
        now = fields.Datetime.now()
        vals = {"last_agent_message_at": now, "needs_reply_since": False}
        if not self.first_response_at:
            vals["first_response_at"] = now
        if self.state == "new":
            vals["state"] = "open"
        # sudo: these are the desk's own marks; whoever may answer has caused them
        self.sudo()._write_state(vals)
