"""Macros: a text and changes of the ticket in one step, by one key."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import is_html_empty

from .service_desk_stage import TICKET_STATES

MESSAGE_KINDS = [
    ("none", "No message"),
    ("answer", "Answer to the requester"),
    ("note", "Internal note"),
]
HOTKEYS = [(str(digit), str(digit)) for digit in range(1, 10)]
SUBTYPES = {"answer": "mail.mt_comment", "note": "mail.mt_note"}
#: Tickets that one call may change: more is a job for the list's own editing.
MAX_TICKETS = 200


class ServiceDeskMacro(models.Model):
    """A prepared step: what is said, and what changes on the ticket.

    Texts are filled by the allow-list renderer of placeholders only: a macro is data, it never runs.
    """

    _name = "service_desk.macro"
    _description = "Macro"
    _inherit = "service_desk.ticket.change"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one(
        "res.users",
        "Private to",
        default=lambda self: self.env.user,
        ondelete="cascade",
        index=True,
        help="Only this person has the macro. Empty: everybody of its teams has it.",
    )
    team_ids = fields.Many2many(
        "service_desk.team", string="Teams", help="For tickets of these teams only. None means all."
    )
    hotkey = fields.Selection(
        HOTKEYS, "Shortcut", help="The digit that applies the macro on an open ticket."
    )

    message_kind = fields.Selection(MESSAGE_KINDS, "Message", default="answer", required=True)
    body = fields.Html(
        "Text", translate=True, help="May hold placeholders for the ticket and its people."
    )
    compose_first = fields.Boolean(
        "Edit Before Sending",
        default=True,
        help="The text goes into the composer first; the changes are made when it is sent.",
    )

    state = fields.Selection(TICKET_STATES, "Set State")
    stage_id = fields.Many2one("service_desk.stage", "Set Stage", ondelete="cascade")
    team_id = fields.Many2one("service_desk.team", "Move to Team", ondelete="cascade")
    waiting_reason_id = fields.Many2one(
        "service_desk.waiting.reason", "Wait for", ondelete="cascade"
    )
    waiting_days = fields.Integer(
        "Wait (days)", help="0 takes the number of days of the waiting reason."
    )

    _shared_hotkey_uniq = models.UniqueIndex(
        "(hotkey) WHERE user_id IS NULL AND active AND hotkey IS NOT NULL",
        "Another shared macro has this key already.",
    )
    _own_hotkey_uniq = models.UniqueIndex(
        "(user_id, hotkey) WHERE user_id IS NOT NULL AND active AND hotkey IS NOT NULL",
        "Another macro of this person has this key already.",
    )
    _not_negative = models.Constraint(
        "CHECK (waiting_days >= 0 AND next_update_hours >= 0)",
        "A number of days or hours cannot be negative.",
    )

    @api.constrains("message_kind", "body")
    def _check_text(self):
        for macro in self.filtered(lambda m: m.message_kind != "none"):
            if is_html_empty(macro.body):
                raise ValidationError(
                    self.env._(
                        "The macro “%(macro)s” sends a message but has no text.", macro=macro.name
                    )
                )

    @api.constrains("body")
    def _check_placeholders(self):
        for macro in self:
            self.env["service_desk.placeholder"]._check_text(macro.body)

    @api.constrains("user_id")
    def _check_owner(self):
        """Sharing is for leads, and nobody plants a macro under the keys of another person."""
        user = self.env.user  # constraints run as superuser: the person is what counts
        if user.has_group("service_desk.service_desk_group_manager"):
            return
        is_lead = user.has_group("service_desk.service_desk_group_lead")
        for macro in self:
            if macro.user_id != user and (macro.user_id or not is_lead):
                raise AccessError(
                    self.env._(
                        "You may keep macros for yourself; team leads and managers share them."
                    )
                )

    @api.constrains("state", "stage_id")
    def _check_stage(self):
        for macro in self.filtered(lambda m: m.state and m.stage_id):
            if macro.stage_id.state != macro.state:
                raise ValidationError(
                    self.env._(
                        "The stage “%(stage)s” does not mean the state that the macro “%(macro)s” sets.",
                        stage=macro.stage_id.name,
                        macro=macro.name,
                    )
                )

    # --------------------------------------------------------------- for people
    @api.model
    @api.readonly
    def get_menu(self, team_ids=()):
        """Return the macros that the user may apply to tickets of these teams, for menus and keys.

        :param list team_ids: ids of the teams of the tickets; none gives the macros without a team
        :return: list of ``{id, name, hotkey, summary, message_kind, compose_first, is_own}``; a private
            macro takes the key from a shared one
        """
        teams = Domain("team_ids", "=", False)
        if team_ids:
            teams |= Domain("team_ids", "in", list(team_ids))
        # An own macro wins the key: a manager may read those of others, but never gets them offered.
        macros = self.search(Domain("user_id", "in", [False, self.env.uid]) & teams)
        own_keys = {macro.hotkey for macro in macros if macro.user_id and macro.hotkey}
        return [
            {
                "id": macro.id,
                "name": macro.name,
                "hotkey": macro.hotkey if macro.user_id or macro.hotkey not in own_keys else False,
                "summary": macro._summary(),
                "message_kind": macro.message_kind,
                "compose_first": macro.compose_first,
                "is_own": bool(macro.user_id),
            }
            for macro in macros
        ]

    def _summary(self):
        """Say in a few words what the macro does."""
        self.ensure_one()
        parts = []
        if self.message_kind != "none":
            parts.append(self._label("message_kind"))
        if self.stage_id or self.state:
            parts.append(self.stage_id.name or self._label("state"))
        if self.waiting_reason_id:
            parts.append(self.waiting_reason_id.name)
        if self.assign == "person":
            parts.append(self.assign_user_id.name)
        elif self.assign != "keep":
            parts.append(self._label("assign"))
        if self.team_id:
            parts.append(self.team_id.name)
        parts += self.tag_ids.mapped("name")
        return " · ".join(part for part in parts if part)

    def _label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name])

    # ----------------------------------------------------------------- applying
    def _apply(self, tickets, *, post=True):
        """Send the macro's message on ``tickets`` and make its changes; the caller has checked the rights.

        :param bool post: False when the message has been sent from the composer already
        """
        self.ensure_one()
        if post and self.message_kind != "none":
            for ticket in tickets:
                self._post(ticket)
        self._change(tickets)

    def _post(self, ticket):
        ticket.message_post(
            body=self._text_for(ticket),
            message_type="comment",
            subtype_xmlid=SUBTYPES[self.message_kind],
        )

    def _text_for(self, ticket):
        """Return the text with its placeholders filled, in the language of who reads it."""
        return self._localised(ticket)._render("body", ticket)

    def _localised(self, ticket):
        """Return the macro in the language of its reader: the requester's, or the agent's for a note."""
        lang = ticket.partner_id.lang if self.message_kind == "answer" else False
        return self.with_context(lang=lang) if lang else self

    def _change(self, tickets):
        """Write the macro's values, then the state, which may demand some of them."""
        self._apply_change(tickets)
        if done := self._final_values():
            tickets._write_state(done)
        elif self.assign == "me":
            # who takes a new ticket works on it: the same as the button does
            tickets._start_taken()

    def _change_values(self):
        vals = super()._change_values()
        if self.team_id:
            vals["team_id"] = self.team_id.id
        return vals

    def _final_values(self):
        """Return the change of state: last, when everything it may demand has been written."""
        if self.stage_id:
            vals = {"stage_id": self.stage_id.id}
        elif self.state or self.waiting_reason_id:
            vals = {"state": self.state or "waiting"}
        else:
            return {}
        if self.waiting_reason_id:
            days = self.waiting_days or self.waiting_reason_id.default_days
            vals["waiting_reason_id"] = self.waiting_reason_id.id
            vals["waiting_until"] = fields.Datetime.now() + timedelta(days=days) if days else False
        return vals


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def action_apply_macro(self, macro_id):
        """Apply a macro to the tickets: its message and its changes, all of them or none.

        :param int macro_id: id of a ``service_desk.macro`` that the user may read
        :raises UserError: for too many tickets, or tickets of a team that the macro is not for
        :raises ValidationError: when a rule of a ticket refuses a change; nothing is changed then
        """
        macro = self._usable_macro(macro_id)
        macro._apply(self)
        return True

    @api.readonly
    def get_macro_text(self, macro_id):
        """Return the text of a macro, filled for this ticket, to be edited before it is sent.

        :param int macro_id: id of a ``service_desk.macro`` that the user may read
        :return: HTML
        """
        self.ensure_one()
        return self._usable_macro(macro_id)._text_for(self)

    def _usable_macro(self, macro_id):
        """Return the macro after checking that the user may apply it to the tickets of ``self``."""
        self.check_access("write")
        macro = self.env["service_desk.macro"].search([("id", "=", self._id_argument(macro_id))])
        if not macro:
            raise UserError(self.env._("This macro does not exist any more, or is not for you."))
        if len(self) > MAX_TICKETS:
            raise UserError(
                self.env._("A macro changes at most %(count)s tickets at once.", count=MAX_TICKETS)
            )
        for ticket in self:
            if macro.team_ids and ticket.team_id not in macro.team_ids:
                raise UserError(
                    self.env._(
                        "The macro “%(macro)s” is not for tickets of the team “%(team)s”.",
                        macro=macro.name,
                        team=ticket.team_id.name,
                    )
                )
        return macro

    def action_open_macros(self):
        """Open the menu of macros for the tickets."""
        return {
            "type": "ir.actions.client",
            "tag": "service_desk.macros",
            "params": {"ticket_ids": self.ids, "team_ids": self.team_id.ids},
        }

    def message_post(self, **kwargs):
        """Post as always; what the agent sent from the composer with a macro brings the macro's changes."""
        macro_id = self.env.context.get("service_desk_macro_id")
        ticket = self.with_context(service_desk_macro_id=False) if macro_id else self
        message = super(ServiceDeskTicket, ticket).message_post(**kwargs)
        if macro_id:
            # not as superuser: the chatter posts as such, but the changes are the agent's own
            own = ticket.sudo(False)
            own._usable_macro(macro_id)._apply(own, post=False)
        return message
