"""Announcements: maintenance, outage, recovery – shown to whom they concern, and to nobody else."""

from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

KINDS = [("maintenance", "Maintenance"), ("outage", "Outage"), ("recovery", "Recovery")]
STATES = [("draft", "Draft"), ("planned", "Planned"), ("active", "Going on"), ("past", "Over")]
#: Maintenance is told so long before it begins.
DAYS_AHEAD = 7
#: A recovery without an end is good news for so long.
RECOVERY_HOURS = 24


class ServiceDeskAnnouncement(models.Model):
    _name = "service_desk.announcement"
    _description = "Announcement"
    _inherit = ["service_desk.marks.mixin", "service_desk.kept.mixin"]
    _order = "date_from desc, id desc"
    _kept_fields = frozenset({"is_published"})
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True)
    body = fields.Html("Text", translate=True)
    kind = fields.Selection(KINDS, required=True, default="outage")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date_from = fields.Datetime("From", required=True, default=fields.Datetime.now)
    date_to = fields.Datetime("Until")
    is_published = fields.Boolean("Published", readonly=True, copy=False)
    state = fields.Selection(STATES, compute="_compute_state")
    user_id = fields.Many2one("res.users", "Published by", readonly=True, copy=False)

    for_all = fields.Boolean("Everybody", help="Whoever asks this desk for anything.")
    place_ids = fields.Many2many(
        "res.partner",
        "service_desk_announcement_place_rel",
        string="Sites and Customers",
        help="Everybody there, and everybody of what belongs to them.",
    )
    category_ids = fields.Many2many("res.partner.category", string="Customer Tags")
    service_ids = fields.Many2many(
        "service_desk.service",
        string="Services",
        check_company=True,
        help="With their parts. Without a site, customer or tag: who has asked about them in the last 90 days.",
    )
    audience_count = fields.Integer("People Concerned", compute="_compute_audience_count")

    master_id = fields.Many2one(
        "service_desk.ticket",
        "Mass Incident",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('is_master', '=', True)]",
    )
    outage_id = fields.Many2one(
        "service_desk.announcement",
        "Ends",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('kind', '!=', 'recovery')]",
        help="The outage that is over when this is published.",
    )
    team_id = fields.Many2one(
        "service_desk.team",
        "Answers Go to",
        check_company=True,
        help="Mail is sent under the address of this team. Empty: under that of the company.",
    )
    dismissed_partner_ids = fields.Many2many(
        "res.partner",
        "service_desk_announcement_dismissed_rel",
        string="Read by",
        readonly=True,
        copy=False,
        groups="service_desk.service_desk_group_manager",
    )

    _shown_index = models.Index("(company_id, date_to) WHERE is_published IS TRUE")

    # ---------------------------------------------------------------- computes
    @api.depends("is_published", "date_from", "date_to")
    def _compute_state(self):
        now = fields.Datetime.now()
        for announcement in self:
            if not announcement.is_published:
                announcement.state = "draft"
            elif announcement.date_to and announcement.date_to <= now:
                announcement.state = "past"
            else:
                started = announcement.date_from and announcement.date_from <= now
                announcement.state = "active" if started else "planned"

    @api.constrains("for_all", "place_ids", "category_ids", "service_ids", "is_published")
    def _check_audience(self):
        for announcement in self.filtered("is_published"):
            if not announcement._has_audience():
                raise ValidationError(
                    self.env._("Say whom it concerns: everybody, or some sites, tags or services.")
                )

    def _has_audience(self):
        return bool(self.for_all or self.place_ids or self.category_ids or self.service_ids)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        if any(a.date_to and a.date_to < a.date_from for a in self):
            raise ValidationError(self.env._("An announcement cannot end before it begins."))

    @api.constrains("master_id")
    def _check_master(self):
        for announcement in self.filtered("master_id"):
            announcement.master_id.check_access("read")
            master_sudo = announcement.master_id.sudo()  # sudo: the privacy of its team
            if not master_sudo.is_master or master_sudo.team_id.is_private:
                raise ValidationError(
                    self.env._("An announcement names a mass incident that every agent may see.")
                )

    # ----------------------------------------------------------------- buttons
    def action_publish(self):
        """Show it from now on, or from its beginning, to whom it concerns; a recovery ends its outage."""
        self.check_access("write")
        for announcement in self:
            if not announcement._has_audience():
                raise UserError(
                    self.env._("Say whom it concerns: everybody, or some sites, tags or services.")
                )
            if announcement.kind == "recovery" and not announcement.date_to:
                announcement.date_to = announcement.date_from + timedelta(hours=RECOVERY_HOURS)
            announcement._set_marks(is_published=True, user_id=self.env.uid)
            announcement._end_outage()

    def _end_outage(self):
        outage, now = self.outage_id, fields.Datetime.now()
        if self.kind == "recovery" and outage and (not outage.date_to or outage.date_to > now):
            outage.check_access("write")
            outage.write({"date_to": max(now, outage.date_from)})

    def action_end(self):
        """End it now."""
        self.check_access("write")
        for announcement in self:
            announcement.date_to = max(fields.Datetime.now(), announcement.date_from)

    def action_withdraw(self):
        """Take it back: nobody sees it any more."""
        self.check_access("write")
        self._set_marks(is_published=False)

    def action_recover(self):
        """Open the news that it works again, for the same people."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recovery"),
            "res_model": self._name,
            "views": [[False, "form"]],
            "context": {
                "default_kind": "recovery",
                "default_outage_id": self.id,
                "default_name": self.env._("It works again: %(title)s", title=self.name),
                "default_for_all": self.for_all,
                "default_place_ids": self.place_ids.ids,
                "default_category_ids": self.category_ids.ids,
                "default_service_ids": self.service_ids.ids,
                "default_master_id": self.master_id.id,
                "default_team_id": self.team_id.id,
            },
        }

    # -------------------------------------------------------------------- shown
    @api.model
    @tools.ormcache()
    def _is_any_published(self):
        """Tell whether there is anything to show at all; sudo: no more than that."""
        return bool(self.sudo().search_count([("is_published", "=", True)], limit=1))

    @api.model
    def _shown_domain(self, companies):
        """What is shown at this moment: going on, or maintenance that comes soon."""
        now = fields.Datetime.now()
        soon = Domain("kind", "=", "maintenance") & Domain(
            "date_from", "<=", now + timedelta(days=DAYS_AHEAD)
        )
        return (
            Domain("is_published", "=", True)
            & Domain("company_id", "in", companies.ids)
            & (Domain("date_to", "=", False) | Domain("date_to", ">", now))
            & (Domain("date_from", "<=", now) | soon)
        )


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def action_announce(self):
        """Open a new announcement about this mass incident."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Announcement"),
            "res_model": "service_desk.announcement",
            "views": [[False, "form"]],
            "context": {
                "default_master_id": self.id,
                "default_name": self.name,
                "default_service_ids": self.service_id.ids,
                "default_team_id": self.team_id.id,
            },
        }

    def _check_private_master(self):
        super()._check_private_master()
        # sudo: whether there is one is asked, not which
        announced = self.env["service_desk.announcement"].sudo()
        if announced.search_count([("master_id", "=", self.id)], limit=1):
            raise ValidationError(
                self.env._("An announcement names a mass incident that every agent may see.")
            )
