"""Who follows a ticket is told only to those who may see the ticket.

In plain Odoo every employee can list the followers of every record by its id: of a private ticket that
would tell its existence, its requester and who works on it.
"""

from functools import partial

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, MissingError
from odoo.fields import Domain
from odoo.tools import SQL

TICKET = "service_desk.ticket"


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    @api.model_create_multi
    def create(self, vals_list):
        """Create; when somebody let the same person follow a ticket at this very moment, Odoo tries again.

        Whoever answers, assigns or merges would be told that "a partner cannot follow twice" otherwise, and
        his words would be gone. With fresh eyes the follower is seen, and left out.
        """
        try:
            return super().create(vals_list)
        except UniqueViolation as error:
            # as superuser those are added who did not follow; what a person enters twice is his mistake
            if self.env.su and any(vals.get("res_model") == TICKET for vals in vals_list):
                raise ConcurrencyError("Followed at the same moment") from error
            raise

    @api.model
    def _search(
        self, domain, offset=0, limit=None, order=None, *, active_test=True, bypass_access=False
    ):
        if not self.env.su and not bypass_access:
            domain = Domain(domain)
            place = self._place_of(domain)
            if not place or not self._is_visible_place(*place):
                domain &= self._visible_tickets_domain()
        return super()._search(
            domain, offset, limit, order, active_test=active_test, bypass_access=bypass_access
        )

    @api.model
    def _place_of(self, domain):
        """Return ``(model, id)`` of the one record whose followers ``domain`` asks for; None for others."""
        named = {}
        parts = domain.children if getattr(domain, "OPERATOR", "") == "&" else ()
        for part in parts:
            if getattr(part, "operator", "") == "=":
                named[part.field_expr] = part.value
        place = named.get("res_model"), named.get("res_id")
        return place if isinstance(place[0], str) and isinstance(place[1], int) else None

    @api.model
    def _is_visible_place(self, model, res_id):
        """Tell whether the rules of tickets let the user see the record: mostly he has it open."""
        if model != TICKET:
            return True
        try:
            return bool(res_id) and self.env[TICKET].browse(res_id).has_access("read")
        except MissingError:
            return False

    @api.model
    def _visible_tickets_domain(self):
        """Followers of other records, and of the tickets that the user may see."""
        others = Domain("res_model", "!=", TICKET)
        tickets = self.env[TICKET].with_context(active_test=False)
        if not tickets.has_access("read"):
            return others
        return others | Domain.custom(to_sql=partial(self._visible_ticket_sql, tickets))

    @api.model
    def _visible_ticket_sql(self, tickets, model, alias, query):
        """Look up the one ticket of each line; ``res_id IN (…)`` would read all tickets for every line shown."""
        visible = tickets._search([])
        visible.add_where(
            SQL(
                "%s = %s AND %s = %s",
                SQL.identifier(visible.table, "id"),
                model._field_to_sql(alias, "res_id", query),
                model._field_to_sql(alias, "res_model", query),
                TICKET,
            )
        )
        return SQL("EXISTS (%s)", visible.select(SQL("1")))

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        forbidden = self._of_hidden_tickets()
        if not forbidden:
            return result
        if result:
            return result[0] | forbidden, result[1]
        return forbidden, partial(self._hidden_ticket_error)

    def _of_hidden_tickets(self):
        """Return the followers of ``self`` whose ticket the user may not see."""
        # sudo: to look where they stand
        on_tickets_sudo = self.sudo().filtered(lambda follower: follower.res_model == TICKET)
        if not on_tickets_sudo:
            return self.browse()
        tickets = self.env[TICKET].browse(on_tickets_sudo.mapped("res_id"))
        seen = set(tickets.exists()._filtered_access("read").ids)
        return on_tickets_sudo.filtered(lambda follower: follower.res_id not in seen).with_env(
            self.env
        )

    def _hidden_ticket_error(self):
        return AccessError(self.env._("You may not see who follows this ticket."))
