"""What is different between two versions, in the reader's words."""

from odoo import api, fields, models

KEYS = ("priority", "type_id", "service_id", "offering_id")


class ServiceDeskAgreementVersion(models.Model):
    _inherit = "service_desk.agreement.version"

    changes = fields.Text("What Changed", compute="_compute_changes")

    @api.depends("definition")
    @api.depends_context("lang")
    def _compute_changes(self):
        known = self.search([("agreement_id", "in", self.agreement_id.ids)])
        by_number = {(one.agreement_id.id, one.number): one for one in known}
        for version in self:
            before = by_number.get((version.agreement_id.id, version.number - 1))
            if before is None:
                version.changes = self.env._("The first version.")
                continue
            told = version._differences(before.definition, version.definition)
            version.changes = "\n".join(told) or self.env._("Nothing that people read.")

    @api.model
    def _differences(self, old, new):
        """Return sentences on what differs between two definitions."""
        return [
            *self._different_lines(old, new),
            *self._different_parties(old, new),
            *self._different_scope(old.get("scope") or {}, new.get("scope") or {}),
            *self._different_terms(old, new),
        ]

    # -------------------------------------------------------------------- table
    @api.model
    def _different_lines(self, old, new):
        """Return sentences on rows that came, went, or have other targets; rows are known by what they are for."""
        told = []
        before = {tuple(line.get(key) for key in KEYS): line for line in old["lines"]}
        after = {tuple(line.get(key) for key in KEYS): line for line in new["lines"]}
        for key, line in after.items():
            row = self._told_line(line)
            if key not in before:
                targets = self._told_targets(line["targets"])
                told.append(self.env._("New line %(row)s: %(targets)s", row=row, targets=targets))
            elif before[key]["targets"] != line["targets"]:
                told += self._different_targets(row, before[key]["targets"], line["targets"])
        told += [
            self.env._("Line %(row)s was taken out", row=self._told_line(line))
            for key, line in before.items()
            if key not in after
        ]
        return told

    @api.model
    def _different_targets(self, row, old, new):
        nothing = self.env._("nothing")
        return [
            self.env._(
                "%(row)s, %(metric)s: %(old)s → %(new)s",
                row=row,
                metric=self._told_metric(code),
                old=self._told_target(old[code]) if code in old else nothing,
                new=self._told_target(new[code]) if code in new else nothing,
            )
            for code in sorted({*old, *new})
            if old.get(code) != new.get(code)
        ]

    @api.model
    def _told_line(self, line):
        return self.env["service_desk.agreement"]._told_row(line)

    @api.model
    def _told_targets(self, targets):
        return ", ".join(
            f"{self._told_metric(code)} {self._told_target(target)}"
            for code, target in targets.items()
        )

    @api.model
    def _told_target(self, target):
        targets = self.env["service_desk.agreement.target"]
        return targets._tell_amount(target["amount"], target["unit"])

    @api.model
    def _told_metric(self, code):
        # sudo: owners of services read versions, and the names of metrics are no secret
        metrics_sudo = self.env["service_desk.metric"].sudo().with_context(active_test=False)
        return metrics_sudo._by_code(code).name or code

    # ------------------------------------------------------------------ parties
    @api.model
    def _different_parties(self, old, new):
        if old.get("parties") == new.get("parties"):
            return []
        return [self.env._("For whom it is has changed")]

    @api.model
    def _different_scope(self, old, new):
        more = {
            "service_ids": self.env._("Also for %(names)s"),
            "offering_ids": self.env._("Also for %(names)s"),
            "team_ids": self.env._("Kept also by %(names)s"),
        }
        less = {
            "service_ids": self.env._("No longer for %(names)s"),
            "offering_ids": self.env._("No longer for %(names)s"),
            "team_ids": self.env._("No longer kept by %(names)s"),
        }
        told = []
        for name in more:
            before, after = set(old.get(name) or ()), set(new.get(name) or ())
            model = self.env["service_desk.agreement"]._fields[name].comodel_name
            for text, ids in ((more[name], after - before), (less[name], before - after)):
                if ids:
                    told.append(text % {"names": self._told_names(model, ids)})
        return told

    @api.model
    def _told_names(self, model, ids):
        agreements = self.env["service_desk.agreement"]
        return ", ".join(agreements._named(model, one) for one in sorted(ids))

    # -------------------------------------------------------------------- terms
    @api.model
    def _different_terms(self, old, new):
        """Return sentences on calendar, pauses, and what else both have."""
        told = []
        if old["calendar"] != new["calendar"]:
            told.append(
                self.env._(
                    "Working hours: %(old)s → %(new)s",
                    old=self._told_calendar(old["calendar"]),
                    new=self._told_calendar(new["calendar"]),
                )
            )
        if old["pauses"] != new["pauses"]:
            told.append(
                self.env._(
                    "Stands still while waiting: %(old)s → %(new)s",
                    old=self._told_pauses(old["pauses"]),
                    new=self._told_pauses(new["pauses"]),
                )
            )
        texts = {
            "from": self.env._("From when time counts has changed"),
            "metrics": self.env._("How metrics start and stop has changed"),
            "below": self.env._("What it stands on has changed"),
            "beside": self.env._("Whether it runs beside others has changed"),
            "alerts": self.env._("Warnings and actions have changed"),
            "name": self.env._("It has another name"),
        }
        told += [text for name, text in texts.items() if old.get(name) != new.get(name)]
        return told

    @api.model
    def _told_calendar(self, calendar):
        if calendar["source"] != "agreement":
            return self._told_choice("calendar_source", calendar["source"])
        if not calendar["calendar_id"]:
            return self.env._("day and night")
        return self.env["service_desk.agreement"]._named(
            "resource.calendar", calendar["calendar_id"]
        )

    @api.model
    def _told_pauses(self, pauses):
        waiting = self._told_choice("waiting", pauses["waiting"])
        if not pauses["approval"]:
            return self.env._("%(waiting)s, not for approvals", waiting=waiting)
        return self.env._("%(waiting)s, also for approvals", waiting=waiting)

    @api.model
    def _told_choice(self, name, value):
        field = self.env["service_desk.agreement"]._fields[name]
        return dict(field._description_selection(self.env)).get(value, value)
