"""Taking a department away: what nobody uses goes, the rest stays and says why."""

import psycopg2

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .service_desk_department_uses import ARCHIVE, GO


class ServiceDeskDepartment(models.Model):
    _inherit = "service_desk.department"

    def _remove(self, company):
        """Remove what these departments have brought to ``company`` and nobody uses or has changed.

        What tickets use is archived, what people changed stays as it is.

        :return: ``[(name, reasons)]`` of what stays
        """
        self._check_manager()
        stays = []
        for department in self.with_company(company):
            department.sudo().lock_for_update()
            stays += department._items()._remove()
        return stays


class ServiceDeskDepartmentItem(models.Model):
    _inherit = "service_desk.department.item"

    def _plan_removal(self):
        """Return ``(wholes that go, [(whole, how, reasons)] that stay)``, both in the order of making."""
        items = self.filtered("company_id") | self._shared_by_nobody_else()
        verdicts = items._verdicts()
        going = [top for top, (how, _reasons) in verdicts.items() if how == GO]
        staying = [(top, how, why) for top, (how, why) in verdicts.items() if how != GO]
        return going, staying

    def _shared_by_nobody_else(self):
        """Return those of all companies that no other company uses through the same department."""
        shared = self.filtered(lambda item: not item.company_id)
        others = self._read_group(
            [
                ("department_id", "in", shared.department_id.ids),
                ("company_id", "not in", [False, self.env.company.id]),
                ("is_left", "=", False),
            ],
            ["department_id"],
        )
        used = {department.id for (department,) in others}
        return shared.filtered(lambda item: item.department_id.id not in used)

    def _remove(self):
        """Remove what may go; return ``[(name, reasons)]`` of what stays."""
        going, staying = self._plan_removal()
        names = {top: record.display_name for top, record in self._records().items()}
        tops = self._tops()
        left = {top: (how, why) for top, how, why in staying}
        for top in sorted(going, key=lambda item: item.id, reverse=True):
            if trouble := top._delete():
                left[top] = (ARCHIVE, [trouble])
        for top, (how, _reasons) in left.items():
            if how == ARCHIVE:
                top._put_away()
        gone = self.filtered(lambda item: tops[item] in going and tops[item] not in left)
        (self - gone).filtered("company_id").is_left = True
        gone.unlink()
        return [(names[top], why) for top, (_how, why) in left.items() if top in names]

    def _delete(self):
        """Delete the record; return why not, or an empty text."""
        record = self._records().get(self)
        if not record:
            return ""
        # the user's own rights decide about his configuration
        own = self.env[self.res_model].with_context(active_test=False).browse(record.id)
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                if self.res_model == "service_desk.offering" and own.state == "published":
                    own.write({"state": "retired"})
                own.unlink()
        except AccessError:
            raise
        except UserError as error:
            return str(error)
        except psycopg2.IntegrityError:
            return self.env._("something else refers to it")
        return ""

    def _put_away(self):
        """Take a record out of use that the past still needs."""
        record = self._records().get(self)
        if not record:
            return
        own = self.env[self.res_model].with_context(active_test=False).browse(record.id)
        if self.res_model == "service_desk.offering":
            own.write({"state": "retired"})
        if "active" in own._fields and own.active and not self._has_open_tickets(own):
            own.action_archive()

    def _has_open_tickets(self, record):
        """A team or a service whose tickets are still worked on is not taken from under them."""
        by_field = {
            "service_desk.team": "team_id",
            "service_desk.service": "service_id",
            "service_desk.offering": "offering_id",
        }
        field = by_field.get(record._name)
        # sudo: also tickets that the user does not see
        tickets_sudo = self.env["service_desk.ticket"].sudo()
        return bool(
            field
            and tickets_sudo.search_count(
                [(field, "in", record.ids), ("is_open", "=", True)], limit=1
            )
        )
