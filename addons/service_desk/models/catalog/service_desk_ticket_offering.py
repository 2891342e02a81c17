"""A ticket of an offering: the offering decides its type, and proposes the rest."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..service_desk_ticket_values import BIGGEST_INTEGER

#: What nobody chooses besides the offering.
DECIDED = ("type_id", "service_id")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    offering_id = fields.Many2one(
        "service_desk.offering",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        copy=False,
        tracking=True,
        help="What was asked for; it decided type, team and form.",
    )
    offering_version_id = fields.Many2one(
        "service_desk.offering.version",
        "Version of the Offering",
        compute="_compute_offering_version_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        help="The offering as it was when it was asked for.",
    )

    @api.depends("offering_id")
    def _compute_offering_version_id(self):
        for ticket in self:
            ticket.offering_version_id = ticket.offering_id.version_id

    @api.onchange("offering_id")
    def _onchange_offering_id(self):
        """Show what the offering decides, before it is saved."""
        if not self.offering_id:
            return
        for name, value in self.offering_id._ticket_values().items():
            if name != "tag_ids":
                self[name] = value
        self.tag_ids |= self.offering_id.tag_ids
        self.name = self.name or self.offering_id.name

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        vals_list, payloads = self._with_offerings(vals_list)
        tickets = super().create(vals_list)
        if payloads:
            tickets._explain("offering", {tickets[place].id: payloads[place] for place in payloads})
        return tickets

    def write(self, vals):
        """Write; a ticket that gets another offering becomes one of its type, in the stage that means the same."""
        if "offering_id" not in vals:
            self._check_type_stays(vals)
            return super().write(vals)
        changed = self.filtered(lambda ticket: ticket.offering_id.id != vals["offering_id"])
        offering_sudo = self._offering_of(vals).exists()
        if not changed or not offering_sudo:
            return super().write(vals)
        decided = offering_sudo._ticket_values()
        payloads = {ticket.id: ticket._change_payload(offering_sudo) for ticket in changed}
        result = super().write({**vals, **{name: decided[name] for name in DECIDED}})
        changed._explain("offering", payloads)
        return result

    def _check_type_stays(self, vals):
        """Refuse to choose a type by hand where an offering has decided it.

        :raises UserError: names the offering
        """
        if "type_id" not in vals or self.env.su:
            return
        for ticket in self:
            if ticket.offering_id and ticket.type_id.id != vals["type_id"]:
                raise UserError(
                    self.env._(
                        "The type of %(ticket)s follows from what was asked for. Choose another offering instead.",
                        ticket=ticket.display_name,
                    )
                )

    # ---------------------------------------------------------------- deciding
    @api.model
    def _offering_of(self, vals):
        """Return the offering that values name, as superuser; empty for none and for nonsense."""
        # sudo: a requester has no right on offerings; whether this one is his is checked by the catalog
        offerings_sudo = self.env["service_desk.offering"].sudo()
        default_id = self.env.context.get("default_offering_id")
        offering_id = vals.get("offering_id", default_id) if isinstance(vals, dict) else False
        if not isinstance(offering_id, int) or not 0 < offering_id < BIGGEST_INTEGER:
            return offerings_sudo
        return offerings_sudo.browse(offering_id)

    @api.model
    def _with_offerings(self, vals_list):
        """Return ``vals_list`` completed by their offerings, and the explanations by position."""
        completed, payloads = list(vals_list), {}
        offerings_sudo = [self._offering_of(vals) for vals in vals_list]
        asked_sudo = self.env["service_desk.offering"].sudo().union(*offerings_sudo)
        known_sudo = asked_sudo.exists() if asked_sudo else asked_sudo
        self._prefetch_people(
            [vals_list[n] for n, o in enumerate(offerings_sudo) if (o & known_sudo).route_ids]
        )
        for place, offering_sudo in enumerate(offerings_sudo):
            if offering_sudo & known_sudo:
                completed[place], payloads[place] = self._complete(vals_list[place], offering_sudo)
        return completed, payloads

    @api.model
    def _prefetch_people(self, vals_list):
        """Read for the whole batch what the lines of the owners ask about who asks."""
        ids = [vals["partner_id"] for vals in vals_list if isinstance(vals.get("partner_id"), int)]
        contacts_sudo = self.env["res.partner"].sudo().browse(ids).exists() if ids else ()
        while contacts_sudo:
            contacts_sudo.mapped("category_id.parent_path")
            contacts_sudo = contacts_sudo.parent_id - contacts_sudo

    @api.model
    def _complete(self, vals, offering_sudo):
        """Return the values of a new ticket of an offering, and why they are so.

        What is given stays, but for type and service: those are the offering's in any case.
        """
        decided = offering_sudo._ticket_values()
        decided, left_out = self._without_hidden_team(decided)
        tags = [*(vals.get("tag_ids") or ()), *decided.pop("tag_ids", ())]
        given = {name: value for name, value in vals.items() if value not in (False, None)}
        route, grounds = self._route_of_offering(vals, offering_sudo)
        routed = self._values_of_route(route, given, {**decided, **given})
        result = {**vals, **decided, **routed, **given}
        result |= {name: decided[name] for name in DECIDED}
        if tags:
            result["tag_ids"] = _as_commands(tags)
        self._drop_of_other_type(result, vals)
        set_ = {**decided, **routed}
        payload = {
            "event": "asked",
            "offering_id": offering_sudo.id,
            "offering": offering_sudo.name,
            "set": [part for name in set_ if (part := self._told_part(name, set_[name], result))],
            "left_out": left_out,
        }
        if route:
            team_id = route.team_id.id
            payload["line"] = {
                "id": route.id,
                "name": route.name,
                "grounds": grounds,
                "team_id": team_id,
            }
        return result, payload

    @api.model
    def _without_hidden_team(self, decided):
        """Leave out a team that whoever opens the ticket may not see (a channel sees all)."""
        team_sudo = self.env["service_desk.team"].sudo().browse(decided.get("team_id") or ())
        if self.env.su or not team_sudo or self.env.user._sees_service_desk_team(team_sudo):
            return decided, []
        rest = {name: value for name, value in decided.items() if name != "team_id"}
        return rest, ["team_id"]

    @api.model
    def _route_of_offering(self, vals, offering_sudo):
        routes_sudo = offering_sudo.route_ids
        if not routes_sudo:
            return routes_sudo, None
        return routes_sudo._first_fit(routes_sudo._facts_of_request(vals), self._known_answers())

    @api.model
    def _values_of_route(self, route_sudo, given, known):
        """Return what a line of the owner sets, as far as it can be."""
        vals = {}
        team_sudo = route_sudo.team_id
        if team_sudo.active and (self.env.su or self.env.user._sees_service_desk_team(team_sudo)):
            vals["team_id"] = team_sudo.id
        if route_sudo.priority:
            vals["priority"] = route_sudo.priority
        user_sudo = route_sudo.user_id
        if user_sudo.active and user_sudo._is_service_desk_staff():
            team_sudo = self._team_of({**known, **vals, **given})
            if user_sudo._sees_service_desk_team(team_sudo):
                vals["user_id"] = user_sudo.id
        return vals

    @api.model
    def _drop_of_other_type(self, result, vals):
        """Take out of the values what only another type has: its stage, its properties."""
        stage_id, type_id = result.get("stage_id"), result["type_id"]
        if isinstance(stage_id, int) and not self.env["service_desk.stage"]._has_type(
            stage_id, type_id
        ):
            del result["stage_id"]
        if vals.get("type_id") not in (None, False, type_id):
            result.pop("ticket_properties", None)

    # ----------------------------------------------------------- general rules
    @api.model
    def _decided_by_offering(self, vals):
        """Return the names of what the offering of a new ticket has decided: no general rule changes it."""
        offering_sudo = self._offering_of(vals)
        if not offering_sudo:
            return set()
        names = {*DECIDED, *(name for name in ("impact", "urgency") if offering_sudo[name])}
        lines_sudo = offering_sudo.route_ids
        if vals.get("team_id") in (offering_sudo.team_id | lines_sudo.team_id).ids:
            names.add("team_id")
        if lines_sudo and vals.get("priority"):
            names.add("priority")
        return names

    @api.model
    def _offering_of_rule(self, offering_id, vals):
        """Return the offering that a rule names, as superuser, where its requester may ask for it; else why not."""
        # sudo: who asks decides, not who opens the ticket
        partner_sudo = self.env["res.partner"].sudo().browse(vals.get("partner_id") or ())
        known = self._known_request()
        text = known.text if known else self._plain_text(vals.get("description"))
        offering_sudo, refusal = self.env["service_desk.catalog"]._offering_of_mail(
            offering_id, partner_sudo, text
        )
        return offering_sudo, refusal and refusal["reason"]

    # -------------------------------------------------------------- the screen
    def _panel_person(self):
        """Add whether the reader may open the catalog for the person."""
        person = super()._panel_person()
        can_ask = bool(person["id"]) and self.env["service_desk.catalog"]._may_ask_for_others()
        return {**person, "can_ask": can_ask}

    # ---------------------------------------------------------------- the words
    @api.model
    def _told_part(self, name, value, result):
        """Return what was set as plain data for the explanation; nothing of what was given by hand."""
        if result.get(name) != value:
            return None
        field = self._fields[name]
        part = {"field": name, "value": value}
        if field.relational:
            # sudo: the name stands beside the id, the reader's rights are asked when it is read
            part["name"] = self.env[field.comodel_name].sudo().browse(value).display_name
        return part

    def _change_payload(self, offering_sudo):
        self.ensure_one()
        # sudo: names of what the ticket was; the reader's rights are asked when it is read
        ticket_sudo = self.sudo()
        return {
            "event": "changed",
            "offering_id": offering_sudo.id,
            "offering": offering_sudo.name,
            "old_id": ticket_sudo.offering_id.id,
            "old": ticket_sudo.offering_id.name or "",
            "type_id": offering_sudo.type_id.id,
            "type": offering_sudo.type_id.name,
            "old_type_id": ticket_sudo.type_id.id,
            "old_type": ticket_sudo.type_id.name,
        }


def _as_commands(items):
    """Return tags given as ids or commands as commands alone."""
    return [(4, item) if isinstance(item, int) else item for item in items]
