"""Who may know of a ticket, and for whom it is asked: what must be equal before tickets are put together.

Everything that ties tickets (merge, parent) holds only between tickets of one audience. So the subject of
the other one can be shown beside each without asking who looks.
"""

from odoo import models
from odoo.tools import email_normalize

AUDIENCE_FIELDS = frozenset({"team_id", "is_confidential"})
#: The party of a ticket without requester and address.
NOBODY = ("address", "")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _audience(self, with_user=True):
        """Return a value that is equal for tickets which the same people of the desk see.

        :param bool with_user: a confidential ticket is seen by its assignee, too; without it only the
            team and its leads count
        """
        self.ensure_one()
        ticket_sudo = self.sudo()  # sudo: the team of a ticket may be hidden from who asks
        if ticket_sudo.is_confidential:
            user_id = ticket_sudo.user_id.id if with_user else None
            return ("confidential", ticket_sudo.team_id.id, user_id)
        if ticket_sudo.team_id.is_private:
            return ("team", ticket_sudo.team_id.id)
        return ("company", ticket_sudo.company_id.id)

    def _party(self):
        """Return whom the ticket is asked for: a customer, our own people, an address, or nobody."""
        self.ensure_one()
        ticket_sudo = self.sudo()
        if partner := ticket_sudo.partner_id:
            return self._party_of(partner)
        return ("address", email_normalize(ticket_sudo.email_from) or "")

    def _party_of(self, partner):
        """Return the party of a contact: colleagues are one party, however their contacts are filed."""
        partner_sudo = partner.sudo()
        if not partner_sudo.partner_share and partner_sudo.active:
            return ("own", self.company_id.id)
        return ("customer", partner_sudo.commercial_partner_id.id)

    def _is_same_party(self, survivor):
        """Tell whether ``self`` is asked by the firm or the person of ``survivor``, or by nobody in particular."""
        mine, theirs = self._party(), survivor._party()
        if mine in (theirs, NOBODY):
            return True
        # an unknown sender is the known one only by the same address
        addresses = {email_normalize(t.sudo().email_from or "") for t in (self, survivor)}
        return "address" in (mine[0], theirs[0]) and len(addresses) == 1

    def write(self, vals):
        result = super().write(vals)
        confidential = "user_id" in vals and any(ticket.is_confidential for ticket in self)
        if AUDIENCE_FIELDS & vals.keys() or confidential:
            self._keep_family_together()
        return result

    def _keep_family_together(self):
        """Let merged tickets follow what happened to the audience of theirs, and cut ties to others.

        What becomes confidential leaves its parent and its children silently: a refusal, or a note that
        names them, would tell of it.
        """
        # sudo: the people who hide a ticket need not see all that hangs on it
        everything_sudo = self.sudo().with_context(active_test=False)
        merged_sudo = everything_sudo.search([("merged_into_id", "in", self.ids)])
        for ticket, followers_sudo in merged_sudo.grouped("merged_into_id").items():
            followers_sudo._follow_audience(ticket)
        family_sudo = everything_sudo.search([("parent_id", "in", self.ids)]) | everything_sudo
        strangers_sudo = family_sudo.filtered(
            lambda t: t.parent_id and t._audience() != t.parent_id._audience()
        )
        if strangers_sudo:
            strangers_sudo.write({"parent_id": False})

    def _follow_audience(self, ticket):
        vals = {"team_id": ticket.team_id.id, "is_confidential": ticket.is_confidential}
        if ticket.is_confidential or ticket.team_id.is_private:
            vals["user_id"] = ticket.user_id.id  # who worked on it need not see it any more
        quiet = self.with_context(tracking_disable=True)
        changed = quiet.filtered(lambda t: any(t[name] != ticket[name] for name in vals))
        if changed:
            changed.write(vals)

    def _is_asked_by_several(self, other):
        """Tell whether the two tickets have different requesters."""
        if self.partner_id or other.partner_id:
            return self.partner_id != other.partner_id
        return email_normalize(self.email_from or "") != email_normalize(other.email_from or "")
