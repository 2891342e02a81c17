"""From line to line: a ticket is handed over with a reason, and whoever had it stays informed."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty
from odoo.tools.mail import plaintext2html

LONGEST_NOTE = 10_000


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    demands_hand_over = fields.Boolean(
        compute="_compute_demands_hand_over",
        help="The team is changed by a hand-over with a reason, not by hand.",
    )

    @api.depends("team_id.line")
    @api.depends_context("uid")
    def _compute_demands_hand_over(self):
        free_teams = self._teams_moved_freely()
        for ticket in self:
            team = ticket.team_id._origin
            ticket.demands_hand_over = bool(ticket._origin and team.line and team not in free_teams)

    def _teams_moved_freely(self):
        """Return the teams of ``self`` out of which the user may move tickets without a hand-over."""
        user = self.env.user
        teams = self.team_id._origin
        if self.env.su or user.has_group("service_desk.service_desk_group_manager"):
            return teams
        return teams & user.service_desk_led_team_ids

    def write(self, vals):
        if "team_id" in vals and not self.env.su:
            self._check_hand_over(vals["team_id"])
        return super().write(vals)

    def _check_hand_over(self, team_id):
        """Refuse to move tickets out of a line without a reason; leads and managers put things right.

        :raises UserError: names the team and what to do
        """
        # what is no id at all is refused by the field itself
        known = isinstance(team_id, int) and not isinstance(team_id, bool)
        target = self.env["service_desk.team"].browse(team_id if known and team_id else ())
        moved = self.filtered(lambda t: t.is_open and t.team_id != target)
        for team in moved.team_id - moved._teams_moved_freely():
            if team.line:
                raise UserError(
                    self.env._(
                        "Tickets leave “%(team)s” by a hand-over with a reason: use the button “Hand over”.",
                        team=team.name,
                    )
                )

    # ---------------------------------------------------------------- hand over
    def action_open_hand_over(self):
        """Ask for the team, the reason and what the next line must know."""
        return self._action_wizard("service_desk.ticket.hand.over", self.env._("Hand over"))

    def action_hand_over(self, reason_id=False, note="", team_id=False):
        """Hand the tickets over to their next line, or to another team.

        :param int reason_id: id of a ``service_desk.hand_over.reason``; always needed
        :param str note: what the next line must know (plain text)
        :param int team_id: id of the team; the next line of each ticket's team by default
        :raises UserError: without a reason, a note where the reason demands one, or a team to go to
        """
        reason = self.env["service_desk.hand_over.reason"].browse(
            self._id_argument(reason_id or 0) or ()
        )
        team = self.env["service_desk.team"].browse(self._id_argument(team_id or 0) or ())
        if not isinstance(note or "", str):
            raise UserError(self.env._("The explanation must be a text."))
        self._hand_over(team, reason.exists(), plaintext2html(note) if note else "")
        return True

    def _hand_over(self, team, reason, note=""):
        """Give the tickets to another team; see :meth:`action_hand_over`.

        Whoever had a ticket goes on following it, as far as he sees the new team.

        :param team: ``service_desk.team``; empty means each ticket's next line
        :param reason: ``service_desk.hand_over.reason``
        :param str note: HTML or text, shown as an internal note
        """
        self.check_access("write")
        self._check_hand_over_reason(reason, note)
        for source, tickets in self.grouped("team_id").items():
            target = team or source.next_team_id
            tickets._check_hand_over_target(source, target)
            tickets._hand_over_to(target, reason, note)

    def _check_hand_over_reason(self, reason, note):
        if len(reason) != 1 or not reason.active:
            raise UserError(self.env._("Choose a reason for the hand-over."))
        if len(note or "") > LONGEST_NOTE:
            raise UserError(
                self.env._(
                    "The explanation is too long: attach it to the ticket as a file instead."
                )
            )
        if reason.require_note and is_html_empty(note):
            raise UserError(
                self.env._(
                    "“%(reason)s” needs an explanation: what have you tried, what should the next line know?",
                    reason=reason.name,
                )
            )

    def _check_hand_over_target(self, source, target):
        if not target:
            raise UserError(
                self.env._("“%(team)s” has no next line. Choose a team.", team=source.name)
            )
        self._check_team_visible(target.id)
        if not target.active or target.company_id != source.company_id:
            raise UserError(
                self.env._("Tickets of “%(team)s” cannot go to that team.", team=source.name)
            )
        if target == source:
            raise UserError(self.env._("The ticket is with “%(team)s” already.", team=source.name))
        if not all(self.mapped("is_open")):
            raise UserError(self.env._("Only open tickets are handed over."))

    def _hand_over_to(self, target, reason, note, by=None):
        """Move the tickets of one team to ``target``; ``by`` names what decided it where no person did."""
        source = self.team_id
        had = {ticket.id: ticket.user_id or self.env.user for ticket in self}
        # sudo: the reason is checked, and so is the team; the next line's tickets need not be his
        tickets_sudo = self.sudo()
        tickets_sudo.write({"team_id": target.id, "user_id": False})
        tickets_sudo._keep_informed(had)
        tickets_sudo._explain("hand_over", self._hand_over_grounds(source, target, reason, by))
        tickets_sudo._message_log_batch(
            bodies=dict.fromkeys(self.ids, self._hand_over_body(source, target, reason, note))
        )
        self._on_handed_over(source)

    def _on_handed_over(self, source):
        """Hook: the tickets of ``self`` have just come from the team ``source``; nobody has them yet."""
        # sudo: who gets a ticket is decided by the method of its new team
        self.sudo()._assign_by_method()

    def _keep_informed(self, people):
        """Let those who had the tickets follow them on, but for whoever does not see the new team.

        :param dict people: ``{ticket id: user}``
        """
        comment_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        followers_sudo = self.env["mail.followers"].sudo()
        existing = followers_sudo.search_fetch(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["partner_id", "res_id"]
        )
        known = {(follower.res_id, follower.partner_id.id): follower for follower in existing}
        vals_list, dropped = [], followers_sudo
        for user, tickets in self.grouped(lambda t: people[t.id]).items():
            partner = user.sudo().partner_id
            seen = tickets.with_user(user)._filtered_access("read")
            for ticket in tickets:
                follower = known.get((ticket.id, partner.id), followers_sudo)
                if ticket.id not in seen._ids:
                    dropped |= follower
                elif not follower:
                    vals_list.append(ticket._prepare_follower_vals(partner, comment_id))
        dropped.unlink()
        followers_sudo.create(vals_list)

    def _prepare_follower_vals(self, partner, subtype_id):
        return {
            "res_model": self._name,
            "res_id": self.id,
            "partner_id": partner.id,
            "subtype_ids": [(6, 0, [subtype_id])],
        }

    def _hand_over_grounds(self, source, target, reason, by=None):
        """Return why and from where to where, with the names as they are now."""
        return {
            "from": {"name": self._label_told(source, target)},
            "to": {"id": target.id, "name": target._line_label()},
            "reason": {"id": reason.id, "name": reason.name},
            "by": by or self.env.user.name,
        }

    def _label_told(self, source, target):
        """Return the name of the former team for those who read the ticket now: a private one stays unnamed."""
        if source.is_private and not target.is_private:
            return self.env._("a private team")
        return source._line_label()

    def _hand_over_body(self, source, target, reason, note):
        body = Markup("<p><b>%s</b></p><p>%s</p>") % (
            self.env._(
                "Handed over: %(from_team)s → %(to_team)s",
                from_team=self._label_told(source, target),
                to_team=target._line_label(),
            ),
            reason.name,
        )
        return body + Markup("<div>%s</div>") % note if note else body
