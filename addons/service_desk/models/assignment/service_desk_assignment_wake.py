"""What makes the runner look at the queues: whoever may have room again, or is there again."""

from odoo import api, models

#: A change of these tells that somebody can get more, or is there again.
AGENT_FIELDS = {"accepts_work", "work_limit", "limit_unit", "user_id", "active"}
USER_FIELDS = {"out_of_office_from", "out_of_office_to", "active", "group_ids", "company_ids"}


class ServiceDeskAssignment(models.AbstractModel):
    _inherit = "service_desk.assignment"

    @api.model
    def _wake(self, only_if=None):
        """Let the runner come as soon as this transaction is committed; once, however often it is asked for.

        :param str only_if: come only if a ticket waits for this reason
        """
        if not self.env["service_desk.team"]._ids_assigning_by_themselves():
            return
        asked = self.env.cr.precommit.data.setdefault(self._name, set())
        if not asked:
            self.env.cr.precommit.add(self.sudo()._wake_now)
        asked.add(only_if)

    @api.model
    def _wake_now(self):
        asked = self.env.cr.precommit.data.pop(self._name, set())
        tickets = self.env["service_desk.ticket"].sudo()
        if None in asked or tickets.search_count([("assign_code", "in", list(asked))], limit=1):
            self._cron_sudo()._trigger()


class ServiceDeskAgent(models.Model):
    _inherit = "service_desk.agent"

    def write(self, vals):
        self._check_person_stays(vals)
        result = super().write(vals)
        if AGENT_FIELDS & vals.keys():
            self.env["service_desk.assignment"]._wake()
        return result


class ServiceDeskAgentSkill(models.Model):
    _inherit = "service_desk.agent.skill"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["service_desk.assignment"]._wake()
        return super().create(vals_list)

    def write(self, vals):
        self.env["service_desk.assignment"]._wake()
        return super().write(vals)


class ServiceDeskSkillDemand(models.Model):
    _inherit = "service_desk.skill.demand"

    def write(self, vals):
        self.env["service_desk.assignment"]._wake()
        return super().write(vals)

    def unlink(self):
        self.env["service_desk.assignment"]._wake()
        return super().unlink()


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if USER_FIELDS & vals.keys():
            self.env["service_desk.assignment"]._wake()
        return result


class ResourceCalendarLeaves(models.Model):
    """A leave that is shortened or taken back lets its person work again."""

    _inherit = "resource.calendar.leaves"

    def write(self, vals):
        result = super().write(vals)
        self.env["service_desk.assignment"]._wake()
        return result

    def unlink(self):
        self.env["service_desk.assignment"]._wake()
        return super().unlink()
