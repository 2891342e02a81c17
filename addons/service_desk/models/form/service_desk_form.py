from odoo import api, fields, models
from odoo.exceptions import UserError

from .service_desk_form_sentences import problem_text


class ServiceDeskForm(models.Model):
    """What is asked of who wants something: edited as a draft, and published as versions that never change."""

    _name = "service_desk.form"
    _description = "Request Form"
    _inherit = ["mail.thread", "service_desk.owned.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(tracking=True)
    service_id = fields.Many2one(
        tracking=True, help="Its owner edits the form. Empty: managers only."
    )
    question_ids = fields.One2many(
        "service_desk.form.question",
        "form_id",
        "Questions",
        domain=[("parent_id", "=", False)],
        copy=True,
    )
    offering_ids = fields.One2many("service_desk.offering", "form_id", "Offerings")
    version_ids = fields.One2many("service_desk.form.version", "form_id", "Versions")
    version_id = fields.Many2one(
        "service_desk.form.version",
        "Published Version",
        readonly=True,
        copy=False,
        help="What requesters are asked now.",
    )
    version_number = fields.Integer("Version", related="version_id.number")
    is_changed = fields.Boolean("Changed since Publishing", compute="_compute_is_changed")
    problem_text = fields.Text("To Mend", compute="_compute_problem_text")
    draft_definition = fields.Json("Draft", compute="_compute_draft_definition")

    @api.depends("version_id", "question_ids.write_date", "question_ids.option_ids.write_date")
    def _compute_is_changed(self):
        for form in self:
            checksum = form.version_id.sudo().checksum  # sudo: a checksum tells nothing
            form.is_changed = checksum != form._checksum(form._compile())

    @api.depends("question_ids.write_date", "question_ids.option_ids.write_date")
    def _compute_draft_definition(self):
        """The draft as it would be published: what condition editors and previews ask."""
        for form in self:
            form.draft_definition = form._compile()

    @api.depends("question_ids.write_date", "question_ids.option_ids.write_date")
    @api.depends_context("lang")
    def _compute_problem_text(self):
        for form in self:
            lines = form._problem_sentences() if form.question_ids else []
            form.problem_text = "\n".join(
                f"{label}: {text}" if label else text for label, text in lines
            )

    def _problem_sentences(self):
        """Return ``[(label of the question, sentence)]`` of what keeps the draft from being published."""
        self.ensure_one()
        labels = {question.key: question.name for question in self.question_ids}
        return [
            (labels.get(problem.key, problem.key), problem_text(self.env, problem, labels))
            for problem in self._problems()
        ]

    def get_problems(self):
        """Return what keeps the draft from being published, as ``[{key, label, message}]`` for the builder."""
        self.ensure_one()
        self.check_access("read")
        labels = {question.key: question.name for question in self.question_ids}
        return [
            {
                "key": problem.key,
                "label": labels.get(problem.key, ""),
                "message": problem_text(self.env, problem, labels),
            }
            for problem in self._problems()
        ]

    # ------------------------------------------------------------------ publish
    def action_publish(self):
        """Publish the drafts: each becomes a version that requesters are asked from now on.

        :raises UserError: naming each question that must be mended first
        """
        self.check_access("write")
        for form in self:
            if lines := form._problem_sentences():
                listed = "\n".join(
                    f"– {label}: {text}" if label else f"– {text}" for label, text in lines
                )
                raise UserError(
                    self.env._(
                        "“%(form)s” cannot be published yet:\n%(problems)s",
                        form=form.name,
                        problems=listed,
                    )
                )
            form._publish()
        return True

    def _publish(self):
        """Make the draft a version, unless it is the published one; return the version."""
        self.ensure_one()
        self.lock_for_update()
        definition = self._compile()
        checksum = self._checksum(definition)
        if checksum == self.version_id.sudo().checksum:
            return self.version_id
        # sudo: versions are made by publishing only, nobody has a right to write them
        versions_sudo = self.env["service_desk.form.version"].sudo()
        last = versions_sudo.search([("form_id", "=", self.id)], order="number desc", limit=1)
        version = versions_sudo.create(
            {
                "form_id": self.id,
                "number": last.number + 1,
                "definition": definition,
                "checksum": checksum,
                "publisher_id": self.env.uid,
            }
        )
        self.sudo().version_id = version  # read-only for everybody
        self.message_post(
            body=self.env._("Version %(number)s is published.", number=version.number)
        )
        return version.with_env(self.env)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                {name: value for name, value in vals.items() if name != "version_id"}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if "version_id" in vals and not self.env.su:
            raise UserError(self.env._("A version is chosen by publishing."))
        return super().write(vals)

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%(form)s (copy)", form=form.name))
            if "name" not in (default or {})
            else vals
            for form, vals in zip(self, super().copy_data(default=default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: also tickets that the person does not see keep their form
        tickets_sudo = self.env["service_desk.ticket"].sudo().with_context(active_test=False)
        if tickets_sudo.search_count([("form_version_id.form_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("A form that requests were filled with is kept. Archive it instead.")
            )
