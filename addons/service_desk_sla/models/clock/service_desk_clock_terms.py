"""What clocks go by: kept versions of agreements, metrics, calendars. All of it is asked from memory."""

from odoo import api, models, tools


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    @api.model
    @tools.ormcache("version_id")
    def _kept_version(self, version_id):
        """Return ``(agreement id, definition)`` of a version; it never changes, and is not to be changed.

        sudo: clocks go by agreements that whoever changes a ticket may not read.
        """
        version_sudo = self.env["service_desk.agreement.version"].sudo().browse(version_id)
        return version_sudo.agreement_id.id, version_sudo.definition

    @api.model
    @tools.ormcache()
    def _metric_ids(self):
        """Return ``{code: id}`` of all metrics; sudo: as above."""
        metrics_sudo = self.env["service_desk.metric"].sudo().with_context(active_test=False)
        return {metric.code: metric.id for metric in metrics_sudo.search_fetch([], ["code"])}

    @api.model
    def _line_of(self, version_id, line_id):
        """Return a row of a version as plain data; empty when it has none of this id."""
        _agreement_id, definition = self._kept_version(version_id)
        return next((line for line in definition["lines"] if line["id"] == line_id), {})

    @api.model
    def _calendar_ids_of(self, pairs):
        """Return the id of the calendar (or None: day and night) for each ``(request, version id)`` of ``pairs``.

        Where the site, the customer or the team has none, it is the agreement's own.
        """
        # sudo: whose calendar counts is no question of whoever changes the ticket
        partners_sudo = self.env["res.partner"].sudo()
        teams_sudo = self.env["service_desk.team"].sudo()
        requests = [request for request, _version_id in pairs]
        people = partners_sudo.browse({request["partner_id"] for request in requests} - {None})
        sites = partners_sudo.browse({request["site_id"] for request in requests} - {None})
        found = []
        for request, version_id in pairs:
            terms = self._kept_version(version_id)[1]["calendar"]
            site = sites.browse(request["site_id"] or ())
            person = people.browse(request["partner_id"] or ())
            customer = person.commercial_partner_id or site.commercial_partner_id
            holders = {
                "site": (site, customer),
                "customer": (customer,),
                "team": (teams_sudo.browse(request["team_id"] or ()),),
            }
            calendars = [
                self._calendar_id_of(holder) for holder in holders.get(terms["source"], ())
            ]
            found.append(next(filter(None, calendars), None) or terms["calendar_id"] or None)
        return found

    @api.model
    def _calendar_id_of(self, holder):
        """Return the id of the calendar by which a team or a partner works; None when nothing is said."""
        name = "calendar_id" if holder._name == "service_desk.team" else "service_desk_calendar_id"
        return holder[name].id or None


class ServiceDeskMetric(models.Model):
    _inherit = "service_desk.metric"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
