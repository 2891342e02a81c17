from odoo import api, fields, models, tools

EVENTS = [
    ("opened", "My request has arrived"),
    ("state", "The state has changed"),
    ("promise", "Next step or next update"),
    ("merged", "My request goes on under another number"),
    ("assigned", "A ticket is given to me"),
    ("woke", "My waiting ticket wakes"),
    ("new_in_team", "A new ticket in my team"),
    ("requester_wrote", "A requester wrote on a ticket that nobody has taken"),
    ("stage", "A stage of which the workflow tells"),
    ("moved", "The workflow brings a ticket to me or my team"),
    ("escalated", "A ticket is escalated to me"),
    ("task_ready", "I can begin with a task"),
    ("task_in_team", "A task is ready in my team"),
    ("task_late", "A task is late"),
]
MODES = [("now", "At once"), ("digest", "Once a day"), ("never", "Never")]
#: What holds where neither the person nor his company has decided.
DEFAULT_MODES = {
    "opened": "now",
    "state": "now",
    "promise": "now",
    "merged": "now",
    "assigned": "now",
    "woke": "now",
    "new_in_team": "never",
    "requester_wrote": "never",
    "stage": "now",
    "moved": "now",
    "escalated": "now",
    "task_ready": "now",
    "task_in_team": "now",
    "task_late": "now",
}


class ServiceDeskNoticePreference(models.Model):
    """Who wants to hear of what, and how soon. A line without a person is the default of its company."""

    _name = "service_desk.notice.preference"
    _description = "Notice Preference"
    _inherit = "service_desk.kept.mixin"
    _order = "partner_id, event"

    partner_id = fields.Many2one("res.partner", "Person", ondelete="cascade")
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="cascade",
        index=True,
        help="For the default of a company.",
    )
    event = fields.Selection(EVENTS, required=True)
    mode = fields.Selection(MODES, required=True, default="now")

    _person_uniq = models.UniqueIndex(
        "(partner_id, event) WHERE partner_id IS NOT NULL",
        "This person has decided about this event already.",
    )
    _company_uniq = models.UniqueIndex(
        "(company_id, event) WHERE partner_id IS NULL",
        "The company has a default for this event already.",
    )
    _owner = models.Constraint(
        "CHECK (partner_id IS NOT NULL OR company_id IS NOT NULL)",
        "A preference belongs to a person or a company.",
    )

    @api.depends("partner_id")
    def _compute_company_id(self):
        for preference in self:
            preference.company_id = (
                False if preference.partner_id else preference.company_id or self.env.company
            )

    @api.model
    def _modes_by_default(self):
        """Return ``{event: mode}`` where nobody has decided; add-ons add their events."""
        return dict(DEFAULT_MODES)

    @api.model
    @tools.ormcache("company_id")
    def _company_modes(self, company_id):
        """Return ``{event: mode}`` of a company; kept until a manager changes it."""
        domain = [("partner_id", "=", False), ("company_id", "=", company_id)]
        chosen = {line.event: line.mode for line in self.sudo().search(domain)}
        return self._modes_by_default() | chosen

    @api.model
    def _modes(self, partners):
        """Return ``{(partner id, event): mode}`` for what the partners themselves have chosen: one query."""
        # sudo: how somebody wants to be told is obeyed by whoever causes the notice
        lines_sudo = self.sudo().search([("partner_id", "in", partners.ids)])
        return {(line.partner_id.id, line.event): line.mode for line in lines_sudo}
