from babel.units import format_unit

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import babel_locale_parse

#: What the units of Odoo's delays are called by the Unicode consortium, which knows every language's plurals.
CLDR_UNITS = {
    "minutes": "duration-minute",
    "hour": "duration-hour",
    "day": "duration-day",
    "month": "duration-month",
}
DELAY_UNITS = [("minutes", "Minutes"), ("hour", "Hours"), ("day", "Days"), ("month", "Months")]


class ServiceDeskAutomationPreset(models.Model):
    """A ready rule that a desk manager switches on and sets the delay of.

    Odoo lets only system administrators touch automation rules, because these can hold code. A preset is the
    narrow door to one known rule: on, off, how long.
    """

    _name = "service_desk.automation.preset"
    _description = "Ready Automation Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    automation_id = fields.Many2one(
        "base.automation", "Rule", required=True, ondelete="cascade", groups="base.group_system"
    )
    is_on = fields.Boolean(
        "On", compute="_compute_rule", inverse="_inverse_is_on", compute_sudo=True
    )
    has_delay = fields.Boolean(compute="_compute_rule", compute_sudo=True)
    delay = fields.Integer(compute="_compute_rule", inverse="_inverse_delay", compute_sudo=True)
    delay_unit = fields.Selection(
        DELAY_UNITS, compute="_compute_rule", inverse="_inverse_delay", compute_sudo=True
    )
    delay_text = fields.Char(compute="_compute_delay_text")
    stop_count = fields.Integer(
        "Stops", compute="_compute_stop_count", help="How often the rule was stopped on a ticket."
    )

    _automation_uniq = models.UniqueIndex("(automation_id)", "This rule has its preset already.")

    @api.depends(
        "automation_id.active", "automation_id.trg_date_range", "automation_id.trg_date_range_type"
    )
    def _compute_rule(self):
        for preset in self:
            rule = preset.automation_id
            preset.is_on = rule.active
            preset.has_delay = bool(rule.trg_date_id)
            preset.delay = rule.trg_date_range
            preset.delay_unit = rule.trg_date_range_type

    @api.depends("delay", "delay_unit")
    @api.depends_context("lang")
    def _compute_delay_text(self):
        locale = babel_locale_parse(self.env.lang)
        for preset in self:
            unit = CLDR_UNITS.get(preset.delay_unit)
            preset.delay_text = unit and format_unit(preset.delay, unit, locale=locale)

    @api.depends_context("allowed_company_ids")
    def _compute_stop_count(self):
        # sudo: the rule behind the preset is not the manager's to read; only his companies' stops are counted
        rows = (
            self.env["service_desk.automation.stop"]
            .sudo()
            ._read_group(
                [
                    ("automation_id", "in", self.sudo().automation_id.ids),
                    ("ticket_id.company_id", "in", self.env.companies.ids),
                ],
                ["automation_id"],
                ["__count"],
            )
        )
        counts = {rule.id: count for rule, count in rows}
        for preset in self:
            preset.stop_count = counts.get(preset.sudo().automation_id.id, 0)

    def _inverse_is_on(self):
        for preset in self:
            # sudo: the preset's own rule, and nothing of it but whether it is on
            rule_sudo = preset.sudo().automation_id
            if preset.is_on and not rule_sudo.active:
                # else it would fire for whatever came due in all the years before
                rule_sudo.last_run = fields.Datetime.now()
            rule_sudo.active = preset.is_on

    def _inverse_delay(self):
        for preset in self:
            if not preset.has_delay:
                continue
            if preset.delay <= 0 or preset.delay > 10_000 or not preset.delay_unit:
                raise ValidationError(
                    self.env._("“%(rule)s” needs a delay of 1 to 10,000.", rule=preset.name)
                )
            # sudo: as above, and nothing of it but the delay
            preset.sudo().automation_id.write(
                {"trg_date_range": preset.delay, "trg_date_range_type": preset.delay_unit}
            )

    def action_switch(self):
        """Switch the rules on that are off, and off that are on."""
        self.check_access("write")
        for preset in self:
            preset.is_on = not preset.is_on

    def action_open_stops(self):
        """Open the list of tickets on which the rule was stopped."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk_automation.service_desk_automation_stop_action"
        )
        action["domain"] = [("id", "in", self._stop_ids_sudo())]
        return action

    def _stop_ids_sudo(self):
        """Return the newest stops of the rule; sudo: the manager may not search by the rule itself."""
        stops_sudo = self.env["service_desk.automation.stop"].sudo()
        rule_id = self.sudo().automation_id.id
        return stops_sudo.search([("automation_id", "=", rule_id)], limit=1000).ids
