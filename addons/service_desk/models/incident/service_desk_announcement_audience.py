"""Whom an announcement concerns: asked for one person (portal, panel) or for all of them (mail, count)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

#: Who has asked about a service within so many days uses it.
USED_DAYS = 90
#: Who has asked the desk for anything within so many days belongs to everybody.
KNOWN_DAYS = 365
#: In this order announcements are told.
URGENT_FIRST = ("outage", "recovery", "maintenance")


class ServiceDeskAnnouncement(models.Model):
    _inherit = "service_desk.announcement"

    # -------------------------------------------------------------- one person
    @api.model
    def _announcements_for(self, partner, service=None, site=None):
        """Return what is shown to ``partner`` at this moment, as plain data; the one door for requesters.

        :param partner: who looks, or who asks
        :param service: a service that he asks about just now
        :param site: the site that he asks about
        :return: ``[{"id", "kind", "kind_label", "title", "body" (safe HTML), "date_from", "date_to"}]``
        """
        if not self._is_any_published():
            return []  # a desk that announces nothing pays nothing
        companies = self._companies_of(partner)
        # sudo: requesters have no right on the model; only what concerns them comes out
        shown_sudo = self.sudo().search(self._shown_domain(companies))
        if not shown_sudo:
            return []
        concerning = shown_sudo._concerning(partner, service, site).sorted(
            lambda announcement: URGENT_FIRST.index(announcement.kind)
        )
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": announcement.id,
                "kind": announcement.kind,
                "kind_label": kinds[announcement.kind],
                "title": announcement.name,
                "body": announcement.body or "",
                "date_from": announcement.date_from,
                "date_to": announcement.date_to,
            }
            for announcement in concerning
        ]

    @api.model
    def _unread_for(self, partner):
        """Return :meth:`_announcements_for` without what the person has put away."""
        told = self._announcements_for(partner)
        # sudo: what somebody has put away is his own
        away = self.sudo().search(
            [
                ("id", "in", [one["id"] for one in told]),
                ("dismissed_partner_ids", "in", partner.ids),
            ]
        )
        return [one for one in told if one["id"] not in away.ids]

    @api.model
    def _dismiss_for(self, partner, announcement_id):
        """Put an announcement away for ``partner``, if it is one that he is shown."""
        if announcement_id in [one["id"] for one in self._announcements_for(partner)]:
            # sudo: a requester has no right on announcements
            self.sudo().browse(announcement_id).dismissed_partner_ids = [(4, partner.id)]

    @api.model
    def _companies_of(self, partner):
        partner_sudo = partner.sudo()  # sudo: which companies somebody deals with
        return partner_sudo.user_ids.company_ids or partner_sudo.company_id or self.env.company

    def _concerning(self, partner, service=None, site=None):
        """Return those of ``self`` (as superuser) that concern ``partner``."""
        if not partner and not service and not site:
            return self.filtered("for_all")
        places = self._places_of(partner, site)
        categories = self._categories_of(partner)
        services = (
            self._services_of(partner, service) if self.service_ids else self.service_ids.browse()
        )

        def concerns(announcement):
            if announcement.for_all:
                return True
            if announcement.place_ids or announcement.category_ids:
                return bool(
                    announcement.place_ids & places or announcement.category_ids & categories
                )
            return bool(announcement.service_ids & services)

        return self.filtered(concerns)

    def _places_of(self, partner, site):
        """Return the person, the site, and all they belong to."""
        found = (partner or self.place_ids.browse()).sudo()
        if site:
            found |= site.sudo()
        places = found
        while places.parent_id - found:
            places = places.parent_id - found
            found |= places
        return found

    def _categories_of(self, partner):
        partner_sudo = (partner or self.place_ids.browse()).sudo()
        categories = (
            partner_sudo | partner_sudo.parent_id | partner_sudo.commercial_partner_id
        ).category_id
        paths = [path for path in categories.mapped("parent_path") if path]
        ids = {int(part) for path in paths for part in path.split("/") if part}
        return categories.browse(ids)

    def _services_of(self, partner, service):
        """Return the services the person uses, and all they are part of."""
        used = service.sudo() if service else self.service_ids.browse()
        if partner:
            groups = (
                self.env["service_desk.ticket"]
                .sudo()
                ._read_group(
                    [
                        ("partner_id", "=", partner.id),
                        ("service_id", "!=", False),
                        ("create_date", ">=", self._since(USED_DAYS)),
                    ],
                    ["service_id"],
                )
            )
            used |= used.browse([row[0].id for row in groups])
        ids = {int(part) for path in used.mapped("parent_path") for part in path.split("/") if part}
        return used.browse(ids)

    @api.model
    def _since(self, days):
        return fields.Datetime.now() - timedelta(days=days)

    # ----------------------------------------------------------- all of them
    @api.depends("for_all", "place_ids", "category_ids", "service_ids", "company_id")
    def _compute_audience_count(self):
        partners_sudo = self.env["res.partner"].sudo()  # sudo: a number only
        for announcement in self:
            domain = announcement._audience_domain()
            announcement.audience_count = partners_sudo.search_count(domain)

    def _audience_domain(self):
        """Return the contacts with an address whom it concerns: those that :meth:`_concerning` finds one by one."""
        self.ensure_one()
        reachable = (
            Domain("email_normalized", "!=", False)
            & Domain("company_id", "in", [False, self.company_id.id])
            & Domain("type", "!=", "private")
        )
        if self.for_all:
            return reachable & self._known_domain()
        if self.place_ids or self.category_ids:
            return reachable & self._place_domain()
        if self.service_ids:
            services = Domain("service_id", "child_of", self.service_ids.ids)
            return reachable & self._requesters_domain(services, USED_DAYS)
        return Domain.FALSE

    def _known_domain(self):
        of_company = Domain("active", "=", True) & Domain("company_ids", "in", self.company_id.ids)
        return Domain("user_ids", "any", of_company) | self._requesters_domain(
            Domain.TRUE, KNOWN_DAYS
        )

    def _place_domain(self):
        domain = Domain.FALSE
        if self.place_ids:
            domain |= Domain("id", "child_of", self.place_ids.ids)
        if self.category_ids:
            tagged = Domain("category_id", "child_of", self.category_ids.ids)
            domain |= tagged | Domain("parent_id", "any", tagged)
            domain |= Domain("commercial_partner_id", "any", tagged)
        return domain

    def _requesters_domain(self, tickets, days):
        """Return the requesters of these tickets in the last days."""
        query = (
            self.env["service_desk.ticket"]
            .sudo()
            ._search(
                tickets
                & Domain("company_id", "=", self.company_id.id)
                & Domain("partner_id", "!=", False)
                & Domain("create_date", ">=", self._since(days))
            )
        )
        return Domain("id", "in", query.subselect("partner_id"))
