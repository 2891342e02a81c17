from odoo import api, fields, models

from .voters import with_voter

#: So many different people must have meant the same before it counts by itself.
ENOUGH_PEOPLE = 2
TERM_STATES = [("proposed", "Noticed"), ("used", "In use"), ("forbidden", "Forbidden")]


class ServiceDeskCatalogTerm(models.Model):
    """Words by which an offering was not found, and which people who chose it then had used."""

    _name = "service_desk.catalog.term"
    _description = "Learned Search Words"
    _inherit = ["service_desk.kept.mixin"]
    _kept_fields = frozenset({"state"})
    _order = "people desc, text, id"
    _rec_name = "text"

    offering_id = fields.Many2one(
        "service_desk.offering", required=True, index=True, ondelete="cascade", readonly=True
    )
    service_id = fields.Many2one(
        related="offering_id.service_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="offering_id.company_id", store=True, index=True, precompute=True
    )
    text = fields.Char("Words", required=True, readonly=True)
    key = fields.Char(required=True, readonly=True, help="The stems of the words, in order.")
    state = fields.Selection(
        TERM_STATES,
        default="proposed",
        required=True,
        readonly=True,
        help="Noticed words are not used yet: one person used them. Forbidden ones are never used.",
    )
    people = fields.Integer(readonly=True, help="How many different people used these words.")
    last_at = fields.Datetime("Last Used", readonly=True)
    voters = fields.Json(
        groups="base.group_system", help="What tells people apart; not who they are."
    )

    _key_uniq = models.UniqueIndex("(offering_id, key)", "These words are known already.")

    # ------------------------------------------------------------------ buttons
    def action_use(self):
        """Let the words lead to the offering, however few people used them."""
        self.state = "used"
        return True

    def action_forbid(self):
        """Never let the words lead to the offering, however many people use them."""
        self.state = "forbidden"
        return True

    # ----------------------------------------------------------------- learning
    @api.model
    def _learn(self, choices):
        """Take note of ``(offering id, key, text, person, moment)``, each after a search that failed."""
        keys = {(offering_id, key) for offering_id, key, *_rest in choices}
        offering_ids, texts = zip(*keys, strict=True)
        known = self.search([("offering_id", "in", offering_ids), ("key", "in", texts)])
        terms = {(term.offering_id.id, term.key): term for term in known}
        for offering_id, key, text, person, moment in choices:
            term = terms.get((offering_id, key))
            if not term:
                vals = {"offering_id": offering_id, "key": key, "text": text}
                term = terms[offering_id, key] = self.create(vals)
            term._count(person, moment)

    def _count(self, person, moment):
        """Count one more person who used the words."""
        voters = with_voter(self.voters, person)
        self.write({"voters": voters, "people": max(len(voters), self.people), "last_at": moment})
        if self.state == "proposed" and self.people >= ENOUGH_PEOPLE:
            self.state = "used"
