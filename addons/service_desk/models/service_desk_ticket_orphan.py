"""The orphan watch: no open ticket stays without a person or a next action for long."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import get_lang

ORPHAN_ACTIVITY = "service_desk.mail_activity_type_orphan"


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    orphan_since = fields.Datetime(
        readonly=True,
        copy=False,
        help="Since when the ticket has had no person or no next action, as the hourly watch saw it.",
    )
    is_orphan = fields.Boolean("Orphan", compute="_compute_is_orphan", search="_search_is_orphan")

    _orphan_index = models.Index("(orphan_since) WHERE orphan_since IS NOT NULL")

    @api.depends("orphan_since", "is_open", "user_id", "next_update_at", "waiting_until")
    def _compute_is_orphan(self):
        orphans = self.search([("is_orphan", "=", True), ("id", "in", self.ids)])
        for ticket in self:
            ticket.is_orphan = ticket in orphans

    def _search_is_orphan(self, operator, value):
        if operator != "in":
            return NotImplemented
        settings = self.env["service_desk.settings"]
        found = Domain.FALSE
        for company in self.env.companies:
            hours = settings._of(company).orphan_hours
            if hours:
                limit = fields.Datetime.now() - timedelta(hours=hours)
                found |= Domain("company_id", "=", company.id) & Domain("orphan_since", "<=", limit)
        return found & self._get_uncared_domain()

    @api.model
    def _get_uncared_domain(self):
        """Open tickets that have no person, or nothing that will happen next (at this moment).

        The watch's own activity is no next action: it only says that there is none.
        """
        nothing_planned = (
            Domain("next_update_at", "=", False)
            & Domain("waiting_until", "=", False)
            & Domain(
                "activity_ids", "not any", [("activity_type_id", "!=", self._orphan_type_id())]
            )
        )
        return Domain("is_open", "=", True) & (Domain("user_id", "=", False) | nothing_planned)

    @api.model
    def _orphan_type_id(self):
        return self.env["ir.model.data"]._xmlid_to_res_id(ORPHAN_ACTIVITY, raise_if_not_found=True)

    # ------------------------------------------------------------------- watch
    @api.model
    def _cron_watch_orphans(self, limit=500):
        """Note which open tickets are uncared for, and give the leads one activity for each that stays so."""
        self._note_orphans()
        self._drop_orphan_activities(limit)
        for company in self.env["res.company"].search([("active", "=", True)]):
            self.with_context(allowed_company_ids=company.ids)._warn_of_orphans(limit)

    @api.model
    def _note_orphans(self):
        """Set and clear ``orphan_since``; one statement each, whatever the number of tickets.

        Written past the ORM: it is the watch's own mark, and must neither count as a change of the ticket
        nor start anybody's automation.
        """
        tickets = self.env["service_desk.ticket"]
        tickets.flush_model()
        uncared = tickets._search(Domain("orphan_since", "=", False) & self._get_uncared_domain())
        self._mark_orphans(
            uncared,
            # A ticket that nobody has ever had is an orphan from its first moment on.
            SQL(
                "CASE WHEN user_id IS NULL AND assigned_at IS NULL THEN create_date ELSE %s END",
                fields.Datetime.now(),
            ),
        )
        cared = tickets.with_context(active_test=False)._search(
            Domain("orphan_since", "!=", False) & ~self._get_uncared_domain()
        )
        self._mark_orphans(cared, SQL("NULL"))
        tickets.invalidate_model(["orphan_since"], flush=False)

    @api.model
    def _mark_orphans(self, query, since):
        """Set ``orphan_since`` of the tickets that ``query`` finds; what somebody writes just now waits an hour."""
        self.env.execute_query(
            SQL(
                "UPDATE service_desk_ticket SET orphan_since = %s WHERE id IN"
                " (SELECT id FROM service_desk_ticket WHERE id IN %s FOR UPDATE SKIP LOCKED) RETURNING id",
                since,
                query.subselect(),
            )
        )

    @api.model
    def _drop_orphan_activities(self, limit):
        """Take back the activity of tickets that are cared for again."""
        activities = self.env["mail.activity"]
        domain = [
            ("res_model", "=", self._name),
            ("activity_type_id", "=", self._orphan_type_id()),
        ]
        for batch in _batches(activities.search(domain), limit):
            standing = self.browse(batch.mapped("res_id")).exists().filtered("orphan_since")
            batch.filtered(
                lambda activity, ids=set(standing.ids): activity.res_id not in ids
            ).unlink()
            if not self.env["ir.cron"]._commit_progress():
                return

    @api.model
    def _warn_of_orphans(self, limit):
        """Give the leads of the company's teams one activity for each orphan that has none."""
        orphan_type = self._orphan_type_id()
        domain = Domain("is_orphan", "=", True) & Domain(
            "activity_ids", "not any", [("activity_type_id", "=", orphan_type)]
        )
        last_id = 0
        while tickets := self.search(domain & Domain("id", ">", last_id), limit=limit, order="id"):
            last_id = tickets[-1].id
            tickets -= tickets._warned_lately()
            vals_list = [
                vals for ticket in tickets if (vals := ticket._prepare_orphan_activity_vals())
            ]
            # quick: the leads find them in their list; a mail for each would be a storm after a weekend
            self.env["mail.activity"].with_context(
                mail_activity_quick_update=True, service_desk_no_subscription=True
            ).create(vals_list)
            if not self.env["ir.cron"]._commit_progress(len(vals_list)):
                return

    def _warned_lately(self):
        """Return the tickets of ``self`` whose warning was ticked off on the day the watch looks back to, or later."""
        hours = self.env["service_desk.settings"]._of(self.env.company).orphan_hours
        done = (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", self._orphan_type_id()),
                    ("active", "=", False),
                    ("date_done", ">=", (fields.Datetime.now() - timedelta(hours=hours)).date()),
                ],
                ["res_id"],
            )
        )
        return self.browse(set(done.mapped("res_id")))

    def _prepare_orphan_activity_vals(self):
        """Return the values of the ticket's warning, or ``None`` when nobody could get it."""
        self.ensure_one()
        keepers = self._orphan_keepers()
        if not keepers:
            return None
        keeper = keepers[self.id % len(keepers)]
        env = self.env(context=dict(self.env.context, lang=get_lang(self.env, keeper.lang).code))
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "activity_type_id": self._orphan_type_id(),
            "user_id": keeper.id,
            "date_deadline": fields.Date.context_today(self),
            "summary": env._("Nobody has it") if not self.user_id else env._("Nothing is planned"),
            "automated": True,
        }

    def _orphan_keepers(self):
        """Return who is told of the orphan: the team's leads, else the managers of its company."""
        self.ensure_one()
        leads = self.team_id.lead_ids.filtered(
            lambda user: user.active and user._is_service_desk_staff()
        )
        if leads:
            return leads
        managers = self.env.ref("service_desk.service_desk_group_manager").all_user_ids
        return managers.filtered(
            lambda user: user.active and user._is_internal() and self.company_id in user.company_ids
        )

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        # A warned lead looks at the ticket; he does not want each of its mails from now on.
        if self.env.context.get("service_desk_no_subscription"):
            return True
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)


def _batches(records, size):
    """Yield ``records`` in steps of ``size``."""
    for start in range(0, len(records), size):
        yield records[start : start + size]
