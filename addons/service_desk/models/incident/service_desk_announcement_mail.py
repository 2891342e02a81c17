"""An announcement by mail: asked for by a person, to each one concerned once, in steps."""

import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.mail import formataddr

from ..service_desk_ticket_mail_out import LAYOUT, LOOP_HEADER

_logger = logging.getLogger(__name__)
CRON = "service_desk.ir_cron_mail_announcements"
STEP = 50


class ServiceDeskAnnouncement(models.Model):
    _inherit = "service_desk.announcement"

    recipient_ids = fields.One2many(
        "service_desk.announcement.recipient", "announcement_id", "Mail to"
    )
    mailed_count = fields.Integer("Mails Sent", compute="_compute_mail_counts")
    to_mail_count = fields.Integer("Mails to Send", compute="_compute_mail_counts")

    @api.depends("recipient_ids.state")
    def _compute_mail_counts(self):
        self.update({"mailed_count": 0, "to_mail_count": 0})
        groups = self.env["service_desk.announcement.recipient"]._read_group(
            [("announcement_id", "in", self.ids)], ["announcement_id", "state"], ["__count"]
        )
        for announcement, state, count in groups:
            announcement.mailed_count += count * (state == "sent")
            announcement.to_mail_count += count * (state == "todo")

    def action_mail(self):
        """Write to everybody concerned who has not got it by mail yet.

        :raises UserError: when it is not published, or over
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("planned", "active"):
            raise UserError(self.env._("Publish it first: only what is shown is mailed."))
        self._add_recipients()

    def _add_recipients(self):
        """Write down who gets it: one statement, whoever has a line already keeps it."""
        # sudo: who is concerned does not depend on whom the writer may see
        query = self.env["res.partner"].sudo()._search(self._audience_domain())
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "INSERT INTO service_desk_announcement_recipient"
                " (announcement_id, partner_id, state, create_uid, create_date, write_uid, write_date)"
                " SELECT %(id)s, found.id, 'todo', %(uid)s, %(now)s, %(uid)s, %(now)s"
                " FROM (%(people)s) AS found (id) ON CONFLICT DO NOTHING",
                id=self.id,
                uid=self.env.uid,
                now=self.env.cr.now(),
                people=query.select(),
            )
        )
        self.env.invalidate_all(flush=False)
        self.env.ref(CRON).sudo()._trigger()  # sudo: the scheduler belongs to the system

    def _sender(self):
        """Return under which name and address the mail goes out."""
        team_sudo = self.team_id.sudo()  # sudo: aliases belong to the system
        address = team_sudo.alias_id.alias_full_name
        if address and "@" in address:
            return formataddr((team_sudo.name, address))
        return self.company_id.email_formatted

    def _mail_body(self, lang):
        """Return the mail in the layout of the desk."""
        message = self.env["mail.message"].new({"body": self.body or ""})
        return self.env["ir.qweb"]._render(
            LAYOUT,
            {
                "lang": lang,
                "message": message,
                "email_add_signature": False,
                "has_button_access": False,
                "record": False,
                "company": self.company_id,
            },
            lang=lang,
        )


class ServiceDeskAnnouncementRecipient(models.Model):
    """Somebody who gets an announcement by mail."""

    _name = "service_desk.announcement.recipient"
    _description = "Recipient of an Announcement"
    _order = "id"
    _rec_name = "partner_id"

    announcement_id = fields.Many2one(
        "service_desk.announcement", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, ondelete="cascade", index=True
    )
    state = fields.Selection(
        [("todo", "To do"), ("sent", "Sent"), ("skipped", "Over before"), ("failed", "Failed")],
        required=True,
        default="todo",
    )

    _todo_index = models.Index("(id) WHERE state = 'todo'")
    _person_uniq = models.UniqueIndex("(announcement_id, partner_id)", "One mail to each person.")

    @api.model
    def _cron_run(self, limit=STEP):
        """Make the mails in steps; a mail and the mark that it was made are one transaction."""
        domain = [("state", "=", "todo")]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while lines := self.search(domain, order="id", limit=limit).try_lock_for_update():
            lines._run()
            if not self.env["ir.cron"]._commit_progress(len(lines)):
                break
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _run(self):
        for line in self:
            try:
                with self.env.cr.savepoint():
                    line.state = line._mail()
            except psycopg2.OperationalError:
                raise  # the transaction is lost: the whole step is repeated
            except Exception:
                _logger.exception(
                    "The announcement %s could not be mailed", line.announcement_id.id
                )
                line.state = "failed"

    def _mail(self):
        """Queue the mail in the language of its reader; return the state of the line."""
        announcement, partner = self.announcement_id, self.partner_id
        if announcement.state not in ("planned", "active"):
            return "skipped"
        lang = partner.lang or announcement.company_id.partner_id.lang or "en_US"
        told = announcement.with_context(lang=lang)
        kinds = dict(told._fields["kind"]._description_selection(told.env))
        sender = told._sender()
        self.env["mail.mail"].create(
            {
                "subject": f"{kinds[told.kind]}: {told.name}",
                "body_html": told._mail_body(lang),
                "recipient_ids": [(4, partner.id)],
                "email_from": sender,
                "reply_to": sender,
                "headers": repr(
                    {
                        "Auto-Submitted": "auto-generated",
                        "X-Auto-Response-Suppress": "All",
                        LOOP_HEADER: f"announcement-{told.id}",
                    }
                ),
                "auto_delete": True,
            }
        )
        return "sent"
