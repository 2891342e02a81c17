"""Who does it instead of somebody who is not there, and who answers for him."""

from odoo import models

#: Deputies of deputies that are looked at; more is a chain nobody knows.
MOST_DEPUTIES = 5


class ResUsers(models.Model):
    _inherit = "res.users"

    def _service_desk_stand_in(self, at=None):
        """Return the person himself if he is there, else the first of his deputies who is, else nobody."""
        self.ensure_one()
        return self._service_desk_stand_ins(at)[self.id]

    def _service_desk_stand_ins(self, at=None):
        """Return ``{user id: who acts for him}``: himself, a deputy, or an empty recordset."""
        nobody = self.browse()
        result = dict.fromkeys(self.ids, nobody)
        asked = {user.id: user for user in self}  # {person: who is looked at in his place}
        seen = {user.id: {user.id} for user in self}
        for _step in range(MOST_DEPUTIES + 1):
            if not asked:
                break
            looked_at = self.browse({user.id for user in asked.values()})
            absent = looked_at._service_desk_absences(at)
            for person_id, user in list(asked.items()):
                if user.id not in absent:
                    result[person_id] = user
                    del asked[person_id]
            deputies = looked_at._service_desk_deputies()
            for person_id, user in list(asked.items()):
                deputy = deputies.get(user.id, nobody)
                if not deputy or deputy.id in seen[person_id]:
                    del asked[person_id]
                    continue
                seen[person_id].add(deputy.id)
                asked[person_id] = deputy
        return result

    def _service_desk_deputies(self):
        """Return ``{user id: deputy}`` for those who have one."""
        agents_sudo = self.env["service_desk.agent"].sudo().with_context(active_test=False)
        agents = agents_sudo.search([("user_id", "in", self.ids), ("deputy_id", "!=", False)])
        return {agent.user_id.id: self.browse(agent.deputy_id.id) for agent in agents}

    def _service_desk_manager(self):
        """Return the manager of the person, active or nobody; bridges know more."""
        self.ensure_one()
        # sudo: whoever escalates need not read the profile
        agent_sudo = (
            self.env["service_desk.agent"]
            .sudo()
            .with_context(active_test=False)
            .search([("user_id", "=", self.id)], limit=1)
        )
        manager = agent_sudo.manager_id
        return self.browse(manager.id if manager.active else ())
