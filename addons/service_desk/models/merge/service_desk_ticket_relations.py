"""Everything a ticket is tied to, in one answer for its page; and the two calls that change it."""

from odoo import api, models
from odoo.exceptions import UserError

#: Children, merged tickets and links that a page shows; the rest is a list of its own.
SHOWN = 80


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.readonly
    def get_relations(self):
        """Return what the ticket is tied to, as the user may see it.

        :return: ``{"survivor", "parent"}`` (a row or False), ``{"children", "merged", "links"}`` (rows),
            ``"progress"`` (``{"done", "total"}`` or False), ``"kinds"`` (``[value, words]`` for a new tie) and
            ``"can_change"``; a row is ``{id, number, name, state, state_label, is_open, user}``, of a link
            with ``link_id`` and ``words``
        :raises AccessError: when the user may not read the ticket
        """
        self.ensure_one()
        self.check_access("read")
        children = self._visible(self.child_ids[:SHOWN])
        return {
            "survivor": self._relation_row(self.merged_into_id),
            "parent": self._relation_row(self.parent_id),
            "children": [ticket._relation_row(ticket) for ticket in children],
            "progress": self._relation_progress(),
            "merged": [t._relation_row(t) for t in self._visible(self.merged_ids[:SHOWN])],
            "links": self._relation_links(),
            "kinds": self._relation_kinds(),
            "can_change": self.has_access("write") and not self.merged_into_id,
        }

    def _visible(self, tickets):
        return tickets._filtered_access("read")

    def _relation_row(self, ticket):
        """Return what is shown of a tied ticket, False when there is none or it is hidden."""
        ticket = self._visible(ticket)
        if not ticket:
            return False
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": ticket.id,
            "number": ticket.number,
            "name": ticket.name,
            "state": ticket.state,
            "state_label": states.get(ticket.state, ""),
            "is_open": ticket.is_open,
            "user": ticket.user_id.name or "",
        }

    def _relation_progress(self):
        progress = self._child_progress().get(self.id)
        return {"done": progress[0], "total": progress[1]} if progress else False

    def _relation_links(self):
        """Return the links of both directions in the words that are right from here."""
        rows = []
        for links, other, is_reverse in (
            (self.link_ids, "other_id", False),
            (self.backlink_ids, "ticket_id", True),
        ):
            for link in links[:SHOWN]:
                if row := self._relation_row(link[other]):
                    words = link._words(link.kind, is_reverse)
                    rows.append({**row, "link_id": link.id, "kind": link.kind, "words": words})
        return rows

    @api.model
    def _relation_kinds(self):
        """Return ``[value, words]`` of the ties that a person can make."""
        links = self.env["service_desk.ticket.link"]
        return [
            *([kind, links._words(kind)] for kind in ("relates", "duplicates", "caused_by")),
            ["causes", links._words("caused_by", True)],
            ["blocked_by", links._words("blocked_by")],
            ["blocks", links._words("blocked_by", True)],
            ["parent", self.env._("is a child of")],
            ["child", self.env._("is the parent of")],
        ]

    # ------------------------------------------------------------------ change
    def add_relation(self, kind, number):
        """Tie the ticket to the one with this number.

        :param str kind: a kind of ``get_relations()["kinds"]``
        :param str number: ``INC-000123``, in any case of letters
        :raises UserError: for an unknown kind, or a number that is none the user can see
        """
        self.ensure_one()
        self.check_access("write")
        other = self._find_related(number)
        if kind == "parent":
            self.parent_id = other
        elif kind == "child":
            other.parent_id = self
        else:
            self._add_link(kind, other)
        return True

    def _find_related(self, number):
        """Return the ticket with this number; one that is hidden is not there."""
        text = number.strip().upper()[:64] if isinstance(number, str) else ""
        tickets = self.with_context(active_test=False)
        other = tickets.search([("number", "=", text)], limit=1) if text else tickets.browse()
        if not other:
            raise UserError(
                self.env._("There is no ticket %(number)s that you can see.", number=text or "?")
            )
        if other == self:
            raise UserError(self.env._("A ticket cannot be linked to itself."))
        return other.with_env(self.env)

    def _add_link(self, kind, other):
        """Make a link of ``kind``; words read from the other side are a link of the other ticket."""
        reverse = {"blocks": "blocked_by", "causes": "caused_by"}
        ticket, target = (other, self) if kind in reverse else (self, other)
        kind = reverse.get(kind, kind)
        links = self.env["service_desk.ticket.link"]
        if kind not in dict(links._fields["kind"]._description_selection(self.env)):
            raise UserError(self.env._("Tickets cannot be tied in this way."))
        values = {"ticket_id": ticket.id, "kind": kind, "other_id": target.id}
        domain = [(name, "=", value) for name, value in values.items()]
        if not links.search_count(domain, limit=1):
            links.create([values])

    def remove_relation(self, kind, record_id):
        """Untie the ticket.

        :param str kind: ``parent``, ``child`` or ``link``
        :param int record_id: the child, or the ``service_desk.ticket.link``; of no meaning for ``parent``
        :raises UserError: when that is no tie of this ticket
        """
        self.ensure_one()
        self.check_access("write")
        record_id = self._id_argument(record_id)
        if kind == "parent":
            self.parent_id = False
            return True
        if kind == "child":
            child = self.search([("id", "=", record_id), ("parent_id", "=", self.id)])
            if child:
                child.parent_id = False
                return True
        links = self.env["service_desk.ticket.link"].search([("id", "=", record_id)])
        if kind == "link" and links and self in links.ticket_id | links.other_id:
            links.unlink()
            return True
        raise UserError(self.env._("The ticket is not tied to that one."))
