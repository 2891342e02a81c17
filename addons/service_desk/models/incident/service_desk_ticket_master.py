"""A mass incident: one ticket under which those of all who are hit hang, each with its own conversation."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: A list of members opens with those that still need something.
MEMBERS_ACTION = "service_desk.service_desk_ticket_action_members"


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    is_master = fields.Boolean(
        "Mass Incident",
        readonly=True,
        copy=False,
        help="Tickets of all who are hit by the same cause hang under it.",
    )
    master_id = fields.Many2one(
        "service_desk.ticket",
        "Part of the Mass Incident",
        index="btree_not_null",
        check_company=True,
        copy=False,
        ondelete="set null",
        domain="[('is_master', '=', True), ('company_id', '=', company_id)]",
    )
    member_count = fields.Integer("Member Tickets", compute="_compute_member_counts")
    open_member_count = fields.Integer("Open Members", compute="_compute_member_counts")

    _master_alone = models.Constraint(
        "CHECK (master_id IS NULL OR is_master IS NOT TRUE)",
        "A mass incident cannot be part of another mass incident.",
    )
    _master_index = models.Index("(id DESC) WHERE is_master IS TRUE")

    @api.depends("is_master")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_member_counts(self):
        """Count the members that the user may see; tickets that are no masters cost nothing."""
        self.update({"member_count": 0, "open_member_count": 0})
        masters = self.filtered("is_master")
        if not masters:
            return
        groups = self._read_group(
            [("master_id", "in", masters.ids)], ["master_id", "is_open"], ["__count"]
        )
        for master, is_open, count in groups:
            master.member_count += count
            master.open_member_count += count if is_open else 0

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        self._check_master_visible(vals_list)
        tickets = super().create(vals_list)
        tickets.filtered("master_id")._on_joined_master()
        return tickets

    def write(self, vals):
        if "master_id" not in vals:
            return super().write(vals)
        self._check_master_visible([vals])
        before = {ticket.id: ticket.master_id for ticket in self}
        result = super().write(vals)
        changed = self.filtered(lambda ticket: ticket.master_id != before[ticket.id])
        left = changed.filtered(lambda ticket: before[ticket.id])
        left._explain_incident("left", {ticket.id: before[ticket.id] for ticket in left})
        changed.filtered("master_id")._on_joined_master()
        return result

    @api.model
    def _check_master_visible(self, vals_list):
        """Refuse to hang tickets under a mass incident that the person may not see (an id proves nothing).

        :raises AccessError: when the mass incident is not his to see
        """
        ids = {vals["master_id"] for vals in vals_list if vals.get("master_id")}
        ids = {master_id for master_id in ids if isinstance(master_id, int)}
        if ids and not self.env.su:
            self.browse(ids).check_access("read")

    def _on_joined_master(self):
        """Hook: the tickets of ``self`` have just become members of a mass incident."""
        self._explain_incident("joined", {ticket.id: ticket.master_id for ticket in self})

    def _explain_incident(self, event, masters=None):
        """Write down who made the ticket part of what.

        :param dict masters: ``{ticket id: mass incident}``, for events of members
        """
        person = self.env.user.name
        payloads = {}
        for ticket in self:
            payload = {"event": event, "person": person}
            if masters:
                master_sudo = masters[ticket.id].sudo()  # sudo: its number only, which members show
                payload.update(master=master_sudo.number, master_id=master_sudo.id)
            payloads[ticket.id] = payload
        if payloads:
            self._explain("incident", payloads)

    def _create_master_ticket(self, subject):
        """Return a new mass incident for the cause of the tickets of ``self``, like the oldest of them.

        :raises UserError: when its subject could only be that of a confidential ticket
        """
        oldest = self.sorted("id")[:1]
        # the whole team reads it: what is confidential lends it no words
        named = self.filtered(lambda ticket: not ticket.is_confidential).sorted("id")[:1]
        if not subject and not named:
            raise UserError(
                self.env._(
                    "Write a subject: these tickets are confidential, the mass incident is not."
                )
            )
        services = self.service_id
        # nobody asks: neither a requester who is thanked nor one who is answered
        master = self.with_context(service_desk_no_acknowledge=True).create(
            {
                "name": subject or named.name,
                "team_id": oldest.team_id.id,
                "type_id": oldest.type_id.id,
                "service_id": services.id if len(services) == 1 else False,
                "partner_id": False,
                "user_id": self.env.uid,
                "impact": max(self.mapped("impact")),
                "urgency": max(self.mapped("urgency")),
            }
        )
        master.action_make_master()
        return master.with_env(self.env)

    # ----------------------------------------------------------------- buttons
    def action_make_master(self):
        """Make the tickets mass incidents, to which others can be added."""
        self.check_access("write")
        if any(ticket.master_id for ticket in self):
            raise UserError(
                self.env._("A ticket that is part of a mass incident cannot become one itself.")
            )
        new = self.filtered(lambda ticket: not ticket.is_master)
        new._set_marks(is_master=True)
        new._explain_incident("made_master")

    def action_drop_master(self):
        """Make the tickets ordinary ones again; only those without members."""
        self.check_access("write")
        if self._has_members():
            raise UserError(
                self.env._("Tickets hang under this mass incident. Take them out of it first.")
            )
        masters = self.filtered("is_master")
        masters._set_marks(is_master=False)
        masters._explain_incident("dropped_master")

    def _has_members(self):
        """Tell whether any ticket hangs under these; sudo: those that the person may not see count too."""
        return bool(self.sudo().search_count([("master_id", "in", self.ids)], limit=1))

    def action_detach_from_master(self):
        """Take the tickets out of their mass incidents."""
        self.write({"master_id": False})

    def action_open_attach_wizard(self):
        """Ask to which mass incident the tickets belong."""
        self.check_access("write")
        return self._action_wizard("service_desk.ticket.attach", self.env._("Mass Incident"))

    def action_open_members(self):
        """Open the list of the members, those first that are still open."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(MEMBERS_ACTION)
        action["display_name"] = self.env._("Members of %(number)s", number=self.number)
        action["domain"] = [("master_id", "=", self.id)]
        action["context"] = {"default_master_id": self.id, "default_team_id": self.team_id.id}
        return action
