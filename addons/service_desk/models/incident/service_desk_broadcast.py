"""One public answer, or one solution, for all who are hit by a mass incident."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import is_html_empty
from odoo.tools.mail import email_normalize

BROADCAST_KINDS = [("answer", "Answer to all"), ("solve", "Solution for all")]
BROADCAST_STATES = [("draft", "Draft"), ("running", "Being sent"), ("done", "Sent")]
#: Members that nobody waits for any more hear nothing.
ENDED = ("closed", "cancelled")
CRON = "service_desk.ir_cron_run_broadcasts"


class ServiceDeskBroadcast(models.Model):
    """What the desk says to the requesters of all members of a mass incident, to each person once.

    Sending only writes down who is to be told, a line for each ticket; the lines are worked off in steps,
    each in one transaction with its message. So it may be interrupted anywhere and nobody hears twice.
    """

    _name = "service_desk.broadcast"
    _description = "Answer to All"
    _inherit = ["service_desk.marks.mixin", "service_desk.anchored.mixin"]
    _order = "id desc"
    _anchors = frozenset({"master_id"})

    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    master_id = fields.Many2one(
        "service_desk.ticket",
        "Mass Incident",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_master', '=', True)]",
    )
    kind = fields.Selection(BROADCAST_KINDS, required=True, default="answer")
    state = fields.Selection(BROADCAST_STATES, readonly=True, required=True, default="draft")
    body = fields.Html("Text", help="May hold placeholders for the ticket and its people.")
    lang = fields.Selection(
        "_selection_lang", "Language", required=True, default=lambda self: self.env.user.lang
    )
    other_body = fields.Html("Text in the Second Language")
    other_lang = fields.Selection("_selection_lang", "Second Language")
    close_reason_id = fields.Many2one("service_desk.close.reason", ondelete="restrict")
    for_later = fields.Boolean(
        "Also for Tickets Added Later",
        default=True,
        help="Whose ticket joins the mass incident after this gets the last answer as well.",
    )
    user_id = fields.Many2one("res.users", "Written by", readonly=True, index="btree_not_null")
    sent_at = fields.Datetime("Sent", readonly=True)
    line_ids = fields.One2many("service_desk.broadcast.line", "broadcast_id", "Tickets")
    audience_note = fields.Char("Who Gets It", compute="_compute_audience_note")
    total_count = fields.Integer("All Tickets", compute="_compute_counts")
    done_count = fields.Integer("Done", compute="_compute_counts")
    failed_count = fields.Integer("Failed", compute="_compute_counts")
    progress = fields.Integer("Progress (%)", compute="_compute_counts")

    # ---------------------------------------------------------------- computes
    @api.depends("kind", "master_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for broadcast in self:
            number = broadcast.master_id.number or ""
            broadcast.display_name = f"{number} {kinds.get(broadcast.kind, '')}".strip()

    @api.depends("state", "line_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_counts(self):
        self.update(dict.fromkeys(("total_count", "done_count", "failed_count", "progress"), 0))
        groups = self.env["service_desk.broadcast.line"]._read_group(
            [("broadcast_id", "in", self.ids)], ["broadcast_id", "state"], ["__count"]
        )
        for broadcast, state, count in groups:
            broadcast.total_count += count
            broadcast.done_count += count * (state != "todo")
            broadcast.failed_count += count * (state == "failed")
        for broadcast in self.filtered("total_count"):
            broadcast.progress = 100 * broadcast.done_count // broadcast.total_count

    @api.depends("master_id", "kind")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_audience_note(self):
        """Tell the writer how many people hear it, and in how many tickets."""
        for broadcast in self:
            broadcast.audience_note = ""
            if broadcast.state == "draft" and broadcast.master_id:
                tickets = broadcast._tickets_to_tell()
                people = len(set(broadcast._person_keys(tickets).values()))
                broadcast.audience_note = self.env._(
                    "%(people)s people in %(tickets)s tickets, each person once.",
                    people=people,
                    tickets=len(tickets),
                )

    @api.constrains("body", "other_body")
    def _check_texts(self):
        for broadcast in self:
            self.env["service_desk.placeholder"]._check_text(broadcast.body)
            self.env["service_desk.placeholder"]._check_text(broadcast.other_body)

    @api.constrains("master_id")
    def _check_master(self):
        if any(not broadcast.master_id.is_master for broadcast in self):
            raise ValidationError(self.env._("Only a mass incident has an answer to all."))

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        broadcasts = super().create(vals_list)
        broadcasts.master_id.check_access("write")
        return broadcasts

    def write(self, vals):
        if not self.env.su and any(broadcast.state != "draft" for broadcast in self):
            raise UserError(self.env._("What has been sent cannot be changed any more."))
        return super().write(vals)

    # ----------------------------------------------------------------- sending
    def action_send(self):
        """Send the answer to the requesters of all members that the user may see.

        :raises UserError: when there is no text, nobody to tell, or it was sent before
        """
        self.ensure_one()
        self.check_access("write")
        self.master_id.check_access("write")
        self._check_sendable()
        tickets = self._tickets_to_tell()
        if not tickets:
            raise UserError(self.env._("There is nobody to tell: no open ticket is a member."))
        self._set_marks(state="running", user_id=self.env.uid, sent_at=fields.Datetime.now())
        self._add_lines(tickets)
        return {"type": "ir.actions.act_window_close"}

    def _check_sendable(self):
        if not self.try_lock_for_update() or self.state != "draft":
            raise UserError(self.env._("What has been sent cannot be changed any more."))
        if is_html_empty(self.body):
            raise UserError(self.env._("Write the text first."))
        if bool(self.other_lang) == is_html_empty(self.other_body):
            raise UserError(self.env._("The second language needs both its name and its text."))

    def _tickets_to_tell(self):
        """Return the members that somebody still waits for, oldest first, as far as the user sees them."""
        states = ENDED if self.kind == "answer" else (*ENDED, "solved")
        return self.env["service_desk.ticket"].search_fetch(
            [("master_id", "=", self.master_id.id), ("state", "not in", states)],
            ["partner_id", "email_from", "participant_ids", "company_id"],
            order="id",
        )

    def _person_keys(self, tickets):
        """Return ``{ticket id: who hears its answers}``: the contact, else the address, else the ticket alone."""
        # sudo: addresses are compared, not shown
        by_email = {
            partner.email_normalized: partner.id
            for partner in tickets.sudo().partner_id
            if partner.email_normalized
        }
        keys = {}
        for ticket in tickets:
            email = email_normalize(ticket.email_from or "")
            known = ticket.partner_id.id or by_email.get(email)
            keys[ticket.id] = f"p{known}" if known else email or f"t{ticket.id}"
        return keys

    def _add_lines(self, tickets):
        """Write down who is to be told: a line for each ticket, one of each person's gets the message."""
        keys = self._person_keys(tickets)
        # sudo: lines are the desk's own record of what it sends
        lines_sudo = self.env["service_desk.broadcast.line"].sudo()
        told = lines_sudo.search_fetch(
            [("broadcast_id", "=", self.id), ("is_first", "=", True)], ["person_key"]
        ).mapped("person_key")
        heard, vals_list = set(told), []
        requesters = {key for key in keys.values() if key[0] == "p"} | heard
        for ticket in tickets:
            key = keys[ticket.id]
            also = [f"p{partner_id}" for partner_id in ticket.participant_ids.ids]
            vals_list.append(
                {
                    "broadcast_id": self.id,
                    "ticket_id": ticket.id,
                    "person_key": key,
                    "is_first": key not in heard,
                    "also_keys": [name for name in also if name not in requesters],
                }
            )
            heard.add(key)
            requesters.update(also)  # who takes part in several tickets hears it in the first
        lines_sudo.create(vals_list)
        self._set_marks(state="running")
        # sudo: the scheduler belongs to the system
        self.env.ref(CRON).sudo()._trigger()

    def _add_late_members(self, tickets):
        """Tell people whose tickets have joined after the answer was sent."""
        self.ensure_one()
        lines_sudo = self.line_ids.sudo()  # sudo: of members that the person may not see as well
        known = set(lines_sudo.ticket_id.ids)
        late = tickets.filtered(lambda t: t.id not in known and t.state not in ENDED)
        if late:
            self._add_lines(late)

    def _text_for(self, lang):
        """Return the text that somebody of the language ``lang`` reads: his own, a related one, or the first."""
        self.ensure_one()
        versions = [(self.lang, self.body), (self.other_lang, self.other_body)]
        versions = [(code, text) for code, text in versions if code and not is_html_empty(text)]
        for code, text in versions:
            if code == lang:
                return text
        for code, text in versions:
            if lang and code.split("_")[0] == lang.split("_")[0]:
                return text
        return self.body

    def _finish(self):
        """Note those as sent of which no line is left, and tell their writers."""
        lines = self.env["service_desk.broadcast.line"]
        left = dict(
            lines._read_group(
                [("broadcast_id", "in", self.ids), ("state", "=", "todo")],
                ["broadcast_id"],
                ["__count"],
            )
        )
        for broadcast in self.filtered(lambda b: b.state == "running" and b not in left):
            broadcast.state = "done"
            broadcast._tell_author()

    def _tell_author(self):
        user = self.user_id
        env = self.with_context(lang=user.lang).env
        mine = self.with_env(env).with_user(user)
        failed = mine.failed_count
        text = env._(
            "%(number)s: the answer to all has been sent in %(count)s tickets.",
            number=self.master_id.number,
            count=mine.total_count - failed,
        )
        if failed:
            text += " " + env._("It failed in %(count)s.", count=failed)
        user._bus_send(
            "simple_notification",
            {"type": "warning" if failed else "success", "message": text, "sticky": bool(failed)},
        )

    # ----------------------------------------------------------------- buttons
    def action_retry(self):
        """Try again in the tickets where it failed."""
        self.ensure_one()
        self.check_access("read")
        self.master_id.check_access("write")
        failed_sudo = self.line_ids.filtered(lambda line: line.state == "failed").sudo()
        if failed_sudo:
            failed_sudo.write({"state": "todo", "reason": False})
            self._set_marks(state="running")
            self.env.ref(CRON).sudo()._trigger()

    @api.autovacuum
    def _gc_drafts(self):
        """Forget texts that nobody has sent for a month."""
        limit = fields.Datetime.now() - timedelta(days=30)
        self.search([("state", "=", "draft"), ("write_date", "<", limit)], limit=1000).unlink()
