"""What the ready rules do, beyond setting fields; and the note on a ticket whose rule was stopped."""

from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.tools.misc import get_lang

ACTIVITY_TYPE = "mail.mail_activity_data_todo"
#: A stopped rule is told of once in so many minutes on one ticket.
STOP_NOTE_MINUTES = 60


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # -------------------------------------------------------------------- guard
    def _stop_automation(self, automation, rounds):
        """Say on each ticket, and in the list of stops, that a rule went on no longer; once an hour."""
        # sudo: what the desk itself notes, whoever caused it
        stops_sudo = self.env["service_desk.automation.stop"].sudo()
        since = fields.Datetime.now() - timedelta(minutes=STOP_NOTE_MINUTES)
        told = stops_sudo.search(
            [
                ("automation_id", "=", automation.id),
                ("ticket_id", "in", self.ids),
                ("create_date", ">=", since),
            ]
        ).ticket_id
        tickets = self - told.with_env(self.env)
        if not tickets:
            return
        stops_sudo.create(
            [
                {"automation_id": automation.id, "ticket_id": ticket.id, "rounds": rounds}
                for ticket in tickets
            ]
        )
        payload = {"id": automation.id, "name": automation.sudo().name, "rounds": rounds}
        decisions = tickets._explain("automation", payload)
        notes = {decision.ticket_id.id: decision.text for decision in decisions}
        tickets.sudo()._message_log_batch(bodies=notes)

    # ------------------------------------------------------ what ready rules do
    def _automation_warn_leads(self, summary):
        """Give one of those who answer for the team an activity; ``summary`` is a key of :meth:`_warnings`."""
        self._automation_warn(summary, lambda ticket: ticket._orphan_keepers())

    def _automation_warn_assignee(self, summary):
        """Give the assignee an activity, or the leads where nobody has the ticket."""
        self._automation_warn(summary, lambda ticket: ticket.user_id or ticket._orphan_keepers())

    def _automation_warn(self, summary, keepers_of):
        for ticket in self.filtered("active"):
            keepers = keepers_of(ticket)
            if not keepers:
                continue
            keeper = keepers[ticket.id % len(keepers)]
            speaking = ticket.with_context(lang=get_lang(self.env, keeper.lang).code)
            text = speaking._warnings()[summary]
            standing = ticket.activity_ids.filtered(
                lambda activity, user=keeper, text=text: (
                    activity.user_id == user and activity.summary == text
                )
            )
            if not standing:
                # sudo: the rule warns, not the person whose change woke it
                ticket.sudo().with_context(service_desk_no_subscription=True).activity_schedule(
                    ACTIVITY_TYPE, user_id=keeper.id, summary=text
                )

    def _warnings(self):
        """Return the texts of the warnings of ready rules, in the language of the context."""
        return {
            "critical": self.env._("Critical ticket"),
            "reply_overdue": self.env._("The requester waits too long for an answer"),
            "promise_due": self.env._("The promised update is due soon"),
            "unassigned": self.env._("Nobody has taken this ticket"),
            "reopened": self.env._("The ticket was re-opened"),
            "stale": self.env._("The ticket has not moved for long"),
        }

    def _automation_remind_requester(self):
        """Ask the requester once more, in his language, for the answer that the ticket waits for."""
        for ticket in self.filtered(lambda t: t.state == "waiting"):
            lang = get_lang(
                self.env, ticket.partner_id.lang or ticket.company_id.partner_id.lang
            ).code
            speaking = ticket.with_context(lang=lang)
            body = Markup("<p>%s</p>") % speaking.env._(
                "We still need your answer to go on with %(number)s “%(subject)s”. Please reply to this message.",
                number=ticket.number,
                subject=ticket.name,
            )
            # sudo: the desk speaks; mail of automatic messages says so in its headers
            speaking.sudo().message_post(
                body=body, message_type="auto_comment", subtype_xmlid="mail.mt_comment"
            )

    def _automation_solve_unanswered(self):
        """Solve tickets whose requester did not answer; the text and the reason say so."""
        reason = self.env.ref("service_desk.close_reason_no_reply", raise_if_not_found=False)
        for ticket in self.filtered(lambda t: t.state == "waiting"):
            lang = get_lang(
                self.env, ticket.partner_id.lang or ticket.company_id.partner_id.lang
            ).code
            env = ticket.with_context(lang=lang).env
            text = env._(
                "We have not heard from you and take it that the matter is settled."
                " Reply to this message and we go on with it."
            )
            # sudo: the desk's own move, not that of whoever runs the scheduler
            ticket.sudo()._write_state(
                {
                    "state": "solved",
                    "resolution": Markup("<p>%s</p>") % text,
                    "close_reason_id": reason.id if reason else ticket.close_reason_id.id,
                }
            )
