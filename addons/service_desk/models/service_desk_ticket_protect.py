"""What no person may set: marks that the desk itself makes, and rows of teams he may not see.

Every route of a person – form, import, RPC – ends in ``create`` or ``write`` with his own rights; what the
desk finds out is written as superuser. So one check here holds for all of them.
"""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model
    def _protected_fields(self):
        """Return the names of the stored fields that are read-only by their definition: the desk's own marks.

        The number, the source, the channel and the origin; whatever is computed; the moments that reports
        and agreements are measured by. A field that a bridge adds read-only is protected without more ado.
        """
        return {
            name
            for name, field in self._fields.items()
            if field.store and field.readonly and name not in models.MAGIC_COLUMNS
        }

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._without_defaults(vals) for vals in vals_list]
            for vals in vals_list:
                self._check_protected(vals)
            self._check_team_visible(*(vals.get("team_id") for vals in vals_list))
            creating = self.with_env(self.env(context=self._context_without_marks()))
            return super(ServiceDeskTicket, creating).create(vals_list).with_env(self.env)
        return super().create(vals_list)

    def _context_without_marks(self):
        """Return the context without defaults for marks: a remote call brings its own context."""
        marks = {f"default_{name}" for name in self._protected_fields()}
        return {key: value for key, value in self.env.context.items() if key not in marks}

    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals)
            if "team_id" in vals:
                self._check_team_visible(vals["team_id"])
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy is a new contact with the desk: it takes over no mark of the old one."""
        kept = self._protected_fields() - set(default or ())
        return [
            {name: value for name, value in vals.items() if name not in kept}
            for vals in super().copy_data(default=default)
        ]

    @api.model
    def _without_defaults(self, vals):
        """Leave out marks that have just the value they would get anyway (a form may send them back)."""
        defaults = {"number": "/", "channel": "manual"}
        return {
            name: value
            for name, value in vals.items()
            if name not in defaults or value != defaults[name]
        }

    @api.model
    def _check_protected(self, vals):
        """Refuse values that no person may set.

        :raises AccessError: names the fields
        """
        names = self._protected_fields() & vals.keys()
        if names:
            labels = sorted(self._fields[name]._description_string(self.env) for name in names)
            raise AccessError(
                self.env._(
                    "The service desk itself keeps: %(fields)s. Nobody can set it.",
                    fields=", ".join(labels),
                )
            )

    @api.model
    def _check_team_visible(self, *team_ids):
        """Refuse to put tickets into a team that the person may not see (an id proves nothing).

        :raises AccessError: when a team is not his to see
        """
        teams = self.env["service_desk.team"].browse(
            {team_id for team_id in team_ids if isinstance(team_id, int) and team_id}
        )
        if teams:
            teams.check_access("read")

    def _set_marks(self, **vals):
        """Write marks of the desk itself.

        sudo: no person may set them; they follow from what a person did with his own rights.
        """
        if self:
            self.sudo().write(vals)
        return True

    # ------------------------------------------------------------- conversation
    def message_post(self, **kwargs):
        self._check_may_talk()
        return super().message_post(**self._as_oneself(kwargs))

    def message_notify(self, **kwargs):
        self._check_may_talk()
        return super().message_notify(**self._as_oneself(kwargs))

    def message_mail_with_source(self, source_ref, **kwargs):
        self._check_may_talk()
        return super().message_mail_with_source(source_ref, **kwargs)

    def message_post_with_source(self, source_ref, **kwargs):
        self._check_may_talk()
        return super().message_post_with_source(source_ref, **kwargs)

    def message_get_followers(self, after=None, limit=100, filter_recipients=False):
        self._check_may_talk()  # Odoo tells any employee who follows any record
        return super().message_get_followers(
            after=after, limit=limit, filter_recipients=filter_recipients
        )

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        self._check_gateway()
        return super().message_new(msg_dict, custom_values=custom_values)

    def message_update(self, msg_dict, update_vals=None):
        self._check_gateway()
        return super().message_update(msg_dict, update_vals=update_vals)

    def _as_oneself(self, kwargs):
        """Return the arguments of a message without a forged author, sender or date.

        Odoo lets an employee post in the name of anybody. On a ticket that would be an answer that its
        requester never wrote, or a first response at a moment of one's choice.

        :raises AccessError: for an author who is not the user himself
        """
        if self.env.su:
            return kwargs
        author_id = kwargs.get("author_id")
        if author_id and author_id != self.env.user.partner_id.id or kwargs.get("author_guest_id"):
            raise AccessError(
                self.env._("Nobody can write to a ticket in the name of another person.")
            )
        kwargs = {name: value for name, value in kwargs.items() if name != "date"}
        if not self._may_send_as(kwargs.get("email_from")):
            del kwargs["email_from"]
        return kwargs

    def _may_send_as(self, email_from):
        """Tell whether a message of the user may bear this sender: his own, or one of the desk's addresses."""
        if not email_from:
            return True
        own = {
            email_normalize(self.env.user.email or ""),
            email_normalize(self.env.company.email or ""),
        }
        return (
            email_normalize(str(email_from)) in own | self.team_id.sudo()._mail_addresses()
        )  # sudo: aliases

    def _check_may_talk(self):
        """Refuse to talk on tickets that the person may not see.

        Odoo lets every follower of a record post by a remote call, and a requester follows his ticket. He
        writes by mail and by the portal, where the desk decides what his words may do.
        """
        if not self.env.su:
            self.check_access("read")

    @api.model
    def _id_argument(self, value):
        """Return an id that a remote call brought.

        :raises UserError: when it is no number that an id can be
        """
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
            raise UserError(self.env._("“%(value)s” is no id of a record.", value=str(value)[:64]))
        return value

    def _check_gateway(self):
        """Refuse messages that do not come from the mail gateway: a remote call can forge any sender."""
        if not self.env.su:
            raise AccessError(self.env._("Only the mail gateway brings in messages."))
