from odoo import fields, models
from odoo.exceptions import AccessError

from .service_desk_notice_preference import MODES

PREFIX = "service_desk_notice_"
HELP = "Empty: as the company decides."


class ResPartner(models.Model):
    _inherit = "res.partner"

    # One list to choose from for each event is what fits a small screen; they are kept as preference lines.
    service_desk_notice_opened = fields.Selection(
        MODES,
        "My request has arrived",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_state = fields.Selection(
        MODES,
        "The state has changed",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_promise = fields.Selection(
        MODES,
        "Next step or next update",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_merged = fields.Selection(
        MODES,
        "My request goes on under another number",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_stage = fields.Selection(
        MODES,
        "A stage of which the workflow tells",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_moved = fields.Selection(
        MODES,
        "The workflow brings a ticket to me or my team",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_assigned = fields.Selection(
        MODES,
        "A ticket is given to me",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_woke = fields.Selection(
        MODES,
        "My waiting ticket wakes",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_new_in_team = fields.Selection(
        MODES,
        "A new ticket in my team",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_requester_wrote = fields.Selection(
        MODES,
        "A requester wrote on a ticket that nobody has taken",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_escalated = fields.Selection(
        MODES,
        "A ticket is escalated to me",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_task_ready = fields.Selection(
        MODES,
        "I can begin with a task",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_task_in_team = fields.Selection(
        MODES,
        "A task is ready in my team",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )
    service_desk_notice_task_late = fields.Selection(
        MODES,
        "A task is late",
        compute="_compute_notice_modes",
        inverse="_inverse_notice_modes",
        help=HELP,
    )

    def _compute_notice_modes(self):
        preferences = self.env["service_desk.notice.preference"]
        modes, events = preferences._modes(self), preferences._modes_by_default()
        for partner in self:
            for event in events:
                partner[PREFIX + event] = modes.get((partner.id, event), False)

    def _inverse_notice_modes(self):
        self._check_may_choose_notices()
        # sudo: the lines belong to the desk; who may choose for whom is checked above
        lines_sudo = self.env["service_desk.notice.preference"].sudo()
        known = {
            (line.partner_id.id, line.event): line
            for line in lines_sudo.search([("partner_id", "in", self.ids)])
        }
        vals_list = []
        for partner in self:
            for event in lines_sudo._modes_by_default():
                mode, line = partner[PREFIX + event], known.get((partner.id, event), lines_sudo)
                if line and not mode:
                    line.unlink()
                elif line and line.mode != mode:
                    line.mode = mode
                elif mode and not line:
                    vals_list.append({"partner_id": partner.id, "event": event, "mode": mode})
        lines_sudo.create(vals_list)

    def _check_may_choose_notices(self):
        """A person chooses for himself, agents for customers, managers for everybody."""
        user = self.env.user
        others = self - user.partner_id
        if not others or self.env.su or user.has_group("service_desk.service_desk_group_manager"):
            return
        # sudo: whether somebody is a customer is not a secret of his users
        if user._is_service_desk_staff() and all(
            partner.partner_share for partner in others.sudo()
        ):
            return
        raise AccessError(
            self.env._("Only a manager of the service desk chooses the notices of a colleague.")
        )
