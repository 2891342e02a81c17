"""What an approver must know to decide, readable without any right on the ticket."""

from markupsafe import Markup, escape

from odoo import api, fields, models


class ServiceDeskApprovalRequest(models.Model):
    _inherit = "service_desk.approval.request"

    # sudo: the approver may read these of the ticket, and nothing else of it
    ticket_number = fields.Char("Number", compute="_compute_summary", compute_sudo=True)
    subject = fields.Char(compute="_compute_summary", compute_sudo=True)
    requester_name = fields.Char("Requester", compute="_compute_summary", compute_sudo=True)
    offering_name = fields.Char("Asked For", compute="_compute_summary", compute_sudo=True)
    step_name = fields.Char("What Is Decided", compute="_compute_summary", compute_sudo=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_summary", compute_sudo=True)
    price = fields.Monetary(compute="_compute_summary", compute_sudo=True)
    description = fields.Html(compute="_compute_details", compute_sudo=True)
    answers_html = fields.Html("Answers", compute="_compute_details", compute_sudo=True)
    changes_html = fields.Html("What Changed", compute="_compute_details", compute_sudo=True)
    chain = fields.Json("Steps", compute="_compute_chain", compute_sudo=True)

    @api.depends("ticket_id")
    @api.depends_context("lang")
    def _compute_summary(self):
        for request in self:
            ticket, offering = request.ticket_id, request.ticket_id.offering_id
            request.ticket_number = ticket.number
            request.subject = ticket.name
            request.requester_name = ticket.partner_id.display_name or ticket.partner_name
            request.offering_name = offering.name
            request.step_name = request.step_id.name
            request.currency_id = ticket.company_id.currency_id
            amounts = request.approval_id.step_ids.mapped("amount")
            request.price = max(amounts, default=0.0) or offering.price

    @api.depends("ticket_id", "approval_id")
    @api.depends_context("lang", "tz")
    def _compute_details(self):
        for request in self:
            request.description = request.ticket_id.description
            request.answers_html = request.ticket_id._answers_html() or False
            request.changes_html = request._changes_as_html()

    @api.depends("approval_id")
    @api.depends_context("lang", "tz")
    def _compute_chain(self):
        for request in self:
            request.chain = request.approval_id._chain()

    def _answer_rows(self):
        """Return ``[(question, answer)]`` of the form in the reader's language."""
        return self.ticket_id._answer_rows_for_approval()

    @api.model
    def _rows_html(self, rows):
        row = Markup("<tr><td class='text-muted pe-3'>%s</td><td>%s</td></tr>")
        body = Markup().join(row % (label, value) for label, value in rows)
        return Markup("<table class='table table-sm mb-0'>%s</table>") % body if body else False

    def _changes_as_html(self):
        rows = [
            (change["label"], Markup("<s>%s</s> → %s") % (change["old"], change["new"]))
            for change in self.approval_id.changes or ()
        ]
        return self._rows_html([(escape(label), text) for label, text in rows])

    def _chain_person(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "name": self.partner_id.name,
            "instead_of": self.principal_id.name if self.is_deputy else "",
            "state": self.state,
            "label": labels[self.state],
            "reason": self.reason or "",
            "decided_at": fields.Datetime.to_string(self.decided_at) if self.decided_at else "",
            "due_at": fields.Datetime.to_string(self.due_at) if self.due_at else "",
        }


class ServiceDeskApproval(models.Model):
    _inherit = "service_desk.approval"

    def _chain(self):
        """Return the rounds of ``self`` as plain data for drawing, in the reader's language."""
        return [
            {
                "id": approval.id,
                "number": approval.number,
                "state": approval.state,
                "label": approval._label("state"),
                "changes": approval.changes or [],
                "steps": [step._chain_step() for step in approval.step_ids],
            }
            for approval in self
        ]

    def _label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")


class ServiceDeskApprovalStep(models.Model):
    _inherit = "service_desk.approval.step"

    def _chain_step(self):
        people = self.request_ids.filtered(lambda request: request.state != "cancelled")
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "label": self._label("state"),
            "note": self._label("skip_code") if self.skip_code else "",
            "needed": self.needed if self.mode == "count" else 0,
            "mode": self._label("mode") if len(self.request_ids) > 1 else "",
            "people": [request._chain_person() for request in people],
        }

    def _label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")
