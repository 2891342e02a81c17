"""Why a ticket is where it is, in the language and within the rights of whoever reads it."""

from odoo import api, models

from .service_desk_routing_rule import ACTION_FIELDS

#: Models of the values whose names are translated; other names stand in the decision as they were.
MODELS = {
    "offering_id": "service_desk.offering",
    "team": "service_desk.team",
    "team_id": "service_desk.team",
    "type": "service_desk.ticket.type",
    "type_id": "service_desk.ticket.type",
    "service": "service_desk.service",
    "service_id": "service_desk.service",
    "tag_ids": "service_desk.tag",
}


class ServiceDeskRouting(models.AbstractModel):
    _inherit = "service_desk.routing"

    @api.model
    def _payload(self, finding, choices):
        """Return what is written down of a finding, or None when there is nothing to tell."""
        if not finding.rule and not finding.passed_over:
            return None
        rule = finding.rule
        return {
            "rule_id": rule and rule.id,
            "rule": rule and rule.name,
            "grounds": rule and self._named(rule, finding.grounds) or [],
            "set": choices.set,
            "kept": sorted(set(choices.kept) - choices.decided, key=ACTION_FIELDS.index),
            "decided": sorted(set(choices.kept) & choices.decided, key=ACTION_FIELDS.index),
            "left_out": choices.left_out,
            "passed_over": [
                {"rule_id": other.id, "rule": other.name, "reason": str(error)[:200]}
                for other, error in finding.passed_over
            ],
        }

    @api.model
    def _named(self, rule, grounds):
        """Return the grounds with the names of the records that they speak of."""
        return [
            {**ground, "name": rule.names[ground["kind"], ground["value"]]}
            if (ground["kind"], ground.get("value")) in rule.names
            else ground
            for ground in grounds
        ]

    # -------------------------------------------------------------------- texts
    @api.model
    def _ground_text(self, ground):
        """Return a condition that holds in words, or an empty text for one that only excludes."""
        tell = getattr(self, f"_ground_{ground['kind']}", None)
        return tell(ground) if tell else ""

    def _value_name(self, kind, part):
        """Return the name of a value in the reader's language; None for a team that he may not see."""
        model = MODELS.get(kind)
        if not model:
            return part.get("name") or str(part.get("value"))
        record = self.env[model].browse(part["value"])
        if model == "service_desk.team" and not record.has_access("read"):
            return None
        # sudo: a name that stands on the ticket itself; it may be archived, or gone
        record_sudo = record.sudo().exists()
        return record_sudo.display_name or part.get("name") or ""

    def _label_of(self, name, value):
        field = self.env["service_desk.ticket"]._fields[name]
        return dict(field._description_selection(self.env)).get(value, value)

    def _ground_channel(self, ground):
        channel = self._label_of("channel", ground["value"])
        return self.env._("it came this way: %(channel)s", channel=channel)

    def _ground_recipient(self, ground):
        return self.env._("it was written to %(address)s", address=ground["value"])

    def _ground_sender(self, ground):
        return self.env._("the sender is %(address)s", address=ground["value"])

    def _ground_customer(self, ground):
        return self.env._("the customer is “%(name)s”", name=self._value_name("customer", ground))

    def _ground_customer_group(self, ground):
        return self.env._("the customer group is “%(name)s”", name=self._value_name("", ground))

    def _ground_site(self, ground):
        return self.env._("the site is “%(name)s”", name=self._value_name("site", ground))

    def _ground_team(self, ground):
        name = self._value_name("team", ground)
        if name is None:
            return ""
        return self.env._("it arrived at the team “%(name)s”", name=name)

    def _ground_type(self, ground):
        return self.env._("the type is “%(name)s”", name=self._value_name("type", ground))

    def _ground_service(self, ground):
        return self.env._("the service is “%(name)s”", name=self._value_name("service", ground))

    def _ground_language(self, ground):
        rules = self.env["service_desk.routing.rule"]
        labels = dict(rules._fields["language_choice"]._description_selection(self.env))
        return self.env._("the language: %(name)s", name=labels.get(ground["value"], ""))

    def _ground_words_any(self, ground):
        return ", ".join(self._word_text(hit) for hit in ground["found"])

    _ground_words_all = _ground_words_any

    def _word_text(self, hit):
        values = {"term": hit["term"].strip('"«»“”'), "words": hit["words"]}
        is_form = hit["words"].casefold() != values["term"].casefold()
        if hit["where"] == "subject":
            if is_form:
                return self.env._("subject contains “%(term)s” (“%(words)s”)", **values)
            return self.env._("subject contains “%(term)s”", **values)
        if is_form:
            return self.env._("text contains “%(term)s” (“%(words)s”)", **values)
        return self.env._("text contains “%(term)s”", **values)

    def _ground_pattern(self, ground):
        if ground["where"] == "subject":
            return self.env._(
                "the subject matches the expression “%(value)s”", value=ground["value"]
            )
        return self.env._("the text matches the expression “%(value)s”", value=ground["value"])

    def _ground_attachment(self, ground):
        if not ground["value"]:
            return self.env._("it has no files")
        return self.env._("the file “%(name)s” came along", name=ground["value"])

    def _ground_header(self, ground):
        return self.env._(
            "the mail header %(name)s is “%(value)s”", name=ground["name"], value=ground["value"]
        )

    def _ground_hours(self, ground):
        if ground["value"]:
            return self.env._("it is working time")
        return self.env._("it is outside working time")


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    @api.model
    def _text_routing(self, payload):
        """Return the routing of a ticket in words.

        A rule that sends to a team that the reader may not see is neither named nor are its grounds: both
        would tell of the team.
        """
        parts = [self._routing_head(payload)] if payload.get("rule_id") else []
        parts += [
            self._routing_set(payload),
            self._routing_kept(payload),
            self._routing_decided(payload),
            *(self._routing_left_out(part) for part in payload.get("left_out") or ()),
            *(self._routing_passed_over(part) for part in payload.get("passed_over") or ()),
        ]
        return " ".join(part for part in parts if part)

    def _routing_head(self, payload):
        if self._is_routing_hidden(payload):
            return self.env._("By a routing rule.")
        routing = self.env["service_desk.routing"]
        told = [routing._ground_text(ground) for ground in payload.get("grounds") or ()]
        grounds = "; ".join(filter(None, told))
        rule = self._routing_rule_name(payload)
        if not grounds:
            return self.env._("By rule “%(rule)s”.", rule=rule)
        return self.env._("By rule “%(rule)s”: %(grounds)s.", rule=rule, grounds=grounds)

    def _routing_rule_name(self, part):
        # sudo: agents read the name of the rule that decided, not the rules
        rule_sudo = self.env["service_desk.routing.rule"].sudo().browse(part["rule_id"]).exists()
        return rule_sudo.name or part["rule"]

    def _is_routing_hidden(self, payload):
        """Tell whether the rule names a team that the reader may not see."""
        parts = [
            *((part["field"], part) for part in payload.get("set") or ()),
            *((part["field"], part) for part in payload.get("left_out") or ()),
            *((part["kind"], part) for part in payload.get("grounds") or ()),
        ]
        routing = self.env["service_desk.routing"]
        return any(
            kind in ("team", "team_id") and routing._value_name(kind, part) is None
            for kind, part in parts
        )

    def _routing_set(self, payload):
        told = [f"{label.lower()} – {values}" for label, values in self._routing_set_parts(payload)]
        return self.env._("Set: %(values)s.", values="; ".join(told)) if told else ""

    def _routing_set_parts(self, payload):
        """Return ``(label, values)`` of what was set, without what the reader may not see."""
        by_field = {}
        for part in payload.get("set") or ():
            by_field.setdefault(part["field"], []).append(self._routing_value(part))
        return [
            (self._routing_label(name), ", ".join(filter(None, values)))
            for name in ACTION_FIELDS
            if any(values := by_field.get(name, ()))
        ]

    def _routing_value(self, part):
        routing = self.env["service_desk.routing"]
        if part["field"] in ("impact", "urgency", "priority"):
            return routing._label_of(part["field"], part["value"])
        return routing._value_name(part["field"], part)

    def _routing_label(self, name):
        model = "service_desk.ticket" if name != "follower_ids" else "service_desk.routing.rule"
        return self.env[model]._fields[name]._description_string(self.env)

    def _routing_kept(self, payload):
        kept = [self._routing_label(name).lower() for name in payload.get("kept") or ()]
        if not kept:
            return ""
        return self.env._("Left as chosen by hand: %(fields)s.", fields=", ".join(kept))

    def _routing_decided(self, payload):
        names = [self._routing_label(name).lower() for name in payload.get("decided") or ()]
        if not names:
            return ""
        return self.env._("Left as the offering decides: %(fields)s.", fields=", ".join(names))

    def _routing_left_out(self, part):
        name = self._routing_value(part)
        if part["field"] == "offering_id":
            return self._offering_not_used(
                {"offering_id": part["value"], "offering": name, "reason": part["reason"]}
            )
        if part["field"] == "team_id":
            if name is None:
                return self.env._("A value was left out: it cannot be set on this ticket.")
            if part["reason"] == "team_hidden":
                return self.env._(
                    "The team “%(team)s” was not set: who opened the ticket does not see its tickets.",
                    team=name,
                )
            return self.env._(
                "The team “%(team)s” was not set: the chosen person does not see its tickets.",
                team=name,
            )
        if part["reason"] == "no_agent":
            return self.env._("%(person)s was not assigned: he is no agent any more.", person=name)
        if part["reason"] == "not_of_team":
            return self.env._(
                "%(person)s was not assigned: he does not see the tickets of the team.", person=name
            )
        return self.env._(
            "%(person)s does not follow: he may not see the tickets of the team.", person=name
        )

    def _routing_passed_over(self, part):
        rule = self.env["service_desk.routing.rule"].browse(part["rule_id"])
        if rule.has_access("read"):
            return self.env._(
                "The rule “%(rule)s” could not be asked and was passed over: %(reason)s",
                rule=self._routing_rule_name(part),
                reason=part["reason"],
            )
        return self.env._("A rule could not be asked and was passed over.")
