"""Rules on a ticket that is there already: asked, or applied by a lead's decision."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from .service_desk_routing_values import Choices

LEAD = "service_desk.service_desk_group_lead"
#: Tickets of one call: more is a matter of the rules, not of the tickets.
MAX_TICKETS = 200


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def action_open_routing_test(self):
        """Show which rule would decide on this ticket, and why the others would not."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which Rule?"),
            "res_model": "service_desk.routing.test",
            "view_mode": "form",
            "context": {"default_source": "ticket", "default_ticket_id": self.id},
        }

    def action_route_again(self):
        """Apply the rules to open tickets as if they came now; a lead's decision, so nothing is kept by hand.

        :raises AccessError: for who is no lead, or may not change the tickets
        """
        if not self.env.user.has_group(LEAD):
            raise AccessError(self.env._("Team leads and managers let tickets be routed again."))
        if len(self) > MAX_TICKETS:
            raise UserError(
                self.env._("Choose at most %(count)s tickets at a time.", count=MAX_TICKETS)
            )
        self.check_access("write")
        tickets = self.filtered("is_open")
        findings = self.env["service_desk.routing"]._decide(tickets._routing_requests())
        fitting = [finding and finding.rule for finding in findings]
        payloads = {
            place: ticket._apply_rule(finding)
            for place, (ticket, finding) in enumerate(zip(tickets, findings, strict=True))
            if finding and finding.rule
        }
        tickets._on_routed(payloads)
        return self._notify_routed(sum(map(bool, fitting)), len(self))

    def _apply_rule(self, finding):
        """Write what the rule of ``finding`` sets, with the user's own rights, and return the explanation."""
        self.ensure_one()
        known = {
            "team_id": self.team_id.id,
            "is_confidential": self.is_confidential,
            "offering_id": self.offering_id.id,
            "partner_id": self.partner_id.id,
            "site_id": self.site_id.id,
        }
        choices = Choices(self, known, self.env.user, by_hand=False)
        choices.apply(finding.rule)
        vals = {name: value for name, value in choices.vals.items() if name not in known}
        if choices.vals["offering_id"] != self.offering_id.id:
            vals["offering_id"] = choices.vals["offering_id"]
        team = self._team_of(choices.vals)
        if team != self.team_id:
            vals["team_id"] = team.id
            user_sudo = self.user_id.sudo()  # sudo: teams of others are not readable
            if user_sudo and "user_id" not in vals and not user_sudo._sees_service_desk_team(team):
                vals["user_id"] = False
        self.write({name: value for name, value in vals.items() if self._differs(name, value)})
        return self.env["service_desk.routing"]._payload(finding, choices)

    def _differs(self, name, value):
        current = self[name]
        if isinstance(value, list):
            return not {id_ for _code, id_ in value} <= set(current.ids)
        return (current.id if isinstance(current, models.BaseModel) else current) != value

    def _notify_routed(self, count, total):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if count else "warning",
                "title": self.env._("Route Again"),
                "message": self.env._(
                    "A rule fits %(count)s of %(total)s tickets. The page “Why” of each tells more.",
                    count=count,
                    total=total,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # ----------------------------------------------------------------- requests
    def _routing_requests(self):
        """Return the request of each ticket, as it came and with what is known of it by now."""
        first_mail = self._first_mail()
        return [ticket._routing_request(first_mail.get(ticket.id)) for ticket in self]

    def _first_mail(self):
        """Return ``{ticket id: the row of the ledger that made it}``."""
        # sudo: whoever reads the ticket may know what its own mail says
        rows_sudo = self.env["service_desk.mail.intake"].sudo()
        rows_sudo = rows_sudo.search([("ticket_id", "in", self.ids), ("result", "=", "ticket")])
        return {row.ticket_id.id: row for row in rows_sudo.sorted("id", reverse=True)}

    def _routing_request(self, row):
        """Return the request of a ticket.

        :param row: its mail in the ledger; it tells the addresses and headers, and the team that it came to
        """
        self.ensure_one()
        request = self._request_of(self._routing_vals())
        request.channel = self.channel
        request.at = self.create_date
        request.files = request.files or tuple(self._file_names())
        if row and (raw := row._raw_bytes()):
            _job, arrived = row._routing_request(raw)
            if arrived.company_id == request.company_id:
                request.team_id = arrived.team_id
            request.senders, request.recipients = arrived.senders, arrived.recipients
            request.files, request.headers = arrived.files, arrived.headers
            request.text = arrived.text
        return request

    def _routing_vals(self):
        return {
            "name": self.name,
            "description": self.description,
            "team_id": self.team_id.id,
            "type_id": self.type_id.id,
            "service_id": self.service_id.id,
            "partner_id": self.partner_id.id,
            "site_id": self.site_id.id,
            "email_from": self.email_from,
        }

    def _file_names(self):
        """Return the names of the files that hang on the ticket."""
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return self.env["ir.attachment"].search(domain, limit=MAX_TICKETS).mapped("name")
