"""What the catalog shows: plain data in the caller's language, of what the person may use only."""

from odoo import api, models


class ServiceDeskCatalog(models.AbstractModel):
    _inherit = "service_desk.catalog"

    @api.model
    @api.readonly
    def get_catalog(self, partner_id=False):
        """Return the catalog of a person: services as a tree, and what can be asked of them.

        :param int partner_id: for whom an agent asks; nobody else may name one
        :return: ``{"person": {id, name}, "can_choose_person": bool, "services": [{id, name, parent_id, text, icon,
            image}], "offerings": [{id, name, summary, service_id, price, icon, image, state, state_label,
            can_edit}]}``; ``image`` is an address or False, ``price`` a text or empty. Services without anything for
            the person are left out. Owners and managers see besides what they work on: drafts and what is retired.
        :raises AccessError: for a visitor, or for a person whom the user cannot ask for
        """
        partner = self._person(partner_id)
        in_work = self._offerings_in_work(partner)
        offerings_sudo = self._told_offerings_sudo({*self._visible_ids(partner), *in_work.ids})
        services_sudo = self._services_above(offerings_sudo.service_id)
        with_image = self._ids_with_image(offerings_sudo) | self._ids_with_image(services_sudo)
        editable = self._editable_ids(offerings_sudo)
        return {
            "person": {"id": partner.id, "name": partner.name or ""},
            "can_choose_person": self._may_ask_for_others(),
            "services": [self._told_service(service, with_image) for service in services_sudo],
            "offerings": [
                {
                    **self._told_offering(offering, with_image),
                    "can_edit": offering.id in editable,
                }
                for offering in offerings_sudo
            ],
        }

    @api.model
    def _told_offerings_sudo(self, ids):
        """Return offerings with what a card tells; sudo: only what the person may use, or works on, is read."""
        return (
            self.env["service_desk.offering"]
            .sudo()
            .search_fetch(
                [("id", "in", list(ids))],
                ["name", "summary", "service_id", "price", "company_id", "write_date"],
            )
        )

    @api.model
    @api.readonly
    def get_offering(self, offering_id, partner_id=False):
        """Return an offering with all that a person needs to ask for it.

        :param int partner_id: for whom an agent asks
        :return: what :meth:`get_catalog` tells of it, and ``service`` (the way down to it), ``description`` (html),
            ``definition`` of its form or False, ``answers`` that are filled in for the person and ``names`` of the
            records in them (see docs/developers/forms.md), ``next`` (what will happen, sentences)
        :raises AccessError: when there is none such, or it is not for this person
        """
        partner = self._person(partner_id)
        offering_sudo = self._offering_argument(offering_id, partner)
        return {
            **self._told_offering(offering_sudo, self._ids_with_image(offering_sudo)),
            "can_edit": bool(self._editable_ids(offering_sudo)),
            "person": {"id": partner.id, "name": partner.name or ""},
            "service": offering_sudo.service_id.complete_name,
            "description": offering_sudo.description or "",
            **self._told_form(offering_sudo, partner),
            "next": self._next_steps(offering_sudo, partner),
        }

    @api.model
    @api.readonly
    def find_answer_records(self, offering_id, key, text="", partner_id=False):
        """Return what a person may answer to a question about a record: ``[{"id", "name"}]``.

        :param str key: of the question
        :param str text: a part of the name
        :raises AccessError: when the offering is not for this person
        """
        partner = self._person(partner_id)
        version = self._offering_argument(offering_id, partner)._form_version()
        return version._find_records(key, text, partner) if version else []

    # ------------------------------------------------------------------ inside
    @api.model
    def _offerings_in_work(self, partner):
        """Return the drafts and retired offerings that the user may edit; none in another person's catalog."""
        offerings = self.env["service_desk.offering"]
        if partner != self.env.user.partner_id or not offerings.has_access("write"):
            return offerings
        found = offerings.search([("state", "!=", "published")])
        return found._filtered_access("write")

    @api.model
    def _services_above(self, services_sudo):
        """Return the services with all that they are part of, in the order of the tree."""
        steps = {int(s) for service in services_sudo for s in service.parent_path.split("/") if s}
        return services_sudo.with_context(active_test=False).search(
            [("id", "in", list(steps))], order="sequence, name, id"
        )

    @api.model
    def _ids_with_image(self, records_sudo):
        """Return ``{(model, id)}`` of the records that have a picture, without reading it."""
        files_sudo = self.env["ir.attachment"].sudo()
        found = files_sudo.search_fetch(
            [
                ("res_model", "=", records_sudo._name),
                ("res_field", "=", "image_128"),
                ("res_id", "in", records_sudo.ids),
            ],
            ["res_model", "res_id"],
        )
        return {(file.res_model, file.res_id) for file in found}

    @api.model
    def _image_url(self, record_sudo, with_image):
        if (record_sudo._name, record_sudo.id) not in with_image:
            return False
        kind = record_sudo._name.removeprefix("service_desk.")
        stamp = int(record_sudo.write_date.timestamp())
        return f"/service_desk/catalog/{kind}/{record_sudo.id}/image?unique={stamp}"

    @api.model
    def _shows(self, kind, record_id):
        """Tell whether the user may see the picture of an offering or a service."""
        record = self.env[f"service_desk.{kind}"].browse(record_id).exists()
        if not record or record.has_access("read"):
            return bool(record)
        visible = self._visible_ids(self.env.user.partner_id)
        if kind == "offering":
            return record_id in visible
        # sudo: a service shows with what the person may ask of it
        offerings_sudo = self.env["service_desk.offering"].sudo()
        below = [("id", "in", list(visible)), ("service_id", "child_of", record_id)]
        return bool(offerings_sudo.search_count(below, limit=1))

    @api.model
    def _shown_sudo(self, model, record_id):
        """Return the record whose picture is shown; sudo: :meth:`_shows` has said that the user may see it."""
        return self.env[model].sudo().browse(record_id)

    @api.model
    def _told_service(self, service_sudo, with_image):
        return {
            "id": service_sudo.id,
            "name": service_sudo.name,
            "parent_id": service_sudo.parent_id.id,
            "text": service_sudo.description or "",
            "icon": service_sudo._icon() or "fa-life-ring",
            "image": self._image_url(service_sudo, with_image),
        }

    @api.model
    def _told_offering(self, offering_sudo, with_image):
        return {
            "id": offering_sudo.id,
            "name": offering_sudo.name,
            "summary": offering_sudo.summary or "",
            "service_id": offering_sudo.service_id.id,
            "price": offering_sudo._price_text(),
            "state": offering_sudo.state,
            "state_label": self._state_label(offering_sudo),
            "icon": offering_sudo._icon(),
            "image": self._image_url(offering_sudo, with_image),
        }

    @api.model
    def _state_label(self, offering_sudo):
        """Return the name of a state that is not the plain one."""
        labels = dict(offering_sudo._fields["state"]._description_selection(self.env))
        return "" if offering_sudo.state == "published" else labels[offering_sudo.state]

    @api.model
    def _editable_ids(self, offerings_sudo):
        """Return the ids of those offerings that the user himself may edit."""
        offerings = self.env["service_desk.offering"]
        if not offerings.has_access("write"):
            return set()
        return set(offerings.browse(offerings_sudo.ids)._filtered_access("write").ids)

    @api.model
    def _told_form(self, offering_sudo, partner):
        """Return the form of an offering and what is filled in already."""
        version = offering_sudo._form_version()
        if not version:
            return {"definition": False, "answers": {}, "names": {}}
        answers = version._prefill_values(partner)
        names = self.env["service_desk.answer"]._names(version.definition, answers)
        return {
            "definition": version._client_definition(),
            "answers": answers,
            "names": version._names_for_client(names),
        }

    @api.model
    def _next_steps(self, offering_sudo, partner):
        """Hook: return what will happen when the person asks for it, one sentence each."""
        steps = []
        if offering_sudo.approval_policy_id:
            steps.append(self.env._("It must be approved before work starts."))
        email = partner.sudo().email  # sudo: of the person for whom is asked
        if email:
            steps.append(self.env._("The answer comes to %(email)s.", email=email))
        return steps
