from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .voters import with_voter

#: What nobody asked again is forgotten after so many days.
KEPT_DAYS = 180
MISS_STATES = [
    ("open", "To Look At"),
    ("led", "Led to an Offering"),
    ("ignored", "Nothing of Ours"),
]


class ServiceDeskCatalogMiss(models.Model):
    """Words by which people found nothing, or nothing that they wanted."""

    _name = "service_desk.catalog.miss"
    _description = "What Was Not Found"
    _order = "people desc, searches desc, id"
    _rec_name = "text"

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    text = fields.Char("Words", required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    had_hits = fields.Boolean(
        "Something Was Found", readonly=True, help="Offerings were shown, and none was chosen."
    )
    searches = fields.Integer(readonly=True)
    people = fields.Integer(readonly=True, help="How many different people searched for it.")
    last_at = fields.Datetime("Last Searched", readonly=True)
    chosen_id = fields.Many2one(
        "service_desk.offering",
        "Chosen Afterwards",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="What the last person who searched for it took in the end.",
    )
    offering_id = fields.Many2one(
        "service_desk.offering",
        "Should Lead To",
        index="btree_not_null",
        ondelete="set null",
        domain="[('state', '=', 'published')]",
    )
    state = fields.Selection(MISS_STATES, default="open", required=True, readonly=True, index=True)
    voters = fields.Json(groups="base.group_system")

    _key_uniq = models.UniqueIndex("(company_id, key)", "These words are known already.")

    # ------------------------------------------------------------------ buttons
    def action_lead(self):
        """Let the words lead to the offering that was chosen for them.

        :raises UserError: where no offering is chosen
        :raises AccessError: where the offering is not the user's to edit
        """
        self.check_access("write")
        for miss in self:
            offering = miss.offering_id or miss.chosen_id
            if not offering:
                raise UserError(self.env._("Choose first which offering the words should lead to."))
            offering.check_access("write")
            offering._lead_here(miss.text)
            miss.write({"offering_id": offering.id, "state": "led"})
        return True

    def action_ignore(self):
        """Take the words off the list: they ask for nothing that is provided."""
        self.state = "ignored"
        return True

    # ----------------------------------------------------------------- counting
    @api.model
    def _note(self, misses):
        """Count ``(company id, key, text, person, moment, had hits, offering id or False)``."""
        known = self.search([("key", "in", [miss[1] for miss in misses])])
        rows = {(row.company_id.id, row.key): row for row in known}
        for company_id, key, text, person, moment, had_hits, chosen_id in misses:
            row = rows.get((company_id, key))
            if not row:
                vals = {"company_id": company_id, "key": key, "text": text}
                row = rows[company_id, key] = self.create(vals)
            voters = with_voter(row.voters, person)
            row.write(
                {
                    "voters": voters,
                    "people": max(row.people, len(voters)),
                    "searches": row.searches + 1,
                    "last_at": moment,
                    "had_hits": had_hits,
                    "chosen_id": chosen_id or row.chosen_id.id,
                }
            )

    @api.autovacuum
    def _gc_old(self):
        """Forget what nobody asked for again."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("last_at", "<", limit)], limit=10_000).unlink()
