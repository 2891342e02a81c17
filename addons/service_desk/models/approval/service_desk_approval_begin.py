"""How a round begins."""

from odoo import api, fields, models


class ServiceDeskApproval(models.Model):
    _inherit = "service_desk.approval"

    @api.model
    def _begin(self, ticket, policy, changes=None):
        """Begin a round for ``ticket``; where no step applies there is none, and the reason is written down.

        :param changes: ``[{"label", "old", "new"}]`` where something was changed after an earlier round
        :return: the round, empty where nobody has to agree
        """
        answers = ticket._answers()
        amounts = {step: step._amount(ticket, answers) for step in policy.step_ids}
        skips = {step: step._skip_code(ticket, answers) for step in policy.step_ids}
        if all(skips.values()):
            names = policy.step_ids.mapped("name")
            ticket._explain(
                "approval", {"event": "not_needed", "policy": policy.name, "steps": names}
            )
            return self.browse()
        ticket.approval_ids.flush_recordset(["state"])  # one round at a time, the database says so
        number = max(ticket.approval_ids.mapped("number"), default=0) + 1
        approval = self.create(
            {
                "ticket_id": ticket.id,
                "policy_id": policy.id,
                "policy": policy._snapshot(),
                "number": number,
                "changes": changes or False,
                "started_at": fields.Datetime.now(),
                "step_ids": [
                    (0, 0, self._step_values(step, index, skip, amounts[step]))
                    for index, (step, skip) in enumerate(skips.items(), 1)
                ],
            }
        )
        ticket._explain("approval", {"event": "begun", "policy": policy.name, "number": number})
        approval._log("started", number=number, policy=policy.name, changes=changes or [])
        for step in approval.step_ids.filtered("skip_code"):
            approval._log("skipped", step=step, code=step.skip_code)
        return approval

    def _step_values(self, step, index, skip, amount):
        snapshot = step._snapshot()
        return {
            "sequence": index,
            "names": snapshot["names"],
            "rule": snapshot,
            "mode": step.mode,
            "state": "skipped" if skip else "waiting",
            "skip_code": skip,
            "amount": amount,
        }
