"""Who may open tickets by mail, and how many: surplus is held, never dropped, never bounced."""

from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models

NOTICE_PAUSE = timedelta(days=1)
MAX_OPEN_ALERTS = 10


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    # --------------------------------------------------------------- permission
    def _refused(self, job):
        """Return the values of a held row when the address does not take mail of this sender."""
        contact = job.own_aliases[0].contact if job.own_aliases else "everyone"
        if contact == "everyone" or self._may_write_to(job, contact):
            return None
        return self._held("refused_sender", notice_sent=self._tell_refused(job))

    def _may_write_to(self, job, contact):
        """Tell whether the sender, by his exact address, is of the kind that an address asks for."""
        if job.verdict.result == "fail":
            return False
        senders = job.partners.get(job.mail.from_email, self.env["res.partner"])
        if contact == "followers":
            return bool(senders & job.team.message_partner_ids)
        if contact == "employees":
            return bool(job.staff) or self._is_employee(job.mail.from_email)
        return bool(senders)

    def _is_employee(self, email):
        """Tell whether ``email`` is exactly the work address of an employee (where people are managed here)."""
        if "hr.employee" not in self.env:
            return False
        found = self.env["hr.employee"].search([("work_email", "=ilike", _literal(email))])
        return any(self._normalised(employee.work_email) == email for employee in found)

    def _tell_refused(self, job):
        """Tell a proven sender, once a day, that his mail was not taken; nothing of his text goes out.

        :return: whether he was told now
        """
        mail = job.mail
        if job.verdict.result != "pass" or mail.no_auto_answer or mail.machine:
            return False
        since = fields.Datetime.now() - NOTICE_PAUSE
        told = [
            ("email_from", "=", mail.from_email),
            ("notice_sent", "=", True),
            ("received_at", ">=", since),
        ]
        if self.search_count(told, limit=1):
            return False
        self = self._in_language_of(job.team)
        body = Markup("<p>%s</p>") % self.env._(
            "Your message of %(date)s was received but cannot become a request: this address takes mail of"
            " known senders only. Please contact us another way.",
            date=fields.Datetime.to_string(self.received_at),
        )
        self.env["mail.mail"].create(
            {
                "subject": self.env._("Your message was not accepted"),
                "body_html": body,
                "email_to": mail.from_email,
                "email_from": job.team.company_id.email_formatted or False,
                "headers": repr(
                    {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
                ),
                "auto_delete": True,
                "references": mail.message_id or False,
            }
        )
        return True

    # ------------------------------------------------------------------- budgets
    def _over_budget(self, job):
        """Return the values of a held row when too many new tickets came from there within the window."""
        settings = job.settings
        if job.staff or job.is_allowed_machine or not settings.budget_minutes:
            return None
        facts, known = job.facts, bool(job.partner)
        if not self._exceeds(settings, facts, known):
            return None
        self = self._in_language_of(job.team)
        spent = (
            (facts["sender"], settings.budget_sender, self.env._("address")),
            (0 if known else facts["domain"], settings.budget_domain, self.env._("mail domain")),
            (0 if known else facts["team"], settings.budget_team, self.env._("team")),
        )
        for count, limit, what in spent:
            if limit and count >= limit:
                self._alert_flood(job)
                text = self.env._(
                    "%(count)s new tickets within %(minutes)s minutes, counted by %(what)s.",
                    count=count,
                    minutes=settings.budget_minutes,
                    what=what,
                )
                return self._held("flood", text=text)
        return None

    def _exceeds(self, settings, facts, known):
        """Tell whether one of the budgets is used up."""
        limits = [(facts["sender"], settings.budget_sender)]
        if not known:
            limits += [
                (facts["domain"], settings.budget_domain),
                (facts["team"], settings.budget_team),
            ]
        return any(limit and count >= limit for count, limit in limits)

    # -------------------------------------------------------------------- alerts
    def _alert_flood(self, job):
        """Raise one activity for a whole flood, however many messages it has."""
        since = fields.Datetime.now() - timedelta(minutes=job.settings.budget_minutes)
        self = self._in_language_of(job.team)
        open_flood = [("state", "=", "held"), ("reason", "=", "flood"), ("received_at", ">", since)]
        if not self.search_count([*open_flood, ("id", "!=", self.id)], limit=1):
            self._alert(
                self.env._("A flood of mail is being held"),
                self.env._(
                    "Further messages are held beside this one; release or discard them in the list."
                ),
                job.team,
            )

    def _alert_held(self):
        """Raise an activity about a message that could not be processed (not more than a handful at once)."""
        self = self._in_language_of(self.team_id)
        open_alerts = [("res_model", "=", self._name), ("active", "=", True)]
        if (
            self.env["mail.activity"].search_count(open_alerts, limit=MAX_OPEN_ALERTS)
            < MAX_OPEN_ALERTS
        ):
            self._alert(
                self.env._("A message could not be processed"), self.reason_text or "", self.team_id
            )

    def _alert(self, summary, text, team):
        responsible = self._responsible(team)
        if responsible:
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary,
                note=Markup("<p>%s</p>") % text.strip().splitlines()[-1][:500]
                if text.strip()
                else "",
                user_id=responsible.id,
            )

    def _responsible(self, team):
        """Return who looks after held mail: the team's lead, else a manager of the desk."""
        leads = (team.lead_ids if team else self.env["res.users"]).filtered("active")
        managers = self.env.ref("service_desk.service_desk_group_manager").all_user_ids
        return leads[:1] or managers.filtered(lambda user: user.active and not user.share)[:1]


def _literal(text):
    """Return ``text`` so that LIKE takes every character for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
