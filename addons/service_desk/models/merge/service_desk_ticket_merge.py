"""Merge: several tickets of one matter go on as one of them."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import is_html_empty

from ..service_desk_ticket_conversation import HUMAN_MESSAGE_TYPES
from .service_desk_ticket_merge_move import SURVIVOR_MARKS

#: In the context while the desk itself ends, moves or restores merged tickets: nobody is told of these steps.
#: Its value is an object: no call from outside can bring it.
MERGING = {"service_desk_merging": object()}
DUPLICATE = "service_desk.close_reason_duplicate"
#: The first of these that a merged ticket can reach is its end; "cancelled" asks for no solution.
END_STATES = ("cancelled", "closed", "solved")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    merged_into_id = fields.Many2one(
        "service_desk.ticket",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The ticket in which this one goes on. Whatever is written to this one lands there.",
    )
    merged_ids = fields.One2many(
        "service_desk.ticket", "merged_into_id", "Merged Tickets", readonly=True
    )
    is_merge_undoable = fields.Boolean(compute="_compute_is_merge_undoable")

    @api.depends("merged_into_id")
    def _compute_is_merge_undoable(self):
        merged = self.filtered("merged_into_id")
        recent = self.browse()
        if merged:
            merges = self.env["service_desk.merge"]._standing_of(merged)
            limit = merges._undo_limit()
            recent = merges.filtered(lambda merge: merge.merged_at >= limit).ticket_id
        for ticket in self:
            ticket.is_merge_undoable = ticket in recent

    message_total = fields.Integer("Message Count", compute="_compute_totals")
    file_total = fields.Integer("File Count", compute="_compute_totals")

    def _compute_totals(self):
        """Count what people wrote, and files: what the merge dialog shows side by side."""
        messages = self.env["mail.message"]._read_group(
            [
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
                ("message_type", "in", HUMAN_MESSAGE_TYPES),
            ],
            ["res_id"],
            ["__count"],
        )
        files = self.env["ir.attachment"]._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]
        )
        messages, files = dict(messages), dict(files)
        for ticket in self:
            ticket.message_total = messages.get(ticket.id, 0)
            ticket.file_total = files.get(ticket.id, 0)

    # ----------------------------------------------------------------- buttons
    def action_open_merge_wizard(self):
        """Ask in which ticket the others go on."""
        action = self._action_wizard("service_desk.ticket.merge", self.env._("Merge Tickets"))
        return dict(action, views=[(False, "form")])  # keys and the strip open it past a button

    def action_undo_merge(self):
        """Take back the merge of these tickets, as long as that is possible."""
        self.check_access("write")
        if not self._undo_merge():
            raise UserError(self.env._("This ticket is not merged into another one."))
        return True

    # ------------------------------------------------------------------- merge
    def _merge_into(self, survivor):
        """Let the tickets of ``self`` go on in ``survivor`` and return the ``service_desk.merge`` of each.

        What was said, files, people, tags, links, children, activities and incoming mail go over; the merged
        tickets end as duplicates and stay readable. All or nothing, in one transaction.

        :raises UserError: when they may not be put together, or somebody else is changing them just now
        :raises AccessError: when the user may not write all of them
        """
        survivor.ensure_one()
        merging = self - survivor
        merging._lock_with(survivor)
        merging._check_may_merge_into(survivor)
        before = merging._note_before_merge(survivor)
        open_before = merging.filtered("is_open")
        # sudo: rights on both sides were checked; what moves may hang on rules of its own
        moved = merging.sudo()._move_into(survivor.sudo())
        merging.sudo()._end_as_merged(survivor)
        merging._tell_of_merge(survivor)
        open_before._tell_requesters_of_merge(survivor)
        return merging._record_merge(survivor, moved, before)

    def _lock_with(self, survivor):
        """Let nobody else merge or change these tickets until the end of the transaction.

        :raises UserError: when somebody is at it already: two merges in opposite directions would lose both
        """
        tickets = self | survivor
        try:
            tickets.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody else is changing one of these tickets just now. Try again.")
            ) from error
        tickets.invalidate_recordset()

    def _record_merge(self, survivor, moved, before):
        after = survivor._plain_values(SURVIVOR_MARKS)
        # sudo: the desk's own record, which nobody writes by hand
        return (
            self.env["service_desk.merge"]
            .sudo()
            .create(
                [
                    {
                        "ticket_id": ticket.id,
                        "survivor_id": survivor.id,
                        "moved": moved.get(ticket.id, {}),
                        "before": dict(before[ticket.id], after=after),
                    }
                    for ticket in self
                ]
            )
        )

    # --------------------------------------------------------------------- end
    def _end_as_merged(self, survivor):
        """End the tickets of ``self`` as duplicates; those which are done already stay as they are."""
        quiet = self.with_context(**MERGING)
        quiet.write({"merged_into_id": survivor.id})
        if survivor.is_confidential:
            quiet._follow_audience(survivor)
        reason = self.env.ref(DUPLICATE, raise_if_not_found=False)
        for state, tickets in quiet.filtered("is_open")._by_end_state().items():
            tickets._write_state({"state": state, "close_reason_id": reason and reason.id})

    def _by_end_state(self):
        """Return ``{state: tickets}``: the end that each ticket can reach; who can reach none is left out."""
        ends = {}
        for ticket in self:
            state = next(filter(ticket._can_reach, END_STATES), None)
            if state:
                ends[state] = ends.get(state, self.browse()) | ticket
        return ends

    def _is_being_merged(self):
        """Tell whether the desk itself is merging, or undoing it, just now."""
        return MERGING.items() <= self.env.context.items()

    # ------------------------------------------------------------------- words
    def _tell_of_merge(self, survivor):
        """Note on all tickets what happened, and let the requesters of the merged ones know once."""
        person = self.env.user.name
        payload = {
            "event": "merged",
            "person": person,
            "other_id": survivor.id,
            "other": survivor.number,
        }
        self._explain("merge", payload)
        survivor._explain(
            "merge",
            {
                "event": "took_over",
                "person": person,
                "others": [[ticket.id, ticket.number] for ticket in self],
            },
        )
        self._note_merge_on(survivor)

    def _note_merge_on(self, survivor):
        """Note in the history of each ticket where the conversation went, with what had not been a message."""
        # sudo: notes of the desk itself
        self.sudo()._message_log_batch(
            bodies={
                ticket.id: ticket.env._(
                    "Merged into %(survivor)s. The conversation goes on there.",
                    survivor=survivor.number,
                )
                for ticket in self
            }
        )
        survivor.sudo()._message_log(
            body=Markup("").join(ticket._note_of_merged() for ticket in self)
        )

    def _note_of_merged(self):
        """Return what the survivor's history says of this ticket: its number, its subject, its first words."""
        lines = Markup("<p>%s</p>") % self.env._(
            "%(number)s “%(subject)s” of %(requester)s was merged into this ticket.",
            number=self.number,
            subject=self.name,
            requester=self.partner_name or self.email_from or self.env._("nobody"),
        )
        # the description of a mail is its first message, which went over
        if self.channel != "email" and not is_html_empty(self.description):
            lines += Markup("<div>%s</div>") % self.description
        return lines

    def _tell_requesters_of_merge(self, survivor):
        """Queue one notice for each person whose question goes on under another number.

        What was done already is not told: nobody waits for an answer to it.
        """
        rows = []
        for partner, tickets in self.grouped("partner_id").items():
            if partner.active:
                rows += survivor._notify_later("merged", partner, payload={"ids": tickets.ids})
        unknown = self.filtered(lambda t: not t.partner_id and t.email_from)
        if unknown and not survivor.partner_id and survivor.email_from:
            payload = {"ids": unknown.ids}
            rows += survivor._notify_later("merged", email=survivor.email_from, payload=payload)
        self.env["service_desk.notice"]._enqueue(rows)
