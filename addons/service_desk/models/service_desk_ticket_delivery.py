"""What could not be delivered, where agents and managers see it."""

from datetime import timedelta

from odoo import fields, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    delivery_problem = fields.Char("Not Delivered", readonly=True, copy=False)

    def action_send_again(self):
        """Try at once all mails of the tickets that have not left."""
        self.check_access("write")
        mails_sudo = self.env["mail.mail"]._service_desk_queue(self)
        mails_sudo.filtered(lambda mail: mail.state == "exception").mark_outgoing()
        mails_sudo.write({"scheduled_date": False})
        self._forget_delivery_problem_sudo()
        # sudo: agents have no right on scheduled actions
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def action_dismiss_delivery_problem(self):
        """Take the warning off the tickets: the agents know."""
        self.check_access("write")
        self._forget_delivery_problem_sudo()

    def _forget_delivery_problem_sudo(self):
        """Take the warning off. sudo: it is the desk's own mark; the caller has checked the right to write."""
        self.sudo().delivery_problem = False

    def _alarm_managers(self, reason):
        """Give each manager of the ticket's company one activity in a day that mail does not leave."""
        self.ensure_one()
        activity_type = self.env.ref("mail.mail_activity_data_warning")
        managers = (
            self.env.ref("service_desk.service_desk_group_manager")
            .sudo()
            .all_user_ids.filtered(lambda user: user.active and self.company_id in user.company_ids)
        )
        recent = (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("activity_type_id", "=", activity_type.id),
                    ("user_id", "in", managers.ids),
                    ("automated", "=", True),
                    ("create_date", ">=", fields.Datetime.now() - timedelta(days=1)),
                ]
            )
        )
        for manager in managers - recent.user_id:
            self.with_context(lang=manager.lang, mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("Mail of the service desk does not leave"),
                note=reason,
                user_id=manager.id,
                automated=True,
            )
