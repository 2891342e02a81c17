"""An agreement's own figures: the last twelve months, its reports, its clocks."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from .service_desk_agreement_report_numbers import percent

BOARD_MONTHS = 12


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    report_ids = fields.One2many("service_desk.agreement.report", "agreement_id", "Monthly Reports")
    report_count = fields.Integer(compute="_compute_report_count")
    mailing_ids = fields.One2many("service_desk.agreement.mailing", "agreement_id", "Sent Monthly")
    report_shows_confidential = fields.Boolean(
        "Reports Show Confidential Subjects",
        help="Otherwise reports tell of confidential tickets, and of those of private teams, by number only.",
    )
    report_names_legs = fields.Boolean(
        "Reports Name Teams and Suppliers",
        help="Otherwise reports tell only whether time was lost by us, a supplier or the requester.",
    )
    signatory = fields.Char("Signs for Us", help="Name and position, as they stand on the act.")
    other_signatory = fields.Char("Signs for the Other Party")
    compliance_board = fields.Json(compute="_compute_compliance_board")
    ticket_count = fields.Integer("Tickets", compute="_compute_compliance_board")

    def _compute_report_count(self):
        # counted with the reader's own rights: who may not read reports sees none
        reports = self.env["service_desk.agreement.report"]
        if not reports.has_access("read"):
            self.report_count = 0
            return
        counts = dict(
            reports._read_group([("agreement_id", "in", self.ids)], ["agreement_id"], ["__count"])
        )
        for agreement in self:
            agreement.report_count = counts.get(agreement._origin, 0)

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_compliance_board(self):
        """The last twelve months by metric, from the clocks that the reader may see."""
        rows = self.env["service_desk.sla.report"]
        first = fields.Date.context_today(self) + relativedelta(months=1 - BOARD_MONTHS, day=1)
        months = [first + relativedelta(months=number) for number in range(BOARD_MONTHS)]
        boards, tickets = {}, {}
        if rows.has_access("read") and self._origin:
            domain = [
                ("agreement_id", "in", self._origin.ids),
                ("decided_at", ">=", first),
                ("outcome", "in", ("met", "missed", "excused")),
            ]
            for agreement, metric, month, met, missed, excused in rows._read_group(
                domain,
                ["agreement_id", "metric_id", "decided_at:month"],
                ["met:sum", "missed:sum", "excused:sum"],
            ):
                board = boards.setdefault(agreement.id, {}).setdefault(metric, {})
                board[month.date()] = {"met": met, "missed": missed, "excused": excused}
            tickets = dict(rows._read_group(domain, ["agreement_id"], ["ticket_id:count_distinct"]))
        labels = [format_date(self.env, month, date_format="LLL") for month in months]
        for agreement in self:
            board = boards.get(agreement._origin.id, {})
            agreement.ticket_count = tickets.get(agreement._origin, 0)
            agreement.compliance_board = {
                "months": labels,
                "metrics": [
                    board_row(metric, board[metric], months)
                    for metric in sorted(board, key=lambda metric: (metric.sequence, metric.id))
                ],
            }

    def _reporting_tz(self):
        """Return the name of the time zone in which the months of the agreement begin: that of its hours."""
        agreement_sudo = self.sudo()  # sudo: whoever works by a calendar need not read it
        calendar = agreement_sudo.calendar_id or agreement_sudo.company_id.resource_calendar_id
        return calendar.tz or "UTC"

    def _check_report_contacts(self, contacts, customer):
        """Refuse to send what is told of one party to people of another.

        :raises ValidationError: names whom the report would not be for
        """
        self.ensure_one()
        ours = contacts.filtered(
            lambda partner: partner.user_ids.filtered(lambda user: not user.share)
        )
        families = (
            customer | (self.supplier_id if self.kind == "uc" else customer)
        ).commercial_partner_id
        known = self.env["res.partner"].search(
            [
                ("id", "in", (contacts - ours).ids),
                ("commercial_partner_id", "child_of", families.ids),
            ]
        )
        strangers = contacts - ours - known
        if strangers:
            raise ValidationError(
                self.env._(
                    "The report would tell %(names)s of tickets of others. Choose people of the customer, or colleagues.",
                    names=", ".join(strangers.mapped("display_name")),
                )
            )

    # ------------------------------------------------------------------ actions
    def action_open_clocks(self):
        """Open the analysis of this agreement."""
        return self._open_analysis("service_desk_sla_report_action")

    def action_open_legs(self):
        """Open who used the time of this agreement."""
        return self._open_analysis("service_desk_sla_leg_report_action")

    def _open_analysis(self, name):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(f"service_desk_sla.{name}")
        self.env[action["res_model"]].check_access("read")
        context = {"search_default_year": 1, "search_default_agreement_id": self.id}
        return {**action, "context": context}

    def action_open_tickets(self):
        """Open the tickets of this agreement."""
        self.ensure_one()
        self.env["service_desk.ticket"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_ticket_action"
        )
        return {**action, "domain": [("clock_ids.agreement_id", "=", self.id)], "context": {}}

    def action_open_reports(self):
        """Open the monthly reports of this agreement."""
        self.ensure_one()
        self.env["service_desk.agreement.report"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk_sla.service_desk_agreement_report_action"
        )
        return {
            **action,
            "domain": [("agreement_id", "=", self.id)],
            "context": {"default_agreement_id": self.id},
        }


def board_row(metric, by_month, months):
    """Return the months of one metric as plain data; None where nothing was measured."""
    cells = [by_month.get(month) for month in months]
    total = {
        name: sum(cell[name] for cell in cells if cell) for name in ("met", "missed", "excused")
    }
    return {
        "name": metric.display_name,
        "cells": [
            cell and {**cell, "percent": percent(cell["met"], cell["met"] + cell["missed"])}
            for cell in cells
        ],
        "percent": percent(total["met"], total["met"] + total["missed"]),
        **total,
    }
