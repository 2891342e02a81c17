"""What the builder and the preview ask the server; nothing of it is kept."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...forms import normalise, read
from .service_desk_form_resolver import Resolver
from .service_desk_form_version import FormRefused

MOST_FOUND = 20


class PreviewResolver(Resolver):
    """Files of a preview are never sent: what the browser tells of them is what is checked."""

    def __init__(self, env, partner, files):
        super().__init__(env, partner)
        self.told = files

    def files(self, ids):
        return {file_id: self.told[file_id] for file_id in ids if file_id in self.told}


class ServiceDeskForm(models.Model):
    _inherit = "service_desk.form"

    def action_build(self):
        """Open the builder on the form."""
        self.ensure_one()
        return self._screen_action("service_desk.service_desk_form_builder_action")

    def action_preview(self):
        """Open the form as a requester sees it."""
        self.ensure_one()
        return self._screen_action("service_desk.service_desk_form_preview_action")

    def _screen_action(self, xmlid):
        action = self.env["ir.actions.actions"]._for_xml_id(xmlid)
        return dict(action, context={"active_id": self.id, "active_model": self._name})

    @api.model
    @api.readonly
    def get_builder_facts(self):
        """Return what can be asked here: ``kinds`` as ``[key, label]``, ``prefills``, ``languages`` as ``[code, name]``."""
        self.check_access("read")
        kinds = self.env["service_desk.form.kind"]
        return {
            "kinds": [["section", self.env._("Section")], *map(list, kinds._kinds().items())],
            "prefills": [
                {"key": fact, "label": label, "kinds": sorted(fitting)}
                for fact, (label, fitting) in kinds._prefills().items()
            ],
            "languages": [list(language) for language in self.env["res.lang"].get_installed()],
        }

    # ------------------------------------------------------------------ pickers
    @api.model
    @api.readonly
    def find_records(self, kind, text, partner_id=False):
        """Return ``[{"id", "name"}]`` of the records that may be answered to a question of ``kind``.

        :param partner_id: who is asked, for a preview; the user himself when not given. Nobody is shown what the user
            himself may not read.
        """
        self.check_access("read")
        found = self._records_of_kind(kind, partner_id)
        if not found:
            return []
        model, domain = found
        names = model.name_search(str(text or "")[:80], domain, limit=MOST_FOUND)
        return self._readable(model._name, [record_id for record_id, _name in names])

    @api.model
    @api.readonly
    def name_records(self, kind, ids, partner_id=False):
        """Return ``[{"id", "name"}]`` of those of ``ids`` that :meth:`find_records` could find."""
        self.check_access("read")
        found = self._records_of_kind(kind, partner_id)
        if not found or not isinstance(ids, list):
            return []
        model, domain = found
        ids = [one for one in ids[:MOST_FOUND] if isinstance(one, int)]
        return self._readable(model._name, model.search(Domain("id", "in", ids) & domain).ids)

    def _records_of_kind(self, kind, partner_id):
        kinds = self.env["service_desk.form.kind"]
        if not isinstance(kind, str) or kind not in kinds._models():
            return None
        return kinds._records(kind, self._who(partner_id))

    def _readable(self, model, ids):
        """A preview as another person shows no more than the user may read himself."""
        records = self.env[model].browse(ids)._filtered_access("read")
        return [{"id": record.id, "name": record.display_name} for record in records]

    @api.model
    def _who(self, partner_id):
        """Return the person that is asked: one whom the user may read, else the user."""
        if not partner_id or not isinstance(partner_id, int):
            return self.env.user.partner_id
        partner = self.env["res.partner"].browse(partner_id)
        partner.check_access("read")
        if not partner.exists():
            raise ValidationError(self.env._("This contact is not there any more."))
        return partner

    # ------------------------------------------------------------------ preview
    @api.readonly
    def get_preview(self, partner_id=False, is_draft=True):
        """Return ``definition`` (texts in all languages), ``answers`` it begins with, and ``who`` is asked.

        :param is_draft: the draft, else what is published
        """
        definition, partner = self._previewed(is_draft), self._who(partner_id)
        answers = self.env["service_desk.form.version"]._prefill(definition, partner)
        return {
            "name": self.name,
            "version_number": self.version_number,
            "is_changed": self.is_changed,
            "definition": definition,
            "answers": answers,
            "who": {"id": partner.id, "name": partner.display_name, "lang": partner.lang},
        }

    @api.readonly
    def check_preview(self, answers, partner_id=False, is_draft=True, files=None):
        """Check answers as if they were sent; return ``errors`` (``{key: sentence}``). Nothing is kept.

        :param files: ``[{"id", "name", "size"}]``, sizes in bytes, of the files that answers name by these ids
        """
        definition, partner = self._previewed(is_draft), self._who(partner_id)
        versions = self.env["service_desk.form.version"]
        asked = versions._asked(partner)
        asked.resolver = PreviewResolver(self.env, partner, self._told_files(files))
        _kept, errors = normalise(definition, answers, asked)
        if not errors:
            return {"errors": {}}
        refusal = versions._refusal(read(definition), errors)
        return {"errors": refusal.errors if isinstance(refusal, FormRefused) else {}}

    def _previewed(self, is_draft):
        self.ensure_one()
        self.check_access("read")
        # sudo: the definition of a version is what requesters are asked, and the form is read already
        return self._compile() if is_draft else self.version_id.sudo().definition or {}

    @api.model
    def _told_files(self, files):
        """Return ``{id: (name, bytes)}`` of what a browser tells of files."""
        told = {}
        for file in files if isinstance(files, list) else ():
            if isinstance(file, dict) and isinstance(file.get("id"), int):
                size = file.get("size")
                told[file["id"]] = str(file.get("name")), size if isinstance(size, int) else 0
        return told
