"""The leads hear when a person's open work comes back to their team."""

from markupsafe import Markup, escape

from odoo import models

#: So many tickets are named in the message; of the rest the number is told.
MOST_NAMED = 20


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    def _tell_leads_of_release(self, user, tickets, reason_code):
        """Write one message to the leads, else to the managers: who is gone, which tickets look for somebody else.

        :param tickets: those of this team, as superuser: the leads of a team see all of its tickets
        """
        self.ensure_one()
        leads = tickets[:1]._orphan_keepers() - user
        for lang, people in leads.grouped(lambda lead: lead.lang or self.env.lang).items():
            team = self.with_context(lang=lang)
            subject, body = team._release_message(
                user, tickets.with_context(lang=lang), reason_code
            )
            team.message_notify(
                partner_ids=people.partner_id.ids,
                subject=subject,
                body=body,
                email_layout_xmlid="mail.mail_notification_light",
            )

    def _release_message(self, user, tickets, reason_code):
        """Return ``(subject, body)``."""
        values = {"person": user.name, "count": len(tickets), "team": self.name}
        subject = self.env._(
            "Open tickets of %(person)s: %(count)s given back to %(team)s", **values
        )
        reasons = {
            "left": self.env._("%(person)s works at the desk no more.", **values),
            "absence": self.env._("%(person)s is absent.", **values),
        }
        if self._assigns_by_itself():
            what = self.env._("They are given to others by the team's method:")
        else:
            what = self.env._("Nobody has them now:")
        rows = Markup().join(
            Markup("<li>%s</li>") % ticket.display_name for ticket in tickets[:MOST_NAMED]
        )
        if len(tickets) > MOST_NAMED:
            rows += Markup("<li>%s</li>") % self.env._(
                "%(count)s more", count=len(tickets) - MOST_NAMED
            )
        reason = escape(reasons.get(reason_code, ""))
        return subject, Markup("<p>%s %s</p><ul>%s</ul>") % (reason, what, rows)
