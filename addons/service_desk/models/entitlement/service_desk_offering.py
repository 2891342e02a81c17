from odoo import fields, models


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    entitlement_ids = fields.One2many(
        "service_desk.entitlement", "offering_id", "For Whom", copy=True
    )

    def _is_for(self, partner):
        """Tell whether the offering is published and ``partner`` may use it; an unknown id is for nobody."""
        if not self or not partner:
            return False
        entitlements = self.env["service_desk.entitlement"]
        facts = entitlements._facts_of(partner)[partner.id]
        return entitlements._rulebook().is_for(self.id, facts)

    def _why_not_for(self, partner):
        """Return why ``partner`` may not use the offering, in sentences for its owner; empty when he may."""
        self.ensure_one()
        return self._finding(partner)["reasons"]

    def _finding(self, partner):
        """Return what decides for ``partner``: see :meth:`_judge`."""
        return self._judge(self.env["service_desk.entitlement"]._facts_of(partner)[partner.id])

    def _judge(self, facts):
        """Return what decides for a person of these facts: ``{"is_for", "reasons", "grounds"}``, in words.

        ``grounds`` are the rows that let him pass; ``reasons`` say why not.
        """
        self.ensure_one()
        rulebook = self.env["service_desk.entitlement"]._rulebook()
        reasons = [*self._reasons_of_state(rulebook), *self._reasons_of_person(rulebook, facts)]
        grounds = []
        for key in rulebook.terms[self.id].levels:
            level = rulebook.levels[key]
            if row := level.refusal(facts):
                reasons.append(self._told(key, row))
            elif row := level.permission(facts):
                grounds.append(self._told(key, row))
            else:
                reasons += [self._missed(key, row, facts) for row in level.allowing]
        return {"is_for": not reasons, "reasons": reasons, "grounds": [] if reasons else grounds}

    def _reasons_of_state(self, rulebook):
        if rulebook.terms[self.id].is_published:
            return []
        if self.state == "draft":
            return [self.env._("It is a draft: nobody may use it yet.")]
        return [self.env._("It is offered no more: it or its service is retired.")]

    def _reasons_of_person(self, rulebook, facts):
        if not facts.get("kind"):
            return [self.env._("The person is unknown, or works here no longer.")]
        if not rulebook.is_in_company(self.id, facts):
            company_sudo = self.company_id.sudo()  # the owner of an offering knows its company
            return [
                self.env._(
                    "It belongs to %(company)s, and the person does not.", company=company_sudo.name
                )
            ]
        return []

    def _told(self, key, row):
        """Return a row in words, with the service that it comes from."""
        text = self.env["service_desk.entitlement"].browse(row.id).text
        kind, place_id = key
        if kind == "offering":
            return text
        service = self.env["service_desk.service"].browse(place_id)
        return self.env._("%(row)s (of the service %(service)s)", row=text, service=service.name)

    def _missed(self, key, row, facts):
        """Return a row in words, with the conditions of it that do not hold."""
        if row.is_broken:
            return self._told(key, row)
        phrases = self.env["service_desk.entitlement"].browse(row.id)._phrases()
        missed = [phrases[dimension] for dimension in row.misses(facts) if dimension in phrases]
        return self.env._(
            "%(row)s. Does not hold: %(missed)s.",
            row=self._told(key, row),
            missed="; ".join(missed),
        )
