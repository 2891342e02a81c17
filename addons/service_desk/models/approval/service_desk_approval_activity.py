"""A to-do in Odoo's own list for approvers who are colleagues."""

from odoo import fields, models

ACTIVITY = "service_desk.mail_activity_type_approval"


class ServiceDeskApprovalRequest(models.Model):
    _inherit = "service_desk.approval.request"

    def _tell(self, event):
        result = super()._tell(event)
        if event in ("asked", "answered"):
            for request in self:
                request._plan_activity()
        elif event in ("decided", "withdrawn"):
            self._end_activities()
        return result

    def _plan_activity(self):
        user = self.partner_id._service_desk_user()
        if not user or user.share:
            return
        quiet = self.with_context(mail_activity_quick_update=True, mail_notify_force_send=False)
        user_env = quiet.with_context(lang=user.lang or self.env.lang)
        user_env.activity_schedule(
            ACTIVITY,
            date_deadline=(self.due_at or fields.Datetime.now()).date(),
            summary=user_env.env._("Approve: %(subject)s", subject=self.subject),
            user_id=user.id,
        )

    def _end_activities(self):
        """The to-do is done when the request is decided, or nobody needs it any longer."""
        self.sudo().activity_ids.unlink()  # sudo: to-dos of others
