"""A new ticket meets the rules before it is made; a person's own choice stays, and why is written down."""

from odoo import api, models
from odoo.tools.mail import html2plaintext

from ...routing import Request
from .service_desk_routing_values import Choices

#: Where the context carries what the channel knows; an instance of Request, which no remote call can send.
CONTEXT_KEY = "service_desk_request"


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model
    def _with_request(self, vals, attachments=(), facts=None):
        """Return the model for creating the ticket of a channel's request.

        :param dict facts: what the channel knows: ``addresses`` written to, ``senders``, ``headers``
            (``{small name: [values]}``), ``files`` (names), ``text`` (the newest, plain), ``lang``; False for a
            ticket whose place is decided already
        """
        if facts is False:
            return self.with_context(**{CONTEXT_KEY: False})
        facts = facts or {}
        request = Request(
            channel=vals.get("channel") or "manual",
            text=facts.get("text") or "",
            language=facts.get("lang") or "",
            senders=tuple(facts.get("senders") or ()),
            recipients=tuple(facts.get("addresses") or ()),
            files=tuple(facts.get("files") or [name for name, _content in attachments]),
            headers=facts.get("headers") or {},
        )
        return self.with_context(**{CONTEXT_KEY: request})

    @api.model
    def _known_request(self):
        """Return what :meth:`_with_request` has put into the context; None for what a remote call sends there."""
        known = self.env.context.get(CONTEXT_KEY)
        return known if known is False and self.env.su or isinstance(known, Request) else None

    @api.model
    def _without_request(self):
        """Return the model without what the channel knows: tickets made on the way are other requests."""
        if CONTEXT_KEY not in self.env.context:
            return self
        context = {key: value for key, value in self.env.context.items() if key != CONTEXT_KEY}
        return self.with_env(self.env(context=context))

    @api.model
    def _route(self, vals_list):
        """Return ``vals_list`` with what rules set, and the explanations by position.

        Rules see what a channel brings (:meth:`_intake`) and what people open. What our own code makes as
        superuser without a channel has its place already, and so has a ticket that is not new.
        """
        known = self._known_request()
        if known is False or (self.env.su and not known):
            return vals_list, {}
        routing = self.env["service_desk.routing"]
        if not routing._companies_with_rules():
            return vals_list, {}
        places = [place for place, vals in enumerate(vals_list) if self._begins_open(vals)]
        requests = [self._request_of(vals_list[place], known) for place in places]
        vals_list, payloads = list(vals_list), {}
        for place, finding in zip(places, routing._decide(requests), strict=True):
            if finding is None:
                continue
            self.env["service_desk.routing.rule"]._mark_trouble(finding.passed_over)
            choices = Choices(self, vals_list[place], self._opener())
            if finding.rule:
                choices.apply(finding.rule)
                vals_list[place] = choices.vals
            if payload := routing._payload(finding, choices):
                payloads[place] = payload
        return vals_list, payloads

    @api.model
    def _opener(self):
        """Return the person who opens a ticket with his own rights; empty for a channel."""
        return self.env["res.users"] if self.env.su else self.env.user

    def _on_routed(self, payloads):
        """Write down why, and let those hear who shall; ``payloads`` by position in ``self``."""
        if not payloads:
            return
        tickets = {self[place].id: payload for place, payload in payloads.items()}
        self._explain("routing", tickets)
        for ticket in self.browse(tickets):
            ticket._follow_by_rule(tickets[ticket.id])

    def _follow_by_rule(self, payload):
        """Let the colleagues follow whom a rule names."""
        ids = [part["value"] for part in payload["set"] if part["field"] == "follower_ids"]
        if ids:
            # sudo: following is a consequence of the rule, not a right of who opened the ticket
            partners_sudo = self.env["res.users"].sudo().browse(ids).partner_id
            self.sudo().message_subscribe(partners_sudo.ids)

    # ----------------------------------------------------------------- requests
    @api.model
    def _begins_open(self, vals):
        """Tell whether a ticket of these values is work to come, not history brought in."""
        state = vals.get("state") or self.env["service_desk.stage"]._state_of(vals.get("stage_id"))
        return state in (None, False, "new", "open", "waiting")

    @api.model
    def _request_of(self, vals, known=None):
        """Return the :class:`Request` that these values of a ticket stand for."""
        team = self._team_of(vals)
        request = Request(
            company_id=team.company_id.id or self.env.company.id,
            team_id=team.id,
            type_id=vals.get("type_id") or team.default_type_id.id,
            service_id=vals.get("service_id") or 0,
            partner_id=vals.get("partner_id") or 0,
            site_id=vals.get("site_id") or 0,
            subject=self._clean_subject(vals.get("name")),
            senders=tuple(filter(None, [vals.get("email_from")])),
        )
        if known:
            request.channel, request.language = known.channel, known.language
            request.senders = known.senders or request.senders
            request.recipients, request.headers = known.recipients, known.headers
            request.files, request.text = known.files, known.text
        request.text = request.text or self._plain_text(vals.get("description"))
        return request

    @api.model
    def _team_of(self, vals):
        """Return the team of a new ticket of these values, to be read by the desk itself."""
        # sudo: a customer's request needs its team's company, which he may not read
        teams_sudo = self.env["service_desk.team"].sudo()
        return teams_sudo.browse(vals.get("team_id") or self._default_team_id().id)

    @api.model
    def _plain_text(self, html):
        """Return the text of a description."""
        return html2plaintext(str(html), include_references=False) if html else ""
