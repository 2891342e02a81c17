"""Which rule would decide, and why the others would not: asked with a message or a ticket; changes nothing."""

import base64

from odoo import api, fields, models

from ..models.routing.service_desk_routing_rule_text import FIELD_OF_KIND
from ..models.routing.service_desk_routing_values import Choices

MAX_BYTES = 25 * 1024 * 1024
#: Values of a condition that are shown before "+ 5".
MOST_VALUES = 12


class ServiceDeskRoutingTest(models.TransientModel):
    """A message or ticket held against the rules; what is shown is computed anew whenever it is looked at."""

    _name = "service_desk.routing.test"
    _description = "Rule Tester"

    source = fields.Selection(
        [("mail", "A message"), ("ticket", "A ticket")], default="mail", required=True
    )
    raw = fields.Text(
        "Message",
        help="A whole message with its headers: “Show original” or “View source” in a mail program.",
    )
    eml = fields.Binary("Message File", attachment=False)
    eml_name = fields.Char("File Name")
    ticket_id = fields.Many2one("service_desk.ticket", ondelete="cascade")
    result = fields.Html(compute="_compute_result")

    @api.depends("source", "raw", "eml", "ticket_id")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_result(self):
        for test in self:
            test.result = test._render()

    def _compute_display_name(self):
        self.display_name = self.env._("Rule Tester")

    def action_test(self):
        """Look again: rules may have been changed meanwhile."""
        self.check_access("read")
        return True

    # ----------------------------------------------------------------- requests
    def _render(self):
        """Return the page of the answer; empty as long as nothing is asked."""
        request, notes = self._ask()
        if not request:
            values = {"notes": notes, "rows": [], "fired": None, "arrival": []}
        else:
            rows = self._trace(request)
            fired = next((row for row in rows if row["state"] == "fired"), None)
            values = {
                "notes": notes, "rows": rows, "fired": fired, "arrival": self._arrival(request),
            }  # fmt: skip
        if not request and not notes:
            return False
        return self.env["ir.qweb"]._render("service_desk.routing_test_result", values)

    def _ask(self):
        """Return ``(request, notes)``; the request is None when there is nothing to ask about."""
        self.ensure_one()
        if self.source == "ticket":
            if not self.ticket_id:
                return None, []
            self.ticket_id.check_access("read")
            return self.ticket_id._routing_requests()[0], []
        raw = self._raw_bytes()
        if not raw.strip():
            return None, []
        # sudo: addresses of teams and contacts are looked up as the mail gateway does
        job, request = self.env["service_desk.mail.intake"].sudo()._routing_request(raw)
        team = job.team.sudo(False)
        if team and not team.has_access("read"):
            return None, [self.env._("This message does not go to a team that you see.")]
        return request, self._notes(job)

    def _raw_bytes(self):
        if self.eml:
            return base64.b64decode(self.eml)[:MAX_BYTES]
        return (self.raw or "").lstrip().encode("utf-8", "replace")[:MAX_BYTES]

    def _notes(self, job):
        """Return what to know besides: the message would make no ticket of its own."""
        notes = []
        if not job.mail.from_email:
            notes.append(self.env._("The message has no sender. Were its headers pasted as well?"))
        if not job.team:
            notes.append(
                self.env._(
                    "It is not written to an address of the desk: without a rule of the mailbox it is held."
                )
            )
        if job.references:
            notes.append(
                self.env._(
                    "It answers a message that is known here: rules are for new tickets only."
                )
            )
        if job.mail.machine:
            notes.append(
                self.env._("A machine wrote it: it makes a ticket only where the team lets it.")
            )
        return notes

    def _arrival(self, request):
        """Return ``(label, value)`` pairs of what is known of the request before any rule."""
        tickets = self.env["service_desk.ticket"]
        label = tickets._fields["channel"]._description_string(self.env)
        channels = dict(tickets._fields["channel"]._description_selection(self.env))
        found = [
            (label, channels.get(request.channel, request.channel)),
            (self.env._("Subject"), request.subject),
            (self.env._("Team"), self._visible_name("service_desk.team", request.team_id)),
            (
                self.env._("Ticket Type"),
                self._visible_name("service_desk.ticket.type", request.type_id),
            ),
            (self.env._("Requester"), self._visible_name("res.partner", request.partner_id)),
            (self.env._("Sender"), ", ".join(request.senders[:MOST_VALUES])),
            (self.env._("Written to"), ", ".join(request.recipients[:MOST_VALUES])),
            (self.env._("Files"), ", ".join(request.files[:MOST_VALUES])),
        ]
        return [(name, value) for name, value in found if value]

    def _visible_name(self, model, record_id):
        record = self.env[model].browse(record_id or ())
        return record.display_name if record and record.has_access("read") else ""

    # -------------------------------------------------------------------- trace
    def _trace(self, request):
        """Return a row for each rule of the request's company, in their order."""
        routing = self.env["service_desk.routing"]
        ruleset = routing._rules(request.company_id)
        facts = routing._facts([request], ruleset.kinds)[0]
        records = self.env["service_desk.routing.rule"].browse([r.id for r in ruleset.rules])
        visible = records.exists()._filtered_access("read")
        rows, is_decided = [], False
        for rule, record in zip(ruleset.rules, records, strict=True):
            row = self._row(rule, record if record in visible else None, facts, is_decided)
            is_decided = is_decided or row["state"] == "fired"
            rows.append(row)
        return rows

    def _row(self, rule, record, facts, is_decided):
        """Return how one rule stands to a request; a rule that may not be seen shows nothing but that."""
        conditions = [] if is_decided else self._conditions(rule, record, facts)
        row = {
            "id": rule.id,
            "is_hidden": record is None,
            "name": record.name
            if record is not None
            else self.env._("A rule that you may not see"),
            "conditions": conditions if record is not None else [],
            "missed": next((c for c in conditions if not c["holds"]), None)
            if record is not None
            else None,
            "state": "not_reached",
            "values": [],
        }
        if not is_decided:
            row["state"] = "fired" if all(c["holds"] for c in conditions) else "missed"
        if row["state"] == "fired" and record is not None:
            row["values"] = self._values(rule)
        return row

    def _conditions(self, rule, record, facts):
        return [self._condition(condition, rule, record, facts) for condition in rule.conditions]

    def _condition(self, condition, rule, record, facts):
        """Return one condition: what it asks, whether it holds, and on what grounds."""
        error, ground = "", None
        try:
            ground = condition.check(facts)
        except Exception as problem:  # shown to who tests; for a request the rule is passed over
            error = str(problem) or type(problem).__name__
        told = {
            "holds": ground is not None,
            "error": error,
            "label": "",
            "wanted": "",
            "ground": "",
        }
        if record is None:
            return told
        if name := FIELD_OF_KIND.get(condition.kind):
            told["label"] = record._label(name)
            told["wanted"] = record._told(name, MOST_VALUES)
        if ground is not None:
            routing = self.env["service_desk.routing"]
            (named,) = routing._named(rule, [ground])
            told["ground"] = routing._ground_text(named)
        return told

    def _values(self, rule):
        """Return ``(label, value)`` pairs of what the rule would set."""
        choices = Choices(self.env["service_desk.ticket"], {})
        choices.apply(rule)
        return self.env["service_desk.decision"]._routing_set_parts({"set": choices.set})
