"""Ask the desk about a record: an invoice, an order, a machine – by anybody who may read it."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mail import plaintext2html

#: Records of one report that are named; a list of a thousand selected rows is not a problem report.
MOST_RECORDS = 50


class ServiceDeskReportProblem(models.TransientModel):
    """What an employee says about the record in front of him; confirming it makes the ticket.

    Several records selected in a list make one ticket: the first is its origin, the others are named in
    its description, because one person describes one problem.
    """

    _name = "service_desk.report.problem"
    _description = "Report a Problem"

    origin_model = fields.Char(readonly=True)
    origin_ids = fields.Json(readonly=True)
    origin_name = fields.Char("About", compute="_compute_origin_name")
    name = fields.Char("Subject", required=True)
    description = fields.Text(
        "What happened?", help="What did you do, what did you expect, what came instead?"
    )
    impact = fields.Selection(
        [("1", "Only me"), ("2", "Several people or a whole place"), ("3", "The whole company")],
        "Whom does it hit?",
        default="1",
        required=True,
    )
    urgency = fields.Selection(
        [
            ("1", "I can go on meanwhile"),
            ("2", "I can work, but with difficulty"),
            ("3", "I cannot work at all"),
        ],
        "How much does it hinder?",
        default="2",
        required=True,
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files", bypass_search_access=True)

    @api.model_create_multi
    def create(self, vals_list):
        # The client shows these but does not send them: they come from the record the person stands on.
        origin = self._origin_from_context()
        return super().create([{**vals, **origin} for vals in vals_list])

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        origin = self._origin_from_context()
        return {**values, **{name: value for name, value in origin.items() if name in fields_list}}

    @api.model
    def _origin_from_context(self):
        """Return the model and the ids that the person reports about."""
        model, ids = self.env.context.get("active_model"), self.env.context.get("active_ids")
        if not isinstance(ids, list) or not ids:
            ids = [self.env.context.get("active_id")]
        ids = [res_id for res_id in ids if isinstance(res_id, int) and not isinstance(res_id, bool)]
        return {
            "origin_model": model if isinstance(model, str) else False,
            "origin_ids": ids[:MOST_RECORDS],
        }

    @api.depends("origin_model", "origin_ids")
    def _compute_origin_name(self):
        for wizard in self:
            records = wizard._get_records()
            wizard.origin_name = ", ".join(records[:3].mapped("display_name")) if records else False
            if len(records or ()) > 3:
                wizard.origin_name += f" + {len(records) - 3}"

    def _get_records(self):
        """Return the reported records when the person may read all of them, else ``None``."""
        self.ensure_one()
        model = self.origin_model
        if not self.env["service_desk.report.source"]._for_model_sudo(model):
            return None
        # What does not exist and what is not his look alike.
        records = self.env[model].browse(self.origin_ids or []).exists()
        if not records or len(records) != len(self.origin_ids) or not records.has_access("read"):
            return None
        return records

    def action_confirm(self):
        """Make the ticket and say its number; a second click gives the same ticket.

        :raises UserError: when the record is not the person's to read, or offers no reporting
        """
        self.ensure_one()
        records = self._get_records()
        if records is None:
            raise UserError(
                self.env._(
                    "You cannot report a problem about this record: it does not exist, or you may not see it."
                )
            )
        ticket_sudo = self._make_ticket_sudo(records)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": True,
                "title": self.env._("Ticket %(number)s", number=ticket_sudo.number),
                "message": self.env._("The service desk has got your report and will answer you."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _make_ticket_sudo(self, records):
        """Return the ticket about ``records``.

        sudo: whoever reports needs no right on tickets; what he may say is what this form asks.
        """
        files = self._take_files()
        source_sudo = self.env["service_desk.report.source"]._for_model_sudo(records._name)
        tickets_sudo = self.env["service_desk.ticket"].sudo()
        return tickets_sudo._intake(self._prepare_ticket_vals(records, source_sudo), files)

    def _prepare_ticket_vals(self, records, source_sudo):
        """Return the values of the ticket, as :meth:`_intake` takes them."""
        team_sudo = source_sudo.team_id
        if not team_sudo or team_sudo.company_id not in self.env.user.company_ids:
            team_sudo = source_sudo.env["service_desk.team"]._default_for(self.env.user)
        if not team_sudo:
            raise UserError(self.env._("There is no team that could take your report yet."))
        vals = {
            "name": self.name,
            "description": self._describe(records),
            "channel": "record",
            "source_ref": f"report:{self.id}",
            "team_id": team_sudo.id,
            "partner_id": self.env.user.partner_id.id,
            "impact": self.impact,
            "urgency": self.urgency,
            "origin_model": records._name,
            "origin_id": records[0].id,
            "origin_name": records[0].display_name,
        }
        if source_sudo.type_id:
            vals["type_id"] = source_sudo.type_id.id
        return vals

    def _describe(self, records):
        text = plaintext2html(self.description or self.name)
        if len(records) == 1:
            return text
        items = Markup().join(
            Markup("<li>%s</li>") % name for name in records[1:].mapped("display_name")
        )
        return text + Markup("<p>%s</p><ul>%s</ul>") % (self.env._("Also about:"), items)

    def _take_files(self):
        """Return the uploaded files as ``(name, bytes)``: only those the person has sent with this form."""
        # sudo: to look at the owner before anything is read
        files_sudo = self.attachment_ids.sudo()
        foreign = files_sudo.filtered(lambda file: file.create_uid != self.env.user or file.res_id)
        if foreign:
            raise AccessError(
                self.env._("You can only send files that you have uploaded to this report.")
            )
        return [(file.name, file.raw or b"") for file in files_sudo]
