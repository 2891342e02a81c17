"""When which step of a ticket's ladder is due: counted in batches, told by an index, fired once."""

from odoo import api, fields, models

FIRE_CRON = "service_desk.ir_cron_fire_escalations"
#: Where the background count of open tickets stands, so that a killed run goes on.
REARM_PARAMETER = "service_desk.escalation_rearm_from"
OUTCOMES = [("done", "Done"), ("failed", "Failed")]
KEEP_DAYS = 365


class ServiceDeskEscalationTimer(models.Model):
    """A step that a ticket will reach, or has reached. One that has fired stays: it does not fire again."""

    _name = "service_desk.escalation.timer"
    _description = "Escalation of a Ticket"
    _order = "due_at, id"
    _rec_name = "ticket_id"  # whoever sees the ticket need not see the ladder

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    rung_id = fields.Many2one(
        "service_desk.escalation.rung",
        "Step",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    due_at = fields.Datetime(required=True, readonly=True)
    since = fields.Datetime(readonly=True, help="From when it counts; a step fires once for each.")
    key = fields.Integer(readonly=True, help="Names the event that it fires for.")
    fired_at = fields.Datetime(readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    attempts = fields.Integer(readonly=True)

    _due_index = models.Index("(due_at, id) WHERE fired_at IS NULL")
    _pending_uniq = models.UniqueIndex(
        "(ticket_id, rung_id, key) WHERE fired_at IS NULL", "This step is counted already."
    )

    # ---------------------------------------------------------------- counting
    @api.model
    def _arm_pending(self):
        """Count the steps of the tickets that changed in this transaction."""
        ids = self.env.cr.precommit.data.pop(self._name, set())
        tickets = self.env["service_desk.ticket"].sudo().browse(sorted(ids)).exists()
        self._arm(tickets)

    @api.model
    def _arm(self, tickets):
        """Bring the due moments of the tickets' timed steps up to date: a read, a deletion, an insertion for all."""
        wanted = self._wanted_rows(tickets)
        events = self.env["service_desk.escalation.rung"]._event_triggers()
        known = self.search(
            [("ticket_id", "in", tickets.ids), ("rung_id.trigger", "not in", events)]
        )
        stale, now = self.browse(), fields.Datetime.now()
        for timer in known:
            place = (timer.ticket_id.id, timer.rung_id.id)
            row = wanted.get(place)
            if timer.fired_at:
                if row and row["since"] == timer.since:
                    del wanted[place]
            elif row and (row["due_at"], row["since"]) == (timer.due_at, timer.since):
                del wanted[place]
            else:
                stale |= timer
        stale.unlink()
        # a promise made shorter than the warning before it warns nobody
        rows = [
            row for row in wanted.values() if not (row.pop("is_before") and row["due_at"] <= now)
        ]
        if rows:
            self.create(rows)
            self.env["ir.cron"]._service_desk_wake(FIRE_CRON, min(row["due_at"] for row in rows))

    @api.model
    def _wanted_rows(self, tickets):
        """Return ``{(ticket id, rung id): values}`` of the timed steps that the tickets can reach."""
        escalations = self.env["service_desk.escalation"]
        rungs = self.env["service_desk.escalation.rung"].sudo()
        wanted, events = {}, rungs._event_triggers()
        for ticket in tickets:
            ladder = escalations._ladder_of(ticket) if ticket.is_open and ticket.active else None
            for rung in rungs.browse(ladder["rung_ids"] if ladder else ()):
                moment = rung.trigger not in events and rung._moment_for(
                    ticket, ladder["around_the_clock"]
                )
                if moment:
                    wanted[ticket.id, rung.id] = {
                        "ticket_id": ticket.id,
                        "rung_id": rung.id,
                        "due_at": moment[0],
                        "since": moment[1],
                        "is_before": rung.trigger.startswith("before_"),
                    }
        return wanted

    @api.model
    def _arm_now(self, ticket, rungs, key=0):
        """Let the steps of an event fire as soon as the job runs, each once for ``key``."""
        # sudo: the desk's own record
        timers_sudo = self.sudo()
        known = timers_sudo.search([("ticket_id", "=", ticket.id), ("rung_id", "in", rungs.ids)])
        rungs -= known.filtered(lambda timer: timer.key == key).rung_id
        now = fields.Datetime.now()
        if rungs:
            timers_sudo.create(
                [
                    {"ticket_id": ticket.id, "rung_id": rung.id, "due_at": now, "key": key}
                    for rung in rungs
                ]
            )
            self.env["ir.cron"]._service_desk_wake(FIRE_CRON, now)

    # -------------------------------------------------- counting anew, in steps
    @api.model
    def _restart_rearming(self):
        """Let the background count begin with the newest ticket."""
        # sudo: a mark of the desk's own job
        self.env["ir.config_parameter"].sudo().set_param(REARM_PARAMETER, str(2**31 - 1))

    @api.model
    def _cron_rearm(self, limit=500):
        """Count the steps of all open tickets anew: a ladder or a calendar has changed.

        The mark where it stands is written with each step: a killed run goes on where it was.
        """
        parameters = self.env["ir.config_parameter"].sudo()
        last_id = int(parameters.get_param(REARM_PARAMETER, 0)) or 2**31 - 1
        tickets = self.env["service_desk.ticket"].sudo()
        domain = [("is_open", "=", True), ("id", "<", last_id)]
        self.env["ir.cron"]._commit_progress(remaining=tickets.search_count(domain))
        while batch := tickets.search(domain, order="id desc", limit=limit):
            self._arm(batch)
            last_id = batch[-1].id
            domain = [("is_open", "=", True), ("id", "<", last_id)]
            parameters.set_param(REARM_PARAMETER, str(last_id))
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return
        parameters.set_param(REARM_PARAMETER, "0")

    @api.autovacuum
    def _gc_fired(self):
        """Forget steps that fired long ago on tickets that are done; the ticket's "Why" keeps them."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_DAYS)
        old = [("fired_at", "<", limit), ("ticket_id.is_open", "=", False)]
        self.search(old, limit=10000).unlink()
