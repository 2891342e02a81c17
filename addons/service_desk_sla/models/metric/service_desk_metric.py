import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

ON_REOPEN = [
    ("resume", "Goes on where it stopped"),
    ("restart", "Begins anew"),
    ("ended", "Stays as it was"),
]
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class ServiceDeskMetric(models.Model):
    """What a clock measures: from which event, until which, and when it stands still.

    All metrics, also those that come with the add-on, are said in conditions on events and facts of a ticket
    (see ``clocks.facts``). Agreements carry a copy of the metric from the day of their publication.
    """

    _name = "service_desk.metric"
    _description = "Metric"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Names the metric in programmes; it never changes. Empty: made of the name.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Char(translate=True)
    start_condition = fields.Json("Starts When", required=True)
    stop_condition = fields.Json("Stops When", required=True)
    pause_condition = fields.Json(
        "Stands Still While", help="Stands still while this holds, besides the waits."
    )
    pauses_while_waiting = fields.Boolean(
        "Stands Still While Waiting",
        default=True,
        help="While the ticket waits for a reason that stops the clocks.",
    )
    pauses_for_approval = fields.Boolean("Stands Still for Approvals", default=True)
    is_repeated = fields.Boolean(
        "Again and Again", help="Each start after a stop is a new cycle with a time of its own."
    )
    on_reopen = fields.Selection(ON_REOPEN, "When Re-opened", default="resume", required=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "A metric with this code exists already.")

    @api.constrains("code")
    def _check_code(self):
        for metric in self:
            if not CODE.fullmatch(metric.code):
                raise ValidationError(
                    self.env._(
                        "The code of a metric is made of small letters, digits and “_”: “%(code)s” is not.",
                        code=metric.code,
                    )
                )

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [{**vals, "code": vals.get("code") or self._code_of(vals)} for vals in vals_list]
        )

    def write(self, vals):
        if "code" in vals and any(metric.code != vals["code"] for metric in self):
            raise ValidationError(self.env._("The code of a metric never changes."))
        if vals.get("active", True) is False:
            self._check_unused(self.env._("archived"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused(self.env._("deleted"))
        # sudo: clocks of tickets that the manager does not see hold it as well
        clocks_sudo = self.env["service_desk.clock"].sudo()
        if clocks_sudo.search_count([("metric_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Clocks of tickets measured it: it cannot be deleted. Archive it instead."
                )
            )

    def _check_unused(self, what):
        """Refuse what an agreement needs to stay.

        :raises UserError: naming an agreement of the user's that has a target for it
        """
        # sudo: agreements of other companies need it as well; their names are not told
        targets_sudo = self.env["service_desk.agreement.target"].sudo()
        used_sudo = targets_sudo.search(
            [("metric_id", "in", self.ids), ("agreement_id.active", "=", True)], limit=1
        )
        if used_sudo:
            agreement = used_sudo.agreement_id.with_env(self.env)
            seen = agreement._filtered_access("read")
            raise UserError(
                self.env._(
                    "“%(metric)s” cannot be %(what)s: %(agreement)s has a target for it.",
                    metric=used_sudo.metric_id.name,
                    what=what,
                    agreement=seen.name or self.env._("another agreement"),
                )
            )

    @api.model
    def _code_of(self, vals):
        """Return a free code for a new metric, made of its name."""
        slug = self.env["ir.http"]._slugify(vals.get("name") or "").replace("-", "_")[:30]
        code = slug if CODE.fullmatch(slug) else "metric"
        everything = self.with_context(active_test=False)
        taken = set(everything.search([("code", "=like", f"{code}%")]).mapped("code"))
        free = (f"{code}_{number}" for number in range(2, len(taken) + 3))
        return code if code not in taken else next(name for name in free if name not in taken)

    # --------------------------------------------------------------------- data
    def _definition(self):
        """Return the metric as plain data, as agreements keep it."""
        self.ensure_one()
        return {
            "code": self.code,
            "start": self._for_clocks(self.start_condition),
            "stop": self._for_clocks(self.stop_condition),
            "pause": self._for_clocks(self.pause_condition),
            "pauses_while_waiting": self.pauses_while_waiting,
            "pauses_for_approval": self.pauses_for_approval,
            "is_repeated": self.is_repeated,
            "on_reopen": self.on_reopen,
        }

    @api.model
    def _by_code(self, code):
        """Return the metric with ``code``; empty when there is none."""
        return self.search([("code", "=", code)], limit=1)
