"""What the desk can do by itself when time runs out: tell people, and change the ticket."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

REASSIGN = [
    ("none", "It stays where it is"),
    ("release", "Whoever the team's method finds"),
    ("next_line", "The next line"),
    ("person", "A person"),
]
HIGHEST_PRIORITY = "3"
HAND_OVER_REASON = "service_desk.hand_over_reason_time"


class ServiceDeskReactionMixin(models.AbstractModel):
    """Whom to tell and what to change: the acting part of a step of a ladder, or of an agreement's warning.

    A model of it has a field ``company_id`` and says :meth:`_reaction_name`. It also works on records that exist
    in memory only (``new()``), as they are made from data that was kept.
    """

    _name = "service_desk.reaction.mixin"
    _description = "Reaction of the Desk"

    notify_assignee = fields.Boolean("Tell the Assignee")
    notify_leads = fields.Boolean("Tell the Leads", default=True)
    notify_owner = fields.Boolean("Tell the Service Owner")
    notify_manager = fields.Boolean(
        "Tell the Assignee's Manager", help="Nobody has it: the leads are told."
    )
    notify_user_ids = fields.Many2many(
        "res.users", string="Tell Also", domain="[('share', '=', False)]"
    )
    call_oncall = fields.Boolean(
        "Call Who Is on Duty", help="He must acknowledge, else the next one is called."
    )
    reassign = fields.Selection(REASSIGN, "Give It To", default="none", required=True)
    reassign_user_id = fields.Many2one("res.users", "Person", domain="[('share', '=', False)]")
    raise_priority = fields.Boolean("Raise the Priority by One")
    owner_follows = fields.Boolean("Service Owner Follows It")

    def _reaction_name(self):
        """Return the name of what reacts, as it is told with what it did."""
        raise NotImplementedError

    # -------------------------------------------------------------- constraints
    @api.constrains("reassign", "reassign_user_id", "notify_user_ids")
    def _check_people(self):
        for reaction in self:
            if reaction.reassign == "person" and not reaction.reassign_user_id:
                raise ValidationError(
                    self.env._("Choose the person whom the step gives the ticket to.")
                )
            # sudo: groups of others are not readable
            for user in (reaction.reassign_user_id | reaction.notify_user_ids).sudo():
                if user.share or reaction.company_id not in user.company_ids:
                    raise ValidationError(
                        self.env._(
                            "%(person)s does not work in %(company)s.",
                            person=user.name,
                            company=reaction.company_id.name,
                        )
                    )
            person_sudo = reaction.reassign_user_id.sudo()
            if person_sudo and not person_sudo._is_service_desk_staff():
                raise ValidationError(
                    self.env._(
                        "%(person)s is not an agent of the service desk.", person=person_sudo.name
                    )
                )

    @api.constrains(
        "notify_assignee", "notify_leads", "notify_owner", "notify_manager", "notify_user_ids",
        "call_oncall", "reassign", "raise_priority", "owner_follows",
    )  # fmt: skip
    def _check_does_something(self):
        if not all(reaction._does_something() for reaction in self):
            raise ValidationError(
                self.env._("A step must do something: tell somebody, or change the ticket.")
            )

    def _does_something(self):
        """Tell whether the reaction tells anybody or changes anything; add-ons add what theirs can do."""
        self.ensure_one()
        return bool(
            self._tells_somebody()
            or self.call_oncall
            or self.raise_priority
            or self.owner_follows
            or self.reassign != "none"
        )

    # ------------------------------------------------------------ whom it tells
    def _people(self, ticket):
        """Return the users who are told about ``ticket``; the leads where there is nobody else.

        Those that it names, or whoever stands in for them; never somebody who may not see the ticket.
        """
        self.ensure_one()
        named = self._named_people(ticket)
        people = ticket._with_stand_ins(named)
        if not people and (named or self._tells_somebody()):
            people = ticket._orphan_keepers()
        return people

    def _tells_somebody(self):
        return bool(
            self.notify_assignee
            or self.notify_leads
            or self.notify_owner
            or self.notify_manager
            or self.notify_user_ids
        )

    def _named_people(self, ticket):
        """Return whom it names, present or not."""
        people = self.notify_user_ids._origin.exists()
        if self.notify_assignee:
            people |= ticket.user_id
        if self.notify_leads:
            people |= ticket.team_id.lead_ids
        if self.notify_owner and ticket.service_id:
            people |= ticket.service_id._owner()
        if self.notify_manager and ticket.user_id:
            people |= ticket.user_id._service_desk_manager()
        return people

    # ------------------------------------------------------------- what it does
    def _react(self, ticket):
        """Change the ticket as configured; return the codes of what was done.

        :param ticket: one ticket, as superuser
        """
        self.ensure_one()
        codes = ("raise_priority", "owner_follows", "reassign", "call_oncall")
        return [code for code in codes if getattr(self, f"_do_{code}")(ticket)]

    def _do_raise_priority(self, ticket):
        if not self.raise_priority or not ticket.is_open or ticket.priority >= HIGHEST_PRIORITY:
            return False
        ticket.write({"priority": str(int(ticket.priority) + 1)})
        return True

    def _do_owner_follows(self, ticket):
        owner = self.owner_follows and ticket.service_id and ticket.service_id._owner()
        if not owner or not ticket._is_readable_by(owner):
            return False
        ticket.message_subscribe(partner_ids=owner.partner_id.ids)
        return True

    def _do_reassign(self, ticket):
        if self.reassign == "none" or not ticket.is_open:
            return False
        return getattr(self, f"_reassign_{self.reassign}")(ticket)

    def _reassign_release(self, ticket):
        """Take the person off, if somebody has it, and let the team's method find another."""
        if ticket.user_id:
            ticket._release("no_reaction", {"ladder": self._reaction_name()})
        else:
            ticket._assign_by_method()
        return True

    def _reassign_next_line(self, ticket):
        target = ticket.team_id.next_team_id
        if not target.active:
            return False
        reason = self.env.ref(HAND_OVER_REASON)
        ticket._hand_over_to(target, reason, "", by=self._reaction_name())
        return True

    def _reassign_person(self, ticket):
        """Give it to the person, or to whoever stands in for him; somebody who may not have it gets nothing."""
        person = self.reassign_user_id._service_desk_stand_in() or self.reassign_user_id
        if not person or person == ticket.user_id or not ticket._is_readable_by(person):
            return False
        if not person.sudo()._is_service_desk_staff():  # sudo: groups of others
            return False
        ticket.write({"user_id": person.id})
        return True

    def _do_call_oncall(self, ticket):
        return False  # the duty rota overrides it
