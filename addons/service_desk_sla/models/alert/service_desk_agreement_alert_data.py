"""Warnings as plain data, as the versions of agreements keep them; and back again, to act."""

from collections import Counter

from odoo import api, models

from .service_desk_agreement_alert import PLAIN_FIELDS, REACTION_FIELDS


class ServiceDeskAgreementAlert(models.Model):
    _inherit = "service_desk.agreement.alert"

    def _key(self):
        """Return what names the moment of the warning: one that has fired for a clock under another version,
        or another agreement, does not fire for it again."""
        self.ensure_one()
        amount = {"percent": self.percent, "breach": ""}.get(self.moment, self.minutes)
        return f"{self.moment}:{amount}" if amount else self.moment

    def _definition(self, key):
        """Return the warning as plain data.

        :param str key: names it within its agreement
        """
        self.ensure_one()
        return {
            "key": key,
            "metrics": self.metric_ids.mapped("code"),
            **{name: self[name] for name in PLAIN_FIELDS},
            **{name: self[name] for name in REACTION_FIELDS},
            "notify_user_ids": self.notify_user_ids.ids,
            "reassign_user_id": self.reassign_user_id.id or None,
            "webhook_ids": self.webhook_ids.ids,
        }

    @api.model
    def _from_definition(self, definition, agreement):
        """Return the warning that ``definition`` describes, in memory only: it can say when and act.

        People and addresses that are gone meanwhile are left out.
        """
        users = self.env["res.users"]
        webhooks = self.env["service_desk.webhook"].browse(definition["webhook_ids"]).exists()
        person = users.browse(definition["reassign_user_id"] or ()).exists()
        return self.new(
            {
                "agreement_id": agreement.id,
                **{name: definition[name] for name in (*PLAIN_FIELDS, *REACTION_FIELDS)},
                "notify_user_ids": [(6, 0, definition["notify_user_ids"])],
                "reassign_user_id": person.id,
                "webhook_ids": [(6, 0, webhooks.ids)],
            }
        )

    @api.model
    def _concerns(self, definition, metric_code):
        """Tell whether a warning that was kept is one for clocks of this metric."""
        return not definition["metrics"] or metric_code in definition["metrics"]

    @api.model
    def _used_when_due(self, definition, target_seconds):
        """Return how much working time (seconds) is used when a kept warning is due.

        None where it never is: it would be before the clock begins. A part of the target that is no whole
        second counts up, so that nobody is warned a moment too early.
        """
        if definition["moment"] == "percent":
            return -(-target_seconds * definition["percent"] // 100)
        minutes = {"before": -definition["minutes"], "after": definition["minutes"]}
        seconds = target_seconds + 60 * minutes.get(definition["moment"], 0)
        return seconds if seconds > 0 else None


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    def _alert_definitions(self):
        """Return the warnings as plain data; of two at the same moment the second has a number in its key."""
        # sudo: who publishes an agreement sees its addresses; who compares it with its version need not
        seen, definitions = Counter(), super()._alert_definitions()
        for alert in self.sudo().alert_ids.sorted():
            key = alert._key()
            seen[key] += 1
            definitions.append(alert._definition(f"{key}#{seen[key]}" if seen[key] > 1 else key))
        return definitions
