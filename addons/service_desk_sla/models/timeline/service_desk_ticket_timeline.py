"""The ticket writes down what happens to it, once for each thing that people or the desk do."""

from contextlib import contextmanager

from odoo import api, fields, models

from ...clocks.facts import Event
from .service_desk_ticket_facts import FACT_FIELDS

#: Where a transaction keeps what is going on in it.
SCOPE = "service_desk_sla.scope"


class Scope:
    """What is going on: which tickets may have changed, and what else happened to them."""

    def __init__(self):
        self.depth = 0
        self.touched = {}  # {id: surely there}, in order
        self.opened = set()  # ids of tickets that have no timeline yet
        self.asking = set()  # ids of tickets for which the agreements are asked anew
        self.recount = set()  # ids of tickets from whose timeline something was taken out
        self.notes = []  # (ticket id, Event, message id or None)

    def touch(self, tickets):
        """Note that the tickets may have changed.

        Those of the outermost act are there. What acts inside it made may have been rolled back since.
        """
        for ticket_id in tickets.ids:
            self.touched[ticket_id] = self.touched.get(ticket_id) or self.depth == 1

    def standing(self, tickets):
        """Return the touched ones of ``tickets`` (any recordset) that are there; asks only when it must."""
        tickets = tickets.browse(self.touched)
        return tickets if all(self.touched.values()) else tickets.exists()


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    event_ids = fields.One2many("service_desk.ticket.event", "ticket_id", "Timeline", readonly=True)

    # ------------------------------------------------------------------- scope
    @api.model
    @contextmanager
    def _clock_scope(self):
        """Write down what happens inside, and bring the clocks up to date, once: at the end of the outermost.

        The tickets are compared with their timeline, so that nothing is missed, whatever route changed them.
        A failure inside takes back what was noted inside.
        """
        cache = self.env.cr.cache
        outer = cache.get(SCOPE)
        scope = outer or cache.setdefault(SCOPE, Scope())
        noted = len(scope.notes)
        scope.depth += 1
        try:
            yield scope
        except BaseException:
            del scope.notes[noted:]
            raise
        finally:
            scope.depth -= 1
            if not outer:
                cache.pop(SCOPE, None)
        if not outer and scope.touched:
            self._settle_scope(scope)

    @api.model
    def _settle_scope(self, scope):
        # sudo: what follows from a change is the desk's own
        tickets = scope.standing(self.sudo())
        changed, timelines = tickets._write_down(scope)
        if changed:
            fresh = scope.opened.issuperset(changed.ids)
            self.env["service_desk.clock"]._settle(changed, timelines, fresh=fresh)

    def _note_event(self, kind, facts=None, at=None, message=None):
        """Note that something happened to the tickets of ``self``.

        :param str kind: a kind of ``service_desk.ticket.event``
        :param dict facts: what is different from then on, besides what the tickets say themselves
        :param at: the instant (naive UTC); now by default
        :param message: the ``mail.message`` in which it happened
        """
        event = Event(at or fields.Datetime.now(), kind, facts or {})
        with self._clock_scope() as scope:
            scope.touch(self)
            scope.notes += [
                (ticket_id, event, message.id if message else None) for ticket_id in self.ids
            ]

    def _rematch(self):
        """Ask anew which agreements apply to the tickets of ``self``; what was used of a target is kept."""
        with self._clock_scope() as scope:
            scope.touch(self)
            scope.asking.update(self.ids)

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        with self._clock_scope() as scope:
            tickets = super().create(vals_list)
            scope.touch(tickets)
            scope.opened.update(tickets.ids)
            tickets.filtered(lambda ticket: ticket.channel == "phone")._note_talk()
        return tickets

    def write(self, vals):
        if not FACT_FIELDS & vals.keys():
            return super().write(vals)
        with self._clock_scope() as scope:
            talked = self.browse()
            if vals.get("channel") == "phone":
                talked = self.filtered(lambda ticket: ticket.channel != "phone")
            result = super().write(vals)
            scope.touch(self)  # only now: ids of a remote call may be none
            talked._note_talk()
        return result

    def unlink(self):
        scope = self.env.cr.cache.get(SCOPE)
        for ticket_id in self.ids if scope else ():
            scope.touched.pop(ticket_id, None)
        return super().unlink()

    def message_post(self, **kwargs):
        with self._clock_scope():
            return super().message_post(**kwargs)

    def _undo_merge(self):
        with self._clock_scope():
            return super()._undo_merge()
