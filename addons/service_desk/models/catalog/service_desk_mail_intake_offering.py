"""Mail to an address of an offering becomes a request of it, where its sender may ask for it."""

from odoo import api, fields, models

from ..form.service_desk_form_version import FormRefused


class ServiceDeskTeamAddress(models.Model):
    _inherit = "service_desk.team.address"

    offering_id = fields.Many2one(
        "service_desk.offering",
        ondelete="set null",
        index="btree_not_null",
        help="Mail that arrives here asks for it, where the sender may and its form demands no more.",
    )

    def _ticket_defaults(self):
        values = super()._ticket_defaults()
        return {**values, "offering_id": self.offering_id.id} if self.offering_id else values

    def write(self, vals):
        result = super().write(vals)
        if "offering_id" in vals:
            self._refresh_alias_defaults()
        return result


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    def _alias_fields(self):
        return super()._alias_fields() | {"offering_id"}

    def _ticket_vals(self, job, requester, people, original, follows):
        vals = super()._ticket_vals(job, requester, people, original, follows)
        offering_id = vals.pop("offering_id", False)
        if not offering_id or follows:
            return vals
        partner = people.get(requester[1], self.env["res.partner"])
        is_proven = job.verdict.result != "fail"
        text = self._routing_facts(job, original, follows)["text"]
        offering, refusal = self.env["service_desk.catalog"]._offering_of_mail(
            offering_id, partner, text, is_proven
        )
        if refusal:
            job.facts["offering_refusal"] = refusal
        elif offering:
            # the address says what is asked for; the offering says the rest
            decided = offering._ticket_values()
            vals.update({name: decided[name] for name in decided if name != "tag_ids"})
            vals["offering_id"] = offering.id
        return vals

    def _make_ticket(self, job, original=None, follows=None):
        vals = super()._make_ticket(job, original, follows)
        if refusal := job.facts.pop("offering_refusal", None):
            job.ticket._explain("offering", refusal)
        return vals


class ServiceDeskCatalog(models.AbstractModel):
    _inherit = "service_desk.catalog"

    @api.model
    def _offering_of_mail(self, offering_id, partner, text="", is_proven=True):
        """Return the offering that a message asks for, or why it is none.

        :param str text: of the message; its lines may answer the form
        :param is_proven: whether the sender is who he says
        :return: ``(offering, None)``; ``(empty, payload of a decision)``; ``(empty, None)`` where there is none
        """
        # sudo: mail is the desk's; whether the sender may use it is asked here
        offering_sudo = self.env["service_desk.offering"].sudo().browse(offering_id).exists()
        nothing = offering_sudo.browse()
        if not offering_sudo or offering_sudo.state != "published":
            return nothing, None
        payload = {
            "event": "not_used",
            "offering_id": offering_sudo.id,
            "offering": offering_sudo.name,
        }
        if not is_proven:
            return nothing, {**payload, "reason": "unproven"}
        if offering_sudo.id not in self._visible_ids(partner):
            return nothing, {**payload, "reason": "not_for"}
        version = offering_sudo._form_version()
        if version and (keys := self._questions_left(version, partner, text)):
            return nothing, {
                **payload,
                "reason": "questions",
                "version_id": version.id,
                "keys": keys,
            }
        return offering_sudo, None

    @api.model
    def _questions_left(self, version, partner, text):
        """Return the keys of the questions that a text leaves open and that must be answered."""
        told = self.env["service_desk.ticket"]._answers_told(version, partner, {"text": text})
        try:
            version._check(told, partner, hidden="drop")
        except FormRefused as refusal:
            return sorted({path.partition(".")[0] for path in refusal.errors})
        return []
