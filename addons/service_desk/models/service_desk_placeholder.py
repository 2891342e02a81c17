"""Texts with places to fill: a fixed list of names, plain substitution, no code of any kind."""

import re
from functools import partial

from markupsafe import Markup, escape

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime, is_html_empty
from odoo.tools.mail import html2plaintext

#: ``{{ticket.number}}``; an editor may put a space or a no-break space inside.
PLACEHOLDER = re.compile(r"\{\{(?:\s|&nbsp;)*([A-Za-z_][\w.]*)(?:\s|&nbsp;)*\}\}")
#: Whatever else stands between double braces, or looks like another template language.
FOREIGN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{.*?\}", re.DOTALL)


class ServiceDeskPlaceholder(models.AbstractModel):
    """Fills ``{{ticket.number}}`` and the like in texts that managers and agents write.

    A template is data: only the names of :meth:`_placeholders` mean something, each value is escaped,
    and what comes out is never read for placeholders again. QWeb, Jinja or Python in a text stay text.
    """

    _name = "service_desk.placeholder"
    _description = "Placeholders of Texts"

    @api.model
    def _placeholders(self):
        """Return ``{name: (label, getter)}``; ``getter(ticket, reader)`` gives text, or Markup that is safe.

        Add-ons extend the dictionary. ``ticket`` comes as superuser, in the language and time zone of
        the reader; what is listed here may be read by requesters.
        """
        return {
            "ticket.number": (self.env._("Number of the ticket"), lambda t, p: t.number),
            "ticket.subject": (self.env._("Subject"), lambda t, p: t.name),
            "ticket.team": (self.env._("Team"), lambda t, p: t.team_id.name),
            "ticket.type": (self.env._("Ticket type"), lambda t, p: t.type_id.name),
            "ticket.state": (self.env._("State"), partial(self._selection_label, "state")),
            "ticket.stage": (self.env._("Stage"), lambda t, p: t.stage_id.name),
            "ticket.priority": (self.env._("Priority"), partial(self._selection_label, "priority")),
            "ticket.assignee": (self.env._("Person who works on it"), lambda t, p: t.user_id.name),
            "ticket.next_step": (self.env._("Next step"), lambda t, p: t.next_step),
            "ticket.next_update": (
                self.env._("Next update"),
                partial(self._moment, "next_update_at"),
            ),
            "ticket.waiting_for": (
                self.env._("What it waits for"),
                lambda t, p: t.waiting_reason_id.name,
            ),
            "ticket.waiting_until": (
                self.env._("Until when it waits"),
                partial(self._moment, "waiting_until"),
            ),
            "ticket.promise": (
                self.env._("What is promised: by when it is answered and solved"),
                lambda t, p: t._promise_text(),
            ),
            "ticket.resolution": (
                self.env._("How it was solved"),
                lambda t, p: self._html(t.resolution),
            ),
            "ticket.close_reason": (
                self.env._("Close reason"),
                lambda t, p: t.close_reason_id.name,
            ),
            "ticket.opened_at": (
                self.env._("When it was opened"),
                partial(self._moment, "create_date"),
            ),
            "requester.name": (
                self.env._("Name of the requester"),
                lambda t, p: t.partner_id.name or t.partner_name,
            ),
            "requester.company": (
                self.env._("Company of the requester"),
                lambda t, p: t.commercial_partner_id.name,
            ),
            "reader.name": (
                self.env._("Name of who reads it"),
                lambda t, p: p.name or t.partner_name,
            ),
            "agent.name": (self.env._("Name of who writes it"), lambda t, p: self.env.user.name),
            "team.email": (self.env._("Address of the team"), lambda t, p: t._desk_address() or ""),
            "company.name": (self.env._("Our company"), lambda t, p: t.company_id.name),
            "company.phone": (self.env._("Our phone"), lambda t, p: t.company_id.phone),
        }

    def _selection_label(self, name, ticket, partner):
        return dict(ticket._fields[name]._description_selection(ticket.env)).get(ticket[name], "")

    def _moment(self, name, ticket, partner):
        value = ticket[name]
        if not value:
            return ""
        return format_datetime(ticket.env, value, tz=str(ticket.env.tz), dt_format="short")

    def _html(self, value):
        """Return a sanitised Html field as it may stand in a mail."""
        return "" if is_html_empty(value) else value

    @api.model
    def _render(self, text, ticket, partner, html=True):
        """Return ``text`` with its placeholders filled for ``partner`` (who reads it; may be empty).

        :param bool html: the result is Markup, in which ``text`` is HTML as far as it is Markup (as Html
            fields are) and values are escaped; else it is one line of plain text (a subject): line
            breaks in values become spaces, so no header is injected
        """
        reader = (partner or self.env["res.partner"]).sudo()
        # sudo: what may be told is decided by the list of placeholders, not by who triggers the mail
        ticket_sudo = ticket.sudo().with_context(**self._reader_context(reader))
        known = self.with_context(**ticket_sudo.env.context)._placeholders()

        def fill(match):
            if match[1] not in known:
                return match[0]
            value = known[match[1]][1](ticket_sudo, reader)
            return self._html_value(value) if html else self._line_value(value)

        pieces = self._fill(text or "", fill)
        return Markup("").join(pieces) if html else " ".join("".join(pieces).split())

    @api.model
    def _fill(self, text, fill):
        """Yield the pieces of ``text`` as they are, Markup or not, with ``fill(match)`` between them."""
        end = 0
        for match in PLACEHOLDER.finditer(text):
            yield text[end : match.start()]
            yield fill(match)
            end = match.end()
        yield text[end:]

    def _reader_context(self, reader):
        """Return language and time zone of ``reader`` where he has any."""
        context = {}
        if reader.lang and self.env["res.lang"]._get_data(code=reader.lang):
            context["lang"] = reader.lang
        if reader.tz:
            context["tz"] = reader.tz
        return context

    @api.model
    def _html_value(self, value):
        if isinstance(value, Markup):
            return value
        return escape(value or "").replace("\n", Markup("<br/>"))

    @api.model
    def _line_value(self, value):
        text = html2plaintext(value) if isinstance(value, Markup) else str(value or "")
        return " ".join("".join(char if char.isprintable() else " " for char in text).split())

    @api.model
    def _check_text(self, text):
        """Refuse a text with unknown placeholders or with marks of a template language.

        :raises ValidationError: naming what is not understood and all that is
        """
        known = self._placeholders()
        for found in FOREIGN.finditer(str(text or "")):
            name = PLACEHOLDER.fullmatch(found[0])
            if name and name[1] in known:
                continue
            raise ValidationError(
                self.env._(
                    "“%(text)s” is not a placeholder. You can use: %(allowed)s.",
                    text=found[0],
                    allowed=", ".join("{{" + allowed + "}}" for allowed in sorted(known)),
                )
            )
