import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

TAKE_BACK_CRON = "service_desk.ir_cron_take_back_grants"
END_REASONS = [
    ("expired", "Its time is over"),
    ("left", "The person has left"),
    ("by_hand", "Taken back by hand"),
]

_logger = logging.getLogger(__name__)


class ServiceDeskGrant(models.Model):
    """Membership of a group that a request gave until a date. It stays as evidence when it is over."""

    _name = "service_desk.grant"
    _description = "Granted Membership"
    _inherit = "service_desk.marks.mixin"
    _order = "until desc, id desc"
    _rec_name = "group_id"

    user_id = fields.Many2one(
        "res.users", "Person", readonly=True, required=True, ondelete="cascade", index=True
    )
    group_id = fields.Many2one("res.groups", readonly=True, required=True, ondelete="cascade")
    permit_id = fields.Many2one(
        "service_desk.fulfilment.permit", "Automatic Step", readonly=True, ondelete="set null"
    )
    task_id = fields.Many2one(
        "service_desk.task", readonly=True, ondelete="set null", index="btree_not_null"
    )
    ticket_number = fields.Char("Ticket", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    given_at = fields.Datetime("Given", readonly=True, required=True)
    until = fields.Datetime(readonly=True, required=True)
    ended_at = fields.Datetime("Taken Back", readonly=True)
    end_reason = fields.Selection(END_REASONS, "Why", readonly=True)
    was_member = fields.Boolean(
        "Had It Before", readonly=True, help="Then it is not taken from the person at the end."
    )

    _until_index = models.Index("(until, id) WHERE ended_at IS NULL")
    _open_index = models.Index("(user_id, group_id) WHERE ended_at IS NULL")

    # -------------------------------------------------------------------- give
    @api.model
    def _give(self, permit, partner, until, task):
        """Make the user of ``partner`` a member of the permit's group until a moment (UTC).

        :raises UserError: when he is no internal user, or the group may not be given
        """
        permit._check_group()
        user = partner.user_ids.filtered(lambda user: user.active and not user.share)[:1]
        if not user:
            raise UserError(self.env._("%s has no user who could get it.", partner.name))
        group = permit.group_id
        standing = self.search(
            [("user_id", "=", user.id), ("group_id", "=", group.id), ("ended_at", "=", False)]
        )
        had = group in user.group_ids and not standing or any(standing.mapped("was_member"))
        grant = self.create(
            {
                "user_id": user.id,
                "group_id": group.id,
                "permit_id": permit.id,
                "task_id": task.id,
                "ticket_number": task.ticket_id.number,
                "company_id": task.company_id.id,
                "given_at": fields.Datetime.now(),
                "until": until,
                "was_member": had,
            }
        )
        user.write({"group_ids": [(4, group.id)]})
        self.env["ir.cron"]._service_desk_wake(TAKE_BACK_CRON, until)
        _logger.info(
            "User %s is a member of group %s until %s (ticket %s)",
            user.login, group.id, until, grant.ticket_number,
        )  # fmt: skip
        return grant

    # --------------------------------------------------------------- take back
    def action_take_back(self):
        """Take the memberships back now; managers only."""
        self.check_access("write")
        self._take_back_by_hand()

    def _take_back_by_hand(self):
        self.sudo()._take_back("by_hand")  # sudo: groups of users are the administrator's

    @api.model
    def _cron_take_back(self, limit=50):
        """Take back what is over, in steps; one that fails stops no other."""
        domain = [("ended_at", "=", False), ("until", "<=", fields.Datetime.now())]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        last_id = 0
        while grants := self.search([*domain, ("id", ">", last_id)], order="id", limit=limit):
            last_id = grants[-1].id
            for grant in grants.try_lock_for_update():
                grant._try_to_take_back()
            if not self.env["ir.cron"]._commit_progress(len(grants)):
                return
        following = self.search(
            [("ended_at", "=", False), ("until", ">", fields.Datetime.now())],
            order="until, id",
            limit=1,
        )
        if following:
            self.env["ir.cron"]._service_desk_wake(TAKE_BACK_CRON, following.until)

    def _try_to_take_back(self):
        try:
            with self.env.cr.savepoint():
                self._take_back("expired")
        except psycopg2.OperationalError:
            raise  # the transaction is lost: the whole step is repeated
        except Exception:
            _logger.exception("The membership %s could not be taken back", self.id)

    def _take_back(self, reason):
        """End grants; the membership goes where nothing else of ours keeps it and it was not there before."""
        open_grants = self.filtered(lambda grant: not grant.ended_at)
        open_grants._set_marks(ended_at=fields.Datetime.now(), end_reason=reason)
        for (user, group), grants in open_grants.grouped(
            lambda grant: (grant.user_id, grant.group_id)
        ).items():
            others = self.search_count(
                [("user_id", "=", user.id), ("group_id", "=", group.id), ("ended_at", "=", False)],
                limit=1,
            )
            if not others and not any(grants.mapped("was_member")):
                user.write({"group_ids": [(3, group.id)]})
            for grant in grants:
                grant._note_end()

    def _note_end(self):
        _logger.info(
            "Membership of user %s of group %s is over: %s (ticket %s)",
            self.user_id.login, self.group_id.id, self.end_reason, self.ticket_number,
        )  # fmt: skip
        self.task_id.ticket_id._explain(
            "fulfilment",
            {
                "event": "taken_back",
                "person": self.user_id.name,
                "group": self.group_id.display_name,
                "reason": self.end_reason,
            },
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    def _service_desk_end_grants(self, reason):
        """Take back what requests gave to people of ``self`` who have left."""
        # sudo: whoever archives a person need not see grants
        grants_sudo = self.env["service_desk.grant"].sudo()
        grants_sudo.search([("user_id", "in", self.ids), ("ended_at", "=", False)])._take_back(
            reason
        )
