"""What a rule may change of a new ticket: all that nobody has chosen by hand, and only what can be."""

NAMES = ("impact", "urgency", "priority", "service_id")
#: What a form proposes for a new ticket.
PLAIN_DEFAULTS = {"impact": "1", "urgency": "2"}


class Choices:
    """The values of one new ticket while a rule is applied to them.

    Chosen by hand is what a person has set to something else than the form proposes. What a channel presets
    (the team of an address, its type) is no choice: a rule is more precise.
    """

    def __init__(self, tickets, vals, person=None, by_hand=True):
        """
        :param dict vals: of the new ticket; they stay as they are, see ``self.vals``
        :param person: who must be able to read the ticket afterwards; empty for a channel
        :param by_hand: whether that person has filled in ``vals``
        """
        self.env = tickets.env
        self.tickets = tickets
        self.vals = dict(vals)
        self.person = person
        self.by_hand = bool(person) and by_hand
        self.set, self.kept, self.left_out = [], [], []
        #: fields that the offering has decided: no general rule changes them
        self.decided = tickets._decided_by_offering(self.vals)

    def apply(self, rule):
        """Set what ``rule`` sets, as far as it may."""
        actions = dict(rule.actions)
        names = rule.names
        self._set_offering(actions.pop("offering_id", None), names)
        chosen = {name for name in actions if self._is_chosen(name)}
        self._set_team(actions.pop("team_id", None), chosen, names)
        self._set_type(actions.pop("type_id", None), chosen, names)
        if "priority" not in actions and not self._is_chosen("priority"):
            self.vals.pop("priority", None)  # it follows from impact and urgency
        for name in NAMES:
            if name in actions:
                self._set(name, actions[name], chosen, names)
        self._set_person(actions.get("user_id"), chosen, names)
        for name in ("tag_ids", "participant_ids"):
            self._add(name, actions.get(name, ()), names)
        self._set_followers(actions.get("follower_ids", ()), names)

    # ------------------------------------------------------------------ chosen
    def _is_chosen(self, name):
        """Tell whether a person has set the field to something else than a form proposes."""
        value = self.vals.get(name)
        if name in self.decided:
            return True
        if not self.by_hand or not value:
            return False
        if name == "type_id" and self._has_properties():
            return True
        return value not in self._proposed(name)

    def _proposed(self, name):
        """Return the values that a form may propose for a field."""
        context = self.env.context
        if f"default_{name}" in context:
            return (context[f"default_{name}"],)
        if name == "team_id":
            return (self.tickets._default_team_id().id,)
        if name == "type_id":
            own = self.tickets._team_of(self.vals).default_type_id
            return (self.tickets._default_type_id().id, own.id)
        if name == "priority":
            impact, urgency = (self.vals.get(n) or d for n, d in PLAIN_DEFAULTS.items())
            return (self.env["service_desk.priority.rule"]._lookup(impact, urgency),)
        return (PLAIN_DEFAULTS.get(name),)

    def _has_properties(self):
        """Tell whether something was filled in that only this type has."""
        values = self.vals.get("ticket_properties") or ()
        filled = values.values() if isinstance(values, dict) else (v.get("value") for v in values)
        return any(filled)

    # --------------------------------------------------------------------- set
    def _set_offering(self, offering_id, names):
        """Make it a request of an offering, where its requester may ask for that."""
        if not offering_id:
            return
        if self.vals.get("offering_id"):
            self.kept.append("offering_id")
            return
        offering, reason = self.tickets._offering_of_rule(offering_id, self.vals)
        if not offering:
            self._note(self.left_out, "offering_id", offering_id, names, reason=reason)
            return
        given = {
            name: value
            for name, value in self.vals.items()
            if name not in offering._ticket_values() or name == "tag_ids" or self._is_chosen(name)
        }
        given["offering_id"] = offering_id
        self.vals, _payload = self.tickets._complete(given, offering)
        self.decided = self.tickets._decided_by_offering(self.vals)
        self._note(self.set, "offering_id", offering_id, names)

    def _set(self, name, value, chosen, names):
        if name in chosen:
            self.kept.append(name)
            return False
        self.vals[name] = value
        self._note(self.set, name, value, names)
        return True

    def _note(self, where, name, value, names, **more):
        part = {"field": name, "value": value, **more}
        if (name, value) in names:
            part["name"] = names[name, value]
        where.append(part)

    def _set_team(self, team_id, chosen, names):
        if not team_id or "team_id" in chosen:
            self.kept += ["team_id"] if team_id else []
            return
        # sudo: teams and groups of others are not readable
        team = self.env["service_desk.team"].sudo().browse(team_id)
        assignee = self.env["res.users"].sudo().browse(self.vals.get("user_id") or ())
        if self.person and not self.person._sees_service_desk_team(team):
            self._note(self.left_out, "team_id", team_id, names, reason="team_hidden")
        elif assignee and not assignee._sees_service_desk_team(team):
            self._note(self.left_out, "team_id", team_id, names, reason="person_outside")
        else:
            self._set("team_id", team_id, chosen, names)

    def _set_type(self, type_id, chosen, names):
        if not type_id or not self._set("type_id", type_id, chosen, names):
            return
        stages = self.env["service_desk.stage"]
        stage_id = self.vals.get("stage_id")
        if stage_id and not stages._has_type(stage_id, type_id):
            del self.vals["stage_id"]  # the new type has a stage of its own for it
        self.vals.pop("ticket_properties", None)

    def _set_person(self, user_id, chosen, names):
        if not user_id:
            return
        # sudo: groups and teams of others are not readable
        user = self.env["res.users"].sudo().browse(user_id)
        if not user.active or not user._is_service_desk_staff():
            self._note(self.left_out, "user_id", user_id, names, reason="no_agent")
        elif not user._sees_service_desk_team(self.tickets._team_of(self.vals)):
            self._note(self.left_out, "user_id", user_id, names, reason="not_of_team")
        elif not self.vals.get("user_id"):
            self._set("user_id", user_id, chosen, names)
        else:
            self.kept.append("user_id")

    def _add(self, name, ids, names):
        """Add records to those that are there already."""
        if not ids:
            return
        given = list(self.vals.get(name) or ())
        if given and all(isinstance(item, int) for item in given):
            given = [(6, 0, given)]
        self.vals[name] = [*given, *((4, id_) for id_ in ids)]
        for id_ in ids:
            self._note(self.set, name, id_, names)

    def _set_followers(self, user_ids, names):
        """Let colleagues follow who may see the ticket; they are subscribed when it is there."""
        team = self.tickets._team_of(self.vals) if user_ids else None
        for user in self.env["res.users"].sudo().browse(user_ids):  # sudo: as for the person
            if not user.active or not self._may_follow(user, team):
                self._note(self.left_out, "follower_ids", user.id, names, reason="follower_outside")
            else:
                self._note(self.set, "follower_ids", user.id, names)

    def _may_follow(self, user, team):
        """Tell whether a colleague may hear of a ticket of the team: of a hidden one only who sees it."""
        if team.company_id not in user.company_ids:
            return False
        if self.vals.get("is_confidential"):
            return user in team.lead_ids or user.has_group(
                "service_desk.service_desk_group_manager"
            )
        return not team.is_private or user._sees_service_desk_team(team)
