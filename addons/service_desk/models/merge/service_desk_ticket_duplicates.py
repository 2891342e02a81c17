"""Likely duplicates: what the same person, or others in the same words, asked in the last days."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize

from .words import Likeness

#: How far back, in days; a question of last month is another question.
WINDOW_DAYS = 14
#: So many of the newest tickets are compared, whatever the number of days they cover.
COMPARED = 2000
#: Ids that are looked through for them: tickets of other teams and companies lie between.
LOOKED_THROUGH = 20_000
#: From this likeness on (1.0: the same words) a subject counts as the same matter.
LIKELY = 0.4
SHOWN = 5


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    not_same_ids = fields.Many2many(
        "service_desk.ticket",
        "service_desk_ticket_not_same_rel",
        "ticket_id",
        "other_id",
        string="Not the Same As",
        readonly=True,
        copy=False,
        help="Tickets that somebody said are another matter: they are not proposed again.",
    )

    # --------------------------------------------------------------- for pages
    @api.model
    @api.readonly
    def get_likely_duplicates(self, vals):
        """Return tickets that may be the same matter as one that is being written.

        :param dict vals: what is known of it: ``name``, ``description`` (plain text), ``partner_id``,
            ``email_from``, ``team_id``; anything else is passed over
        :return: rows ``{id, number, name, state, state_label, is_open, user, requester, create_date, reasons,
            has_same_words}``, the likeliest first; only tickets that the user may see
        :raises AccessError: when the user may not read tickets
        """
        self.check_access("read")
        vals = vals if isinstance(vals, dict) else {}
        texts = {
            name: str(vals.get(name) or "")[:255] for name in ("name", "description", "email_from")
        }
        partner, team = (
            self.env[model].browse(self._id_argument(vals.get(name) or 0) or []).exists()
            for model, name in (("res.partner", "partner_id"), ("service_desk.team", "team_id"))
        )
        team = team._filtered_access("read")
        found = self.browse()._likely_duplicates(
            subject=texts["name"] or texts["description"],
            partner=partner,
            email=texts["email_from"],
            company=team.company_id,
        )
        return [self._duplicate_row(match) for match in found]

    @api.readonly
    def get_my_duplicates(self):
        """Return the likely duplicates of this ticket, in the form of :meth:`get_likely_duplicates`."""
        self.ensure_one()
        self.check_access("read")
        if not self.is_open or self.merged_into_id:
            return []
        return [self._duplicate_row(match) for match in self._likely_duplicates()]

    def action_not_same(self, other_id):
        """Remember that the ticket is another matter than ``other_id``.

        :raises AccessError: when the user may not write the ticket
        :raises UserError: when there is no such other ticket that he can see
        """
        self.ensure_one()
        self.check_access("write")
        other = self.search([("id", "=", self._id_argument(other_id))])
        if not other:
            raise UserError(self.env._("There is no such ticket that you can see."))
        self._keep_apart(other)
        return True

    def _keep_apart(self, other):
        """Mark two tickets as different matters; sudo: the other one need not be the user's to write."""
        self.sudo().not_same_ids |= other
        other.sudo().not_same_ids |= self

    def _duplicate_row(self, match):
        ticket = match["ticket"]
        words = {
            "requester": self.env._("same requester"),
            "words": self.env._("same words"),
        }
        return {
            **ticket._relation_row(ticket),
            "requester": ticket.partner_name or ticket.email_from or "",
            "create_date": ticket.create_date,
            "reasons": [words[reason] for reason in match["reasons"]],
            "has_same_words": "words" in match["reasons"],
        }

    # ------------------------------------------------------------------ search
    def _likely_duplicates(self, subject=None, partner=None, email=None, company=None, limit=SHOWN):
        """Return ``{"ticket", "score", "reasons"}`` of tickets that may be the same matter, likeliest first.

        At most three queries and ``COMPARED`` subjects, whatever the number of tickets; the user's own
        rights decide what is found.

        :param self: the ticket in question, or empty for one that is not there yet
        :param str subject: its words; of ``self`` by default, like the requester, address and company
        """
        if self:
            self.ensure_one()
            subject = self.name if subject is None else subject
            partner = self.partner_id if partner is None else partner
            email = self.email_from if email is None else email
            company = self.company_id if company is None else company
        rows = self._recent_subjects(company or self.env.company)
        excluded = self._not_duplicates()
        scored = self._scores(rows, subject, partner, email)
        best = sorted(
            (match for match in scored if match["id"] not in excluded),
            key=lambda match: (match["score"], match["id"]),
            reverse=True,
        )[:limit]
        tickets = self.browse([match["id"] for match in best]).with_prefetch()
        return [dict(match, ticket=ticket) for ticket, match in zip(tickets, best, strict=True)]

    @api.model
    def _recent_subjects(self, company):
        """Return ``(id, subject, partner id, address, is open)`` of the newest tickets of the last days."""
        since = fields.Datetime.now() - timedelta(days=WINDOW_DAYS)
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("merged_into_id", "=", False)
            & Domain("create_date", ">=", since)
        )
        query = self.env["service_desk.ticket"]._search(domain, order="id desc", limit=COMPARED)
        table = query.table
        # the newest by number of id: the days alone would be looked for in the whole history
        query.add_where(
            SQL(
                "%s > (SELECT max(id) FROM service_desk_ticket) - %s",
                SQL.identifier(table, "id"),
                LOOKED_THROUGH,
            )
        )
        names = ("id", "name", "partner_id", "email_from", "is_open")
        return self.env.execute_query(
            query.select(*(SQL.identifier(table, name) for name in names))
        )

    def _scores(self, rows, subject, partner, email):
        """Return ``{"id", "score", "reasons"}`` for the rows that are alike in words or requester."""
        matches = {}
        likeness = Likeness([row[1] for row in rows])
        for index, score in likeness.scores(subject):
            if score >= LIKELY:
                matches[rows[index][0]] = {"score": score, "reasons": ["words"]}
        email = email_normalize(email or "")
        for ticket_id, _name, partner_id, email_from, is_open in rows:
            same = partner and partner_id == partner.id
            if not (same or (email and email in (email_from or "").lower())):
                continue
            if ticket_id in matches or is_open:
                match = matches.setdefault(ticket_id, {"score": 0.0, "reasons": []})
                match["score"] += 0.5 if is_open else 0.25
                match["reasons"].insert(0, "requester")
        return [dict(match, id=ticket_id) for ticket_id, match in matches.items()]

    def _not_duplicates(self):
        """Return the ids that are not to be proposed: the ticket, what it is tied to, what is another matter."""
        if not self:
            return set()
        rows = self.env.execute_query(
            SQL(
                """SELECT other_id FROM service_desk_ticket_not_same_rel WHERE ticket_id = %(id)s
             UNION SELECT other_id FROM service_desk_ticket_link WHERE ticket_id = %(id)s
             UNION SELECT ticket_id FROM service_desk_ticket_link WHERE other_id = %(id)s""",
                id=self.id,
            )
        )
        return {self.id, self.parent_id.id, *(key for (key,) in rows)}
