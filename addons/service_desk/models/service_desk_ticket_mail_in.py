"""What incoming mail needs on the ticket itself."""

import base64
import errno
import logging
import os

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.mail import email_split_tuples, formataddr

_logger = logging.getLogger(__name__)

MAX_PROPOSED = 50


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    intake_ids = fields.One2many("service_desk.mail.intake", "ticket_id", "Incoming Mail")
    held_mail_count = fields.Integer("Held Mail", compute="_compute_held_mail_count")
    proposed_participants = fields.Text(
        readonly=True,
        copy=False,
        help="People whom a reply had in copy. They take part when you accept them.",
    )
    undelivered_emails = fields.Char(
        "Not Delivered To",
        readonly=True,
        copy=False,
        help="A mail server said so; anybody can forge that, so it is unconfirmed and blocks nobody.",
    )

    def _compute_held_mail_count(self):
        rows = self.env["service_desk.mail.intake"]._read_group(
            [("ticket_id", "in", self.ids), ("state", "=", "held")], ["ticket_id"], ["__count"]
        )
        counts = {ticket.id: count for ticket, count in rows}
        for ticket in self:
            ticket.held_mail_count = counts.get(ticket.id, 0)

    # ---------------------------------------------------------------- gateway
    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make a ticket of a parsed mail. Only the system may: whoever forges a mail would write as anybody.

        :raises AccessError: when a person calls it
        """
        self._check_gateway_access()
        values = dict(custom_values or {}, channel="email")
        return super().message_new(msg_dict, custom_values=values)

    def message_update(self, msg_dict, update_vals=None):
        """Take a parsed mail as an update; like :meth:`message_new`, for the system only."""
        self._check_gateway_access()
        return super().message_update(msg_dict, update_vals=update_vals)

    @api.model
    def _check_gateway_access(self):
        """Refuse mail that a person hands over as if he were the mail server."""
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(
                self.env._("Only the mail gateway may bring mail to the service desk.")
            )

    def _mail_survivor(self):
        """Hook: return the ticket on which mail to this one lands (another one after a merge)."""
        self.ensure_one()
        return self

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        if self.env.context.get("service_desk_no_notify"):
            return []
        return super()._notify_thread(message, msg_vals=msg_vals, **kwargs)

    def _message_compute_parent_id(self, parent_id):
        context = self.env.context
        if context.get("service_desk_first_message") or (
            parent_id and context.get("service_desk_mail_in")
        ):
            return (
                parent_id  # there is no other message, or the mail names it: nothing to search for
            )
        return super()._message_compute_parent_id(parent_id)

    @api.model
    def _find_by_source(self, source):
        if self.env.context.get("service_desk_new_source"):
            # the ledger has locked and asked already; the unique index stands behind it
            return self.browse()
        return super()._find_by_source(source)

    # ------------------------------------------------------------------ people
    def _propose_participants(self, people):
        """Add ``(name, address)`` pairs to the proposed participants."""
        self.ensure_one()
        known = dict.fromkeys((self.proposed_participants or "").splitlines())
        known.update(dict.fromkeys(formataddr(person) for person in people))
        self.proposed_participants = "\n".join(list(known)[:MAX_PROPOSED])

    def action_accept_proposed(self):
        """Let the proposed people take part: from now on they get the public answers."""
        for ticket in self:
            ticket.check_access("write")
            people = [
                pair
                for line in (ticket.proposed_participants or "").splitlines()
                for pair in email_split_tuples(line)
            ]
            # sudo: agents need not be allowed to make contacts; the click is what adds these
            partners_sudo = ticket.sudo()._contacts_of(people)
            ticket.participant_ids = [(4, partner.id) for partner in partners_sudo]
            ticket._forget("proposed_participants")

    def action_refuse_proposed(self):
        """Forget the proposed people."""
        self._forget("proposed_participants")

    def _forget(self, name):
        """Empty a field that the desk itself keeps, for somebody who may work on the tickets."""
        self.check_access("write")
        self.sudo()[name] = False  # sudo: nobody else writes such fields

    def _contacts_of(self, people):
        """Return a contact for each ``(name, address)``, made where there is none."""
        intake = self.env["service_desk.mail.intake"]
        partners = self.env["res.partner"]
        emails = {email: name for name, email in people if email}
        found = {}
        for partner in partners.search([("email_normalized", "in", list(emails))]):
            found[partner.email_normalized] = (
                found.get(partner.email_normalized, partners) | partner
            )
        missing = {email: name for email, name in emails.items() if email not in found}
        names = intake._safe_names(missing)
        made = partners.create([{"name": names[email], "email": email} for email in missing])
        return partners.union(*(intake._best_partner(some) for some in found.values())) | made

    def _note_undelivered(self, emails):
        """Mark the people of this ticket whom a mail could not reach (unconfirmed)."""
        self.ensure_one()
        people = (self.partner_id | self.participant_ids | self.user_id.partner_id).mapped(
            "email_normalized"
        )
        failed = [
            email for email in emails if email in people or email == (self.email_from or "").lower()
        ]
        if failed:
            known = dict.fromkeys(filter(None, (self.undelivered_emails or "").split(", ")))
            self.undelivered_emails = ", ".join(
                [*known, *(email for email in failed if email not in known)]
            )

    def action_clear_undelivered(self):
        """Forget that a mail was not delivered."""
        self._forget("undelivered_emails")

    def action_open_held_mail(self):
        """Open the held mail of the ticket."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_mail_intake_action"
        )
        action["domain"] = [("ticket_id", "in", self.ids)]
        action["context"] = {"search_default_held": 1}
        return action

    # ------------------------------------------------------------- attachments
    def _create_attachments_for_post(self, values_list, extra_list):
        """Create attachments of mail and make sure that their files are whole.

        A file that an earlier full disk has left cut would block its content for ever; one that is cut
        now must not count as kept.
        """
        if not self.env.context.get("service_desk_mail_in") or not values_list:
            return super()._create_attachments_for_post(values_list, extra_list)
        # sudo: the gateway writes for people without rights
        store = self.env["ir.attachment"].sudo()
        if store._storage() == "db":
            return super()._create_attachments_for_post(values_list, extra_list)
        contents = [base64.b64decode(values["datas"]) for values in values_list]
        for content in contents:
            store._service_desk_drop_damaged(content)
        attachments = super()._create_attachments_for_post(values_list, extra_list)
        for attachment in attachments:
            attachment._service_desk_check_file()
        return attachments


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _service_desk_drop_damaged(self, content):
        """Remove the stored file of ``content`` when it is not what its name says."""
        checksum = self._compute_checksum(content)
        path = self._full_path(f"{checksum[:2]}/{checksum}")
        if os.path.isfile(path) and os.path.getsize(path) != len(content):
            _logger.info("The stored file %s is damaged; it is written again", checksum)
            os.unlink(path)

    def _service_desk_check_file(self):
        """Raise OSError when the stored file is not as long as its content, after removing it."""
        for attachment in self.filtered("store_fname"):
            path = attachment._full_path(attachment.store_fname)
            if not os.path.isfile(path) or os.path.getsize(path) != attachment.file_size:
                if os.path.isfile(path):
                    os.unlink(path)
                raise OSError(errno.EIO, "The file could not be stored whole", path)
