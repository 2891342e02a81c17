"""The norm of classification: a new ticket gets its service within so many working minutes."""

from odoo import api, fields, models
from odoo.fields import Domain

CLASSIFY_CRON = "service_desk.ir_cron_raise_unclassified"


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    classify_minutes = fields.Integer(
        "Classify Within (minutes)",
        help="A new ticket must get its service, or be confirmed as it is, within so many working minutes."
        " Else the leads are told, once. 0: no norm.",
    )

    _classify_positive = models.Constraint(
        "CHECK (classify_minutes >= 0)", "A number of minutes cannot be negative."
    )


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    classified_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When a person or a rule chose the service, or somebody confirmed the classification.",
    )
    classify_by = fields.Datetime(
        readonly=True, copy=False, help="When the norm of the team is over."
    )
    classify_raised_at = fields.Datetime(
        "Raised as Not Classified", readonly=True, copy=False, help="When the leads were told."
    )

    _classify_index = models.Index(
        "(classify_by) WHERE classify_by IS NOT NULL AND classified_at IS NULL"
        " AND classify_raised_at IS NULL"
    )
    _unclassified_index = models.Index(
        "(priority DESC, id DESC) WHERE active IS TRUE AND is_open IS TRUE AND classified_at IS NULL"
    )

    # -------------------------------------------------------------------- marks
    def _on_opened(self):
        result = super()._on_opened()
        now = fields.Datetime.now()
        self.filtered("service_id")._set_marks(classified_at=now)
        self.filtered(lambda t: not t.service_id)._count_norm()
        return result

    def write(self, vals):
        result = super().write(vals)
        if vals.get("service_id"):
            self.filtered(lambda t: not t.classified_at)._mark_classified()
        elif "team_id" in vals:
            self.filtered(lambda t: not t.classified_at and not t.classify_raised_at)._count_norm()
        return result

    def action_confirm_classification(self):
        """Say that type, priority and service are right as they are (a ticket may need no service)."""
        self.check_access("write")
        self.filtered(lambda t: not t.classified_at)._mark_classified()

    def _mark_classified(self):
        self._set_marks(classified_at=fields.Datetime.now())

    def _count_norm(self):
        """Count from the opening until when the team has to classify the tickets."""
        working_time = self.env["service_desk.working.time"]
        for team, tickets in self.filtered("is_open").grouped("team_id").items():
            minutes = (
                team.sudo().classify_minutes
            )  # sudo: whoever opens a ticket need not read teams
            if not minutes and not any(tickets.mapped("classify_by")):
                continue
            hours = working_time._of_team(team)
            for ticket in tickets:
                opened_at = ticket._opened_at(fields.Datetime.now())
                ticket._set_marks(classify_by=minutes and hours.add(opened_at, minutes))
            first = min((t.classify_by for t in tickets if t.classify_by), default=None)
            if first:
                self.env["ir.cron"]._service_desk_wake(CLASSIFY_CRON, first)

    # --------------------------------------------------------------------- norm
    @api.model
    def _get_late_to_classify_domain(self):
        return (
            Domain("classify_by", "<=", fields.Datetime.now())
            & Domain("classified_at", "=", False)
            & Domain("classify_raised_at", "=", False)
        )

    @api.model
    def _cron_raise_unclassified(self, limit=200):
        """Tell the leads of tickets past the norm, each once; what is done already is only marked."""
        domain = self._get_late_to_classify_domain()
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while late := self.search(
            domain, order="classify_by, id", limit=limit
        ).try_lock_for_update():
            late.write({"classify_raised_at": fields.Datetime.now()})
            for ticket in late.filtered("is_open"):
                ticket._raise_unclassified()
            if not self.env["ir.cron"]._commit_progress(len(late)):
                break
        following = self.search(
            [
                ("classify_by", "!=", False),
                ("classified_at", "=", False),
                ("classify_raised_at", "=", False),
            ],
            order="classify_by, id",
            limit=1,
        )
        if following:
            self.env["ir.cron"]._service_desk_wake(CLASSIFY_CRON, following.classify_by)

    def _raise_unclassified(self):
        people = self._with_stand_ins(self.team_id.lead_ids) or self._orphan_keepers()
        self._explain(
            "escalation",
            {
                "event": "unclassified",
                "minutes": self.team_id.classify_minutes,
                "told": people.mapped("name"),
            },
        )
        self._tell_escalated(people, {"unclassified": True})


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_escalation_unclassified(self, payload):
        return self.env._(
            "Not classified within %(minutes)s working minutes. Told: %(people)s.",
            minutes=payload["minutes"],
            people=", ".join(payload["told"]),
        )
