"""Who is away for days: approvals do not wait for him. That it is night, or that he takes no tickets, is no absence."""

from odoo import fields, models

from ..assignment.res_users_stand_in import MOST_DEPUTIES

LONG = ("leave", "out_of_office", "gone")


class ResUsers(models.Model):
    _inherit = "res.users"

    def _service_desk_away(self, at=None):
        """Return ``{user id: Block}`` for those of ``self`` who are on leave, out of office or have left.

        :param at: moment, naive UTC; now by default
        """
        at = at or fields.Datetime.now()
        away = {}
        for user_id, blocks in self._service_desk_blocks(at).items():
            spans = [block for block in blocks if block.reason_code in LONG and block.covers(at)]
            if spans:
                away[user_id] = spans[0]
        return away

    def _service_desk_approving(self, at=None):
        """Return ``{user id: who approves for him}``: himself, the first deputy who is there, or nobody."""
        nobody = self.browse()
        result = dict.fromkeys(self.ids, nobody)
        asked = {user.id: user for user in self}
        seen = {user.id: {user.id} for user in self}
        for _step in range(MOST_DEPUTIES + 1):
            looked_at = self.browse({user.id for user in asked.values()})
            away = looked_at._service_desk_away(at) if looked_at else {}
            for person_id, user in list(asked.items()):
                if user.id not in away:
                    result[person_id] = user
                    del asked[person_id]
            if not asked:
                break
            deputies = looked_at._service_desk_deputies()
            for person_id, user in list(asked.items()):
                deputy = deputies.get(user.id, nobody)
                if not deputy or deputy.id in seen[person_id]:
                    del asked[person_id]
                else:
                    seen[person_id].add(deputy.id)
                    asked[person_id] = deputy
        return result
