"""How a ticket is made, written, copied and kept from being deleted."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from .service_desk_stage import DONE_STATES
from .service_desk_ticket import REQUESTER_CHANNELS

#: A subject is a title: what is longer stays in the description and in the raw message.
SUBJECT_LENGTH = 255


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list, routed = self._route(vals_list)
        self = self._without_request()
        vals_list = [self._prepare_create_vals(vals) for vals in vals_list]
        self._take_numbers(vals_list)
        # The assignee, the requester and the participants follow; whoever typed it in need not. A note
        # "created" would cost a third of the time and say what the ticket's times say anyway.
        creating = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        tickets = super(ServiceDeskTicket, creating).create(vals_list).with_env(self.env)
        tickets._sync_followers(new=True)
        tickets._on_routed(routed)
        tickets._on_opened()
        if assigned := tickets.filtered("user_id"):
            assigned._on_assigned()
        return tickets

    @api.model
    def _prepare_create_vals(self, vals):
        """Complete and clean the values of one new ticket."""
        vals = dict(vals)
        vals["name"] = self._clean_subject(vals.get("name"))
        vals.pop("number", None)
        if vals.get("service_id") and not vals.get("team_id"):
            service = self.env["service_desk.service"].browse(vals["service_id"])
            if team := service._team_seen():
                vals["team_id"] = team.id
        if not vals.get("type_id") and vals.get("team_id"):
            team = self.env["service_desk.team"].browse(vals["team_id"])
            vals["type_id"] = team.default_type_id.id or self._default_type_id().id
        state = vals.pop("state", None)
        if not vals.get("stage_id"):
            ticket_type = self.env["service_desk.ticket.type"].browse(
                vals.get("type_id") or self.default_get(["type_id"]).get("type_id")
            )
            vals["stage_id"] = self._first_stage(ticket_type, state).id
        if vals.get("channel") in REQUESTER_CHANNELS:
            vals.setdefault("needs_reply_since", fields.Datetime.now())
        return vals

    @api.model
    def _first_stage(self, ticket_type, state=None):
        """Return the stage in which a new ticket stands: the type's start, or the one for ``state``."""
        if state:
            return self._stage_for(state, ticket_type)
        return self.env["service_desk.stage"]._find_start(ticket_type)

    @api.model
    def _clean_subject(self, subject):
        """Return the subject as one line of at most 255 characters, without control characters."""
        subject = "".join(char if char.isprintable() else " " for char in subject or "")
        subject = " ".join(subject.split())
        return subject if len(subject) <= SUBJECT_LENGTH else subject[: SUBJECT_LENGTH - 1] + "…"

    @api.model
    def _take_numbers(self, vals_list):
        """Give each values dictionary its number: one query for each type in the batch."""
        by_type = defaultdict(list)
        default_id = None
        for vals in vals_list:
            if not vals.get("type_id"):
                default_id = default_id or self.default_get(["type_id"]).get("type_id")
                vals["type_id"] = default_id
            by_type[vals["type_id"]].append(vals)
        for type_id, group in by_type.items():
            if not type_id:
                raise UserError(self.env._("There is no ticket type yet. Create one first."))
            numbers = self.env["service_desk.ticket.type"].browse(type_id)._take_numbers(len(group))
            for vals, number in zip(group, numbers, strict=True):
                vals["number"] = number

    def write(self, vals):
        if "name" in vals:
            vals = dict(vals, name=self._clean_subject(vals["name"]))
        if "state" in vals and "stage_id" not in vals:
            # Odoo's no-code rules compare what this write names, too: a rule that has run inside has run.
            return self.with_context(__action_feedback=True)._write_state(vals, strict=True)
        before = {ticket.id: (ticket.state, ticket.user_id) for ticket in self}
        moves = self._pass_gate(vals)
        self._before_moves(moves)
        for tickets, values in self._with_marks(vals, moves):
            super(ServiceDeskTicket, tickets).write(values)
        if {"partner_id", "participant_ids", "user_id"} & vals.keys():
            self._sync_followers()
        self._dispatch_changes(before, vals)
        self._after_moves(moves)
        return True

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%(subject)s (copy)", subject=ticket.name))
            if not (default or {}).get("name")
            else vals
            for ticket, vals in zip(self, super().copy_data(default=default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(ticket.state in DONE_STATES for ticket in self):
            raise UserError(
                self.env._("Solved and closed tickets are kept as evidence. Archive them instead.")
            )
