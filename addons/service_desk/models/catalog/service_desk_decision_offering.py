"""Why a ticket has its type, team and urgency: told in the language and within the rights of the reader."""

from odoo import api, models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    @api.model
    def _text_offering(self, payload):
        """Return in words what an offering has decided, or why it could not be used."""
        tell = getattr(self, f"_offering_{payload.get('event')}", None)
        return tell(payload) if tell else ""

    @api.model
    def _offering_name(self, payload, key="offering"):
        """Return the name of an offering for the reader; None for one that he may not see."""
        offering_id = payload.get(f"{key}_id") if key != "old" else payload.get("old_id")
        offering = self.env["service_desk.offering"].browse(offering_id or ()).exists()
        if not offering:
            return payload.get(key) or None
        return offering.name if offering.has_access("read") else None

    @api.model
    def _offering_asked(self, payload):
        name = self._offering_name(payload)
        if name is None:
            return self.env._("By what was asked for.")
        parts = [self.env._("“%(offering)s” was asked for.", offering=name)]
        told = [self._offering_part(part) for part in payload.get("set") or ()]
        if told := "; ".join(filter(None, told)):
            parts.append(self.env._("It decides: %(values)s.", values=told))
        if "line" in payload:
            parts.append(self._offering_line(payload["line"]))
        if payload.get("left_out"):
            parts.append(
                self.env._("Its team was not set: who opened the ticket cannot open any there.")
            )
        return " ".join(parts)  # fmt: skip

    @api.model
    def _offering_part(self, part):
        value = self._routing_value(part)  # of a team that the reader may not see: nothing
        return f"{self._routing_label(part['field']).lower()} – {value}" if value else ""

    @api.model
    def _offering_line(self, line):
        routing = self.env["service_desk.routing"]
        team_id = line.get("team_id")
        if team_id and routing._value_name("team_id", {"value": team_id}) is None:
            return self.env._("By a line of its owner.")  # its name would tell of the team
        route = self.env["service_desk.offering.route"].browse(line["id"]).exists()
        name = route.name if route and route.has_access("read") else line["name"]
        told = [
            self.env._("the answers fit")
            if ground["kind"] == "answers"
            else routing._ground_text(ground)
            for ground in line.get("grounds") or ()
        ]
        if grounds := "; ".join(filter(None, told)):
            return self.env._("By its line “%(line)s”: %(grounds)s.", line=name, grounds=grounds)
        return self.env._("By its line “%(line)s”.", line=name)

    @api.model
    def _offering_changed(self, payload):
        new, old = self._offering_name(payload), self._offering_name(payload, "old")
        types = self.env["service_desk.routing"]
        values = {
            "offering": new or "",
            "old": old or "",
            "type": types._value_name("type_id", {"value": payload["type_id"], "name": payload["type"]}),
            "old_type": types._value_name(
                "type_id", {"value": payload["old_type_id"], "name": payload["old_type"]}
            ),
        }  # fmt: skip
        if not new:
            return ""
        head = (
            self.env._("Asked for is “%(offering)s”, not “%(old)s”.", **values)
            if old
            else self.env._("Asked for is “%(offering)s”.", **values)
        )
        if payload["type_id"] == payload["old_type_id"]:
            return head
        changed = self.env._("So its type is “%(type)s” instead of “%(old_type)s”.", **values)
        return f"{head} {changed}"

    @api.model
    def _offering_questions(self, payload):
        """Return the labels of the questions that are open, in the reader's language."""
        # sudo: what is asked is no secret of who may know the offering
        versions_sudo = self.env["service_desk.form.version"].sudo()
        version_sudo = versions_sudo.browse(payload.get("version_id") or ()).exists()
        questions = version_sudo._client_definition()["questions"] if version_sudo else ()
        keys = payload.get("keys") or ()
        return ", ".join(f"“{row['label']}”" for row in questions if row["key"] in keys)

    @api.model
    def _offering_not_used(self, payload):
        """Why what an address or a rule names did not become a request of it."""
        name = self._offering_name(payload)
        if name is None:
            return ""
        reason = payload.get("reason")
        values = {"offering": name, "questions": self._offering_questions(payload)}
        if reason == "questions":
            return self.env._(
                "It is no request of “%(offering)s” yet: its form asks for %(questions)s.", **values
            )
        if reason == "unproven":
            return self.env._(
                "It is no request of “%(offering)s”: it is not certain who wrote it.", **values
            )
        return self.env._(
            "It is no request of “%(offering)s”: that is not for this requester.", **values
        )
