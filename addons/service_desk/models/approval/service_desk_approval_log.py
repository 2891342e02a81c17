from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

EVENTS = [
    ("started", "Began"),
    ("step_started", "Step began"),
    ("skipped", "Step not needed"),
    ("asked", "Asked"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("asked_back", "Asked back"),
    ("answered", "Requester answered"),
    ("delegated", "Handed on"),
    ("deputised", "Goes to the deputy"),
    ("returned", "Back with the approver"),
    ("escalated", "Escalated"),
    ("reminded", "Reminded"),
    ("expired", "No answer in time"),
    ("cancelled", "Withdrawn"),
    ("finished", "Ended"),
]
GUARD = "service_desk_approval_log_guard"


class ServiceDeskApprovalLog(models.Model):
    """Who decided what, when and how: lines are added, never changed.

    The ORM refuses everybody, the superuser as well; a trigger refuses what goes past the ORM. Lines go only
    with their ticket.
    """

    _name = "service_desk.approval.log"
    _description = "Approval Log"
    _order = "id desc"
    _rec_name = "text"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    event = fields.Selection(EVENTS, required=True, readonly=True)
    happened_at = fields.Datetime("When", required=True, readonly=True)
    # Numbers and names, no links: a contact that is deleted later changes no line.
    payload = fields.Json(required=True, readonly=True)
    text = fields.Char("What", compute="_compute_text")
    person = fields.Char("Who", compute="_compute_text")

    def init(self):
        """Let the database itself refuse changes of the log."""
        table, guard = SQL.identifier(self._table), SQL.identifier(GUARD)
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(guard)s() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        IF NOT EXISTS (SELECT FROM service_desk_ticket WHERE id = OLD.ticket_id) THEN
                            RETURN OLD;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'The log of approvals cannot be changed.'
                        USING ERRCODE = 'integrity_constraint_violation';
                END $$
                """,
                guard=guard,
            )
        )
        for name, moment in (
            ("guard_rows", SQL("BEFORE UPDATE OR DELETE ON %s FOR EACH ROW", table)),
            ("guard_table", SQL("BEFORE TRUNCATE ON %s FOR EACH STATEMENT", table)),
        ):
            trigger = SQL.identifier(name)
            self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
            self.env.cr.execute(
                SQL("CREATE TRIGGER %s %s EXECUTE FUNCTION %s()", trigger, moment, guard)
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The desk itself keeps the log of approvals."))
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("The log of approvals cannot be changed."))

    def unlink(self):  # pylint: disable=method-required-super
        if self:
            # not @api.ondelete: that lets the superuser and an uninstallation pass
            raise AccessError(  # pylint: disable=no-raise-unlink
                self.env._("The log of approvals cannot be changed.")
            )
        return True


class ServiceDeskApproval(models.Model):
    _inherit = "service_desk.approval"

    def _log(self, event, step=None, request=None, by=None, to=None, **data):
        """Write a line.

        :param by: contact who did it; without one the user, where a person did it at all
        :param data: plain data
        """
        self.ensure_one()
        actor = self.env.user.partner_id if event in ("cancelled", "started") else by
        payload = {
            "round": self.number,
            "step": step.names if step else None,
            "by": _named(actor),
            "to": _named(to),
            **{key: value for key, value in data.items() if value},
        }
        if request:
            payload.update(
                approver=_named(request.partner_id), principal=_named(request.principal_id)
            )
        # sudo: nobody but the desk writes it
        return (
            self.env["service_desk.approval.log"]
            .sudo()
            .create(
                {
                    "ticket_id": self.ticket_id.id,
                    "event": event,
                    "happened_at": fields.Datetime.now(),
                    "payload": {key: value for key, value in payload.items() if value},
                }
            )
        )


class ServiceDeskApprovalRequest(models.Model):
    _inherit = "service_desk.approval.request"

    def _log(self, event, **data):
        self.approval_id._log(event, step=self.step_id, request=self, **data)


def _named(partner):
    return {"id": partner.id, "name": partner.sudo().name} if partner else None
