"""How often a rule has decided: counted from the decisions, so that no ticket waits for a counter's row."""

from odoo import api, fields, models
from odoo.tools import SQL

USE_DAYS = 30
MOST_TICKETS = 1_000
#: The numbers count tickets of hidden teams too.
READERS = "service_desk.service_desk_group_manager,service_desk.service_desk_group_auditor"


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    _routing_rule_index = models.Index(
        "(((payload ->> 'rule_id')::integer), create_date) WHERE kind = 'routing'"
    )


class ServiceDeskRoutingRule(models.Model):
    _inherit = "service_desk.routing.rule"

    use_count = fields.Integer(
        "Used in 30 Days",
        compute="_compute_use",
        groups=READERS,
        help="Tickets that the rule decided on.",
    )
    last_used_at = fields.Datetime("Last Used", compute="_compute_use", groups=READERS)

    @api.depends_context("allowed_company_ids")
    def _compute_use(self):
        self.env["service_desk.decision"].flush_model(["kind", "payload"])
        found = {
            rule_id: (number, last)
            for rule_id, number, last in self.env.execute_query(self._use_sql())
        }
        for rule in self:
            rule.use_count, rule.last_used_at = found.get(rule._origin.id, (0, False))

    def _use_sql(self):
        """Return ``(rule, number, last moment)``; of a rule of all companies only what one's own companies have."""
        decided = SQL(
            """FROM service_desk_decision decision
              WHERE decision.kind = 'routing' AND (decision.payload ->> 'rule_id')::integer = rule.id
                AND (rule.company_id IS NOT NULL
                     OR EXISTS (SELECT FROM service_desk_ticket ticket
                                 WHERE ticket.id = decision.ticket_id AND ticket.company_id = ANY(%s)))""",
            self.env.companies.ids,
        )
        return SQL(
            """SELECT rule.id,
                      (SELECT count(*) %(decided)s
                          AND decision.create_date > (now() AT TIME ZONE 'UTC') - %(days)s * interval '1 day'),
                      (SELECT decision.create_date %(decided)s ORDER BY decision.create_date DESC LIMIT 1)
                 FROM service_desk_routing_rule rule WHERE rule.id = ANY(%(ids)s)""",
            decided=decided,
            days=USE_DAYS,
            ids=self._origin.ids,
        )

    def action_open_tickets(self):
        """Open the tickets on which the rule decided last, those that the user may see."""
        self.check_access("read")
        rows = self.env.execute_query(
            SQL(
                """SELECT ticket_id FROM service_desk_decision
                    WHERE kind = 'routing' AND (payload ->> 'rule_id')::integer = ANY(%s)
                 ORDER BY create_date DESC LIMIT %s""",
                self.ids,
                MOST_TICKETS,
            )
        )
        tickets = self.env["service_desk.ticket"].with_context(active_test=False)
        visible = tickets.search([("id", "in", [ticket_id for (ticket_id,) in rows])])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_ticket_action"
        )
        action["domain"] = [("id", "in", visible.ids)]
        action["context"] = {}
        return action

    @api.model
    def _mark_trouble(self, passed_over):
        """Mark rules that could not be asked: ``[(compiled rule, error)]``; each once, until it is saved again."""
        # sudo: a request of anybody may meet a broken rule
        for rule, error in passed_over:
            rule_sudo = self.sudo().browse(rule.id).exists()
            if rule_sudo and not rule_sudo.trouble:
                rule_sudo.trouble = str(error)[:200] or type(error).__name__
