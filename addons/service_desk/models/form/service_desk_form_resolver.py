"""Tells the rules of ``forms`` what exists for the person who is asked."""

from datetime import UTC
from zoneinfo import ZoneInfo

from odoo.fields import Domain


def zone_of(partner, env):
    """Return the time zone of a person, else of the user, else UTC."""
    for name in (partner and partner.sudo().tz, env and env.user.tz):
        if name:
            try:
                return ZoneInfo(name)
            except (KeyError, ValueError, OSError):
                continue
    return UTC


class Resolver:
    """Records and files that ``partner`` may name; a query for each question that names any."""

    def __init__(self, env, partner, ticket=None):
        self.env = env
        self.partner = partner
        self.ticket = ticket
        self.kinds = env["service_desk.form.kind"]

    def knows(self, kind):
        return kind in self.kinds._kinds()

    def records(self, kind, ids):
        if not self.partner or kind not in self.kinds._models():
            return frozenset()
        model, domain = self.kinds._records(kind, self.partner)
        return frozenset(model.search(Domain("id", "in", ids) & domain).ids)

    def files(self, ids):
        """Files that the user has uploaded himself and that hang on nothing yet, and those of the ticket's answers."""
        user = self.env.user
        # sudo: the file of another person and one that does not exist are refused alike
        files_sudo = self.env["ir.attachment"].sudo().browse(ids).exists()
        kept = self.ticket.sudo().answer_ids.attachment_ids if self.ticket else files_sudo.browse()
        own = files_sudo.filtered(
            lambda file: (
                file in kept
                or (
                    file.create_uid == user
                    and not user._is_public()
                    and not file.res_id
                    and not file.res_field
                    and file.type == "binary"
                )
            )
        )
        return {file.id: (file.name, file.file_size) for file in own}
