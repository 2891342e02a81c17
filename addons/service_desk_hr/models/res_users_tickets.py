"""The tickets of a person who goes on leave or leaves for good: who is told of them, and in which words."""

from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models
from odoo.tools.misc import format_datetime, get_lang

#: Tickets named one by one in what people are told; the rest is a number.
MOST_NAMED = 20


class ResUsers(models.Model):
    _inherit = "res.users"

    def _service_desk_open_tickets(self):
        """Return the open tickets that the people of ``self`` have, of every company, as superuser.

        sudo: what the desk decides goes for every ticket, whoever caused it
        """
        tickets_sudo = self.env["service_desk.ticket"].sudo()
        return tickets_sudo.search([("user_id", "in", self.ids), ("is_open", "=", True)])

    def _service_desk_release_all(self, reason_code, payload=None):
        """Tell the leads of a person's teams that he has left, though he had no ticket.

        Of an employee who was archived before his user they have heard.
        """
        idle = self - self._service_desk_open_tickets().user_id
        idle -= idle.browse(idle._service_desk_left_ids())
        released = super()._service_desk_release_all(reason_code, payload)
        if reason_code == "left":
            idle._service_desk_tell_left()
        return released

    def _service_desk_tell_left(self):
        """Tell the leads of those who have left and had no ticket."""
        for user in self.with_user(SUPERUSER_ID):
            user._service_desk_tell_leads(self.env["service_desk.ticket"].sudo())

    def _service_desk_tell_of_release(self, tickets, reason_code):
        """Tell the leads of each team which tickets are back in its queue, as of a leave."""
        if reason_code != "left":
            return super()._service_desk_tell_of_release(tickets, reason_code)
        return self.with_user(SUPERUSER_ID)._service_desk_tell_leads(tickets)

    def _service_desk_back_at(self, moment):
        """Return when the person is back from an absence that holds at ``moment``; ``None`` when nobody knows."""
        self.ensure_one()
        absence = self._service_desk_absences(moment).get(self.id)
        return absence.until if absence else None

    # ----------------------------------------------------------------- telling
    def _service_desk_tell_leads(self, moved, kept=None, since=None, until=None):
        """Tell the leads which tickets of the person need somebody else: one message to each, of his teams only.

        :param moved: tickets that he has no longer
        :param kept: tickets that he still has, and of which the leads decide
        :param since: when he goes on leave, naive UTC; ``None`` when he has left for good
        :param until: when he is back; ``None`` when nobody knows
        """
        self.ensure_one()
        kept = kept or moved.browse()
        shifts = self._service_desk_shifts(since, until).grouped("team_id")
        teams = (moved | kept).team_id.browse({team.id for team in shifts}) | (moved | kept).team_id
        if not since:
            teams |= teams.search([("member_ids", "in", self.ids)])
        parts = {}
        for team in teams:
            own = (moved | kept).filtered(lambda t, team=team: t.team_id == team)
            leads = own[:1]._orphan_keepers() if own else team.lead_ids.filtered("active")
            for lead in leads - self:
                user = self._in_words_of(lead)
                parts.setdefault(lead, [(user._absence_sentence(since, until), None)]).extend(
                    [
                        (user.env._("Back in the queue of %(team)s:", team=team.name), moved & own),
                        (user.env._("Left to you, until you give them to somebody:"), kept & own),
                        *user._flags(team, shifts.get(team), has_left=not since),
                    ]
                )
        for lead, of_lead in parts.items():
            self._in_words_of(lead)._service_desk_tell(lead, *of_lead)

    def _service_desk_shifts(self, since, until):
        """Return the on-call shifts of the person in the time of his absence, by their start."""
        domain = [("user_id", "=", self.id), ("end_at", ">", since or fields.Datetime.now())]
        if until:
            domain.append(("start_at", "<", until))
        # sudo: what the desk tells the leads of a rota goes for every shift of it
        return self.env["service_desk.oncall.shift"].sudo().search(domain, order="start_at")

    def _flags(self, team, shifts, has_left):
        """Return the parts that tell what else of ``team`` still counts on the person."""
        parts = []
        if shifts:
            parts.append(
                self.env._(
                    "On-call shifts that somebody else must take: %(count)s, the first on %(moment)s.",
                    count=len(shifts),
                    moment=self._moment(shifts[0].start_at),
                )
            )
        everybody = team.with_context(active_test=False)
        if has_left and self in everybody.member_ids | everybody.lead_ids:
            parts.append(
                self.env._("%(name)s is still named in %(team)s.", name=self.name, team=team.name)
            )
        return [(part, None) for part in parts]

    def _service_desk_tell_himself(self, moving, staying, since, until):
        """Tell the person what becomes of his tickets while he is away."""
        self.ensure_one()
        if moving or staying:
            user = self._in_words_of(self)
            user._service_desk_tell(
                self,
                (user._absence_sentence(since, until), None),
                (user.env._("These tickets of yours go to others:"), moving),
                (user.env._("These stay with you:"), staying),
            )

    def _service_desk_tell(self, reader, *parts):
        """Send ``reader`` the ``(sentence, tickets)`` parts; a part with an empty list of tickets is left out."""
        body = Markup("").join(
            Markup("<p>%s</p>%s") % (sentence, self._list_of(tickets))
            for sentence, tickets in parts
            if tickets is None or tickets
        )
        self.env["mail.thread"].message_notify(
            partner_ids=reader.partner_id.ids,
            subject=self.env._("Tickets of %(name)s", name=self.name),
            body=body,
        )

    def _in_words_of(self, reader):
        """Return the person in the language and the time zone of whoever reads of him."""
        return self.with_context(lang=get_lang(self.env, reader.lang).code, tz=reader.tz)

    def _absence_sentence(self, since, until):
        if not since:
            return self.env._("%(name)s works here no longer.", name=self.name)
        if not until:
            return self.env._(
                "%(name)s is absent from %(since)s.", name=self.name, since=self._moment(since)
            )
        return self.env._(
            "%(name)s is absent from %(since)s and is back on %(until)s.",
            name=self.name,
            since=self._moment(since),
            until=self._moment(until),
        )

    def _moment(self, moment):
        return format_datetime(self.env, moment, dt_format="d MMMM, HH:mm")

    def _list_of(self, tickets):
        """Return the tickets as a list of links; what is too many is a number."""
        if not tickets:
            return ""
        lines = Markup("").join(
            Markup('<li><a href="/odoo/service-desk/%s">%s</a> %s</li>')
            % (ticket.id, ticket.number, ticket.name)
            for ticket in tickets[:MOST_NAMED]
        )
        if len(tickets) > MOST_NAMED:
            more = self.env._("and %(count)s more", count=len(tickets) - MOST_NAMED)
            lines += Markup("<li>%s</li>") % more
        return Markup("<ul>%s</ul>") % lines
