"""What an agent must know beside the ticket: who asks, what he asked before, what was promised.

Everything is data, never HTML: a section is ``{key, title, icon, sequence, rows, …}`` and a row is
``{label, text, …}``, drawn by one component. Bridges add sections by overriding
``_requester_panel_sections``.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.mail import html2plaintext

from .service_desk_ticket_conversation import HUMAN_MESSAGE_TYPES

#: Rows of each kind of earlier tickets.
OPEN_SHOWN = 5
DONE_SHOWN = 5
#: A count stops here: "99+" says as much as the exact number and costs nothing at a million tickets.
COUNT_LIMIT = 100
PREVIEW_MESSAGES = 10


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # ---------------------------------------------------------------- the panel
    @api.readonly
    def get_requester_panel(self):
        """Return what the side panel of the ticket shows, as the user may see it.

        :return: ``{"person": {…} or False, "sections": [section, …], "undo_send_seconds": int}``
        :raises AccessError: when the user may not read the ticket
        """
        self.ensure_one()
        self.check_access("read")
        sections = self._requester_panel_sections()
        sections.sort(key=lambda section: section.get("sequence", 100))
        return {
            "person": self._panel_person(),
            "sections": sections,
        }

    def _requester_panel_sections(self):
        """Hook: return the sections of the panel. Bridges add theirs to the list of super.

        A section: ``key``, ``title``, ``icon`` (Font Awesome class), ``sequence``, ``rows``, and where wanted
        ``count``, ``empty`` (said when there is no row), ``folded``, ``action`` (an action to open for "All").
        A row: ``label``, ``text``, and where wanted ``badge`` (``{text, kind}``), ``record``
        (``{model, id}``, opened by a click), ``href``, ``datetime``, ``is_late``, ``image``.
        """
        sections = [
            self._panel_promise(),
            self._panel_tickets_of_person(),
            self._panel_tickets_of_company(),
        ]
        sections += [self._panel_participants(), self._panel_origin()]
        return [section for section in sections if section]

    # --------------------------------------------------------------- the person
    def _panel_person(self):
        """Return who asks: the contact, or what the message said about an unknown sender."""
        partner = self.partner_id
        if not partner:
            return {
                "id": False,
                "name": self.partner_name or self.email_from or "",
                "email": self.email_from or "",
                "phone": self.partner_phone or "",
            }
        company = partner.commercial_partner_id
        language = self.env["res.lang"]._get_data(code=partner.lang) if partner.lang else False
        return {
            "id": partner.id,
            "name": partner.name or partner.display_name,
            "image": f"/web/image/res.partner/{partner.id}/avatar_128",
            "function": partner.function or "",
            "company": {"id": company.id, "name": company.name} if company != partner else False,
            "email": self.email_from or partner.email or "",
            "phone": self.partner_phone or partner.phone or "",
            "language": language.name if language else "",
            "tz": partner.tz or "",
            "site": self._panel_site(),
        }

    def _panel_site(self):
        site = self.site_id
        if not site:
            return False
        place = ", ".join(part for part in (site.street, site.city) if part)
        return {
            "id": site.id,
            "name": site.name or site.display_name,
            "address": place,
            "phone": site.phone or "",
        }

    # ----------------------------------------------------------------- promises
    def _panel_promise(self):
        """Return what we owe: the next step, the promised update, the end of the wait."""
        now = fields.Datetime.now()
        rows = []
        if self.next_step:
            rows.append({"label": self.env._("Next step"), "text": self.next_step})
        if self.next_update_at:
            rows.append(
                {
                    "label": self.env._("Next update"),
                    "datetime": self.next_update_at,
                    "is_late": self.is_open and self.next_update_at < now,
                }
            )
        if self.state == "waiting":
            rows.append(
                {
                    "label": self.env._("Waits for"),
                    "text": self.waiting_reason_id.name or "",
                    "datetime": self.waiting_until,
                }
            )
        return {
            "key": "promise",
            "title": self.env._("Promised"),
            "icon": "fa-handshake-o",
            "sequence": 10,
            "rows": rows,
            "empty": self.env._("Nothing was promised yet."),
        }

    # ----------------------------------------------------------- earlier tickets
    def _panel_tickets_of_person(self):
        if not self.partner_id:
            return None
        domain = Domain("partner_id", "=", self.partner_id.id) & Domain("id", "!=", self._origin.id)
        return self._panel_tickets("person", self.env._("Asked before"), "fa-history", 20, domain)

    def _panel_tickets_of_company(self):
        company = self.commercial_partner_id
        if not company or company == self.partner_id:
            return None
        domain = (
            Domain("commercial_partner_id", "=", company.id)
            & Domain("partner_id", "!=", self.partner_id.id)
            & Domain("id", "!=", self._origin.id)
        )
        return self._panel_tickets(
            "company", self.env._("From colleagues"), "fa-building-o", 30, domain
        )

    def _panel_tickets(self, key, title, icon, sequence, domain):
        """Return a section of tickets: the newest open ones, then the newest that are done."""
        domain = Domain(domain)
        open_domain = domain & Domain("is_open", "=", True)
        names = ["number", "name", "state", "stage_id", "create_date"]
        tickets = self.search_fetch(open_domain, names, order="id desc", limit=OPEN_SHOWN)
        count = self._panel_count(open_domain, len(tickets))
        done = domain & Domain("is_open", "=", False)
        tickets |= self.search_fetch(done, names, order="id desc", limit=DONE_SHOWN)
        return {
            "key": key,
            "title": title,
            "icon": icon,
            "sequence": sequence,
            "count": count,
            "rows": [ticket._panel_ticket_row() for ticket in tickets],
            "empty": self.env._("No other ticket."),
            "folded": key == "company" and not count,
            "action": self._panel_tickets_action(title, domain) if tickets else False,
        }

    def _panel_count(self, domain, shown):
        """Return how many match, without a query where the shown ones are all."""
        return shown if shown < OPEN_SHOWN else self.search_count(domain, limit=COUNT_LIMIT)

    def _panel_ticket_row(self):
        return {
            "label": self.number,
            "text": self.name,
            "datetime": self.create_date,
            "badge": {"text": self.stage_id.name, "kind": self.state},
            "record": {"model": self._name, "id": self.id},
        }

    def _panel_tickets_action(self, title, domain):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": list(domain),
            "context": {},
        }

    # ------------------------------------------------------- people and records
    def _panel_participants(self):
        rows = [
            {
                "label": "",
                "text": partner.name or partner.display_name,
                "image": f"/web/image/res.partner/{partner.id}/avatar_128",
                "href": f"mailto:{partner.email_normalized}" if partner.email_normalized else False,
                "record": {"model": "res.partner", "id": partner.id},
            }
            for partner in self.participant_ids
        ]
        return rows and {
            "key": "participants",
            "title": self.env._("Participants"),
            "icon": "fa-users",
            "sequence": 40,
            "rows": rows,
        }

    def _panel_origin(self):
        """Return the record that the ticket was reported from; it opens for those who may read it."""
        if not (self.origin_model and self.origin_id):
            return None
        known = self.origin_model in self.env
        record = self.env[self.origin_model].browse(self.origin_id).exists() if known else None
        readable = record is not None and len(record) == 1 and record.has_access("read")
        model = self.env["ir.model"]._get(self.origin_model).name if known else self.origin_model
        return {
            "key": "origin",
            "title": self.env._("Reported from"),
            "icon": "fa-link",
            "sequence": 50,
            "rows": [
                {
                    "label": model,
                    "text": self.origin_name or str(self.origin_id),
                    "record": {"model": self.origin_model, "id": self.origin_id}
                    if readable
                    else False,
                }
            ],
        }

    # -------------------------------------------------------------- the preview
    @api.readonly
    def get_preview(self):
        """Return what the pane beside the list shows: head, description and the newest messages.

        :return: dict; ``description`` and the ``body`` of messages are sanitised HTML
        :raises AccessError: when the user may not read the ticket
        """
        self.ensure_one()
        self.check_access("read")
        messages = self._preview_messages()
        return {
            "id": self.id,
            "number": self.number,
            "name": self.name,
            "priority": self.priority,
            "state": self.state,
            "stage": self.stage_id.name,
            "team": self.team_id.name,
            "person": self.partner_name or self.email_from or "",
            "company": self.commercial_partner_id.name
            if self.commercial_partner_id != self.partner_id
            else "",
            "assignee": {"id": self.user_id.id, "name": self.user_id.name}
            if self.user_id
            else False,
            "create_date": self.create_date,
            "needs_reply_since": self.needs_reply_since,
            "next_step": self.next_step or "",
            "next_update_at": self.next_update_at,
            "description": self.description or "",
            "messages": [self._preview_message(message) for message in messages],
        }

    def _preview_messages(self):
        return (
            self.env["mail.message"]
            .search_fetch(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("message_type", "in", HUMAN_MESSAGE_TYPES),
                ],
                [
                    "author_id",
                    "email_from",
                    "date",
                    "body",
                    "subtype_id",
                    "is_internal",
                    "attachment_ids",
                ],
                order="id desc",
                limit=PREVIEW_MESSAGES,
            )
            .filtered(
                lambda message: html2plaintext(message.body or "").strip() or message.attachment_ids
            )
        )

    def _preview_message(self, message):
        author = message.author_id
        return {
            "id": message.id,
            "author": author.name or message.email_from or "",
            "image": f"/web/image/res.partner/{author.id}/avatar_128" if author else "",
            "date": message.date,
            "body": message.body or "",
            "is_note": not self._is_public(message),
            "attachments": [
                {"id": attachment.id, "name": attachment.name}
                for attachment in message.attachment_ids
            ],
        }
