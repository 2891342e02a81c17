from odoo import api, fields, models

from .service_desk_priority_rule import IMPACTS, PRIORITIES, URGENCIES
from .service_desk_stage import OPEN_STATES, TICKET_STATES

CHANNELS = [
    ("email", "E-mail"),
    ("portal", "Portal"),
    ("phone", "Phone"),
    ("chat", "Chat"),
    ("record", "From a record"),
    ("event", "Event"),
    ("api", "Programme"),
    ("manual", "By an agent"),
]
#: Channels by which the requester himself speaks: nobody has answered him yet.
REQUESTER_CHANNELS = ("email", "portal", "chat", "record", "api")


class ServiceDeskTicket(models.Model):
    """One contact with the desk, from arrival to closing.

    The fields here are what lists, filters and rules need; each topic of behaviour has its own file
    beside this one (state, conversation, mail, search, intake).
    """

    _name = "service_desk.ticket"
    _description = "Ticket"
    _inherit = ["mail.thread.cc", "mail.activity.mixin", "mail.tracking.duration.mixin"]
    _order = "priority desc, id desc"
    _rec_names_search = ["query"]
    _check_company_auto = True
    _primary_email = "email_from"
    _mail_thread_customer = True
    _track_duration_field = "stage_id"
    # Requesters of different firms must not read each other's addresses in the visible "To".
    _CUSTOMER_HEADERS_LIMIT_COUNT = 0

    def _default_team_id(self):
        return self.env["service_desk.team"]._default_for(self.env.user)

    def _default_type_id(self):
        team = self.env["service_desk.team"].browse(self.env.context.get("default_team_id"))
        return (team or self._default_team_id()).default_type_id or self.env[
            "service_desk.ticket.type"
        ].search([], limit=1)

    # --------------------------------------------------------------- identity
    number = fields.Char(readonly=True, copy=False, default="/", index="trigram")
    name = fields.Char("Subject", required=True, index="trigram", tracking=True)
    active = fields.Boolean(default=True)
    description = fields.Html(help="What the requester wrote first.")
    type_id = fields.Many2one(
        "service_desk.ticket.type",
        required=True,
        index=True,
        default=lambda self: self._default_type_id(),
        ondelete="restrict",
        tracking=True,
    )
    team_id = fields.Many2one(
        "service_desk.team",
        required=True,
        index=True,
        default=lambda self: self._default_team_id(),
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    service_id = fields.Many2one(
        "service_desk.service",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    channel = fields.Selection(CHANNELS, default="manual", required=True, readonly=True)
    source_ref = fields.Char(
        "Source",
        readonly=True,
        copy=False,
        help="Names the message or event it came from; one source is one ticket.",
    )
    tag_ids = fields.Many2many("service_desk.tag", string="Tags")
    ticket_properties = fields.Properties(
        "Properties", definition="type_id.ticket_properties_definition", copy=True
    )
    is_confidential = fields.Boolean(
        "Confidential",
        tracking=True,
        help="Seen by its assignee, the team's leads and the managers only.",
    )

    # ---------------------------------------------------------- who asks, why
    partner_id = fields.Many2one(
        "res.partner", "Requester", index="btree_not_null", check_company=True, tracking=True
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_commercial_partner_id",
        store=True,
        precompute=True,
        help="The company of the requester when the ticket was opened for him.",
    )
    site_id = fields.Many2one(
        "res.partner",
        compute="_compute_site_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        help="The shop, branch or address it is about.",
    )
    email_from = fields.Char(
        "E-mail", compute="_compute_contact", store=True, readonly=False, precompute=True
    )
    partner_name = fields.Char(
        "Requester's Name", compute="_compute_contact", store=True, readonly=False, precompute=True
    )
    partner_phone = fields.Char(
        "Phone", compute="_compute_contact", store=True, readonly=False, precompute=True
    )
    participant_ids = fields.Many2many(
        "res.partner",
        "service_desk_ticket_participant_rel",
        "ticket_id",
        "partner_id",
        string="Participants",
        help="People besides the requester who take part: they get every public answer.",
    )
    origin_model = fields.Char("Record's Model", readonly=True, copy=False)
    origin_id = fields.Many2oneReference(
        "Record", model_field="origin_model", readonly=True, copy=False
    )
    origin_name = fields.Char("Reported From", readonly=True, copy=False)

    # --------------------------------------------------------------- the work
    stage_id = fields.Many2one(
        "service_desk.stage",
        required=True,
        default=lambda self: self._first_stage(self._default_type_id()),
        group_expand="_read_group_stages",
        ondelete="restrict",
        index=True,
        copy=False,
        domain="[('type_ids', 'in', type_id)]",
        tracking=True,
    )
    state = fields.Selection(
        TICKET_STATES,
        compute="_compute_state",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
    )
    is_open = fields.Boolean(compute="_compute_is_open", store=True, precompute=True)
    user_id = fields.Many2one(
        "res.users",
        "Assigned to",
        tracking=True,
        copy=False,
        domain="[('share', '=', False)]",
        index="btree_not_null",
    )
    impact = fields.Selection(IMPACTS, default="1", required=True)
    urgency = fields.Selection(URGENCIES, default="2", required=True)
    priority = fields.Selection(
        PRIORITIES,
        compute="_compute_priority",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
        help="Follows from impact and urgency by the priority matrix.",
    )
    next_step = fields.Char(help="What happens next. The requester sees it.", tracking=True)
    next_update_at = fields.Datetime(
        "Next Update",
        help="When the requester will hear from us again. He sees it.",
        tracking=True,
        copy=False,
    )
    waiting_reason_id = fields.Many2one(
        "service_desk.waiting.reason", "Waiting for", ondelete="restrict", copy=False, tracking=True
    )
    waiting_until = fields.Datetime(
        copy=False, tracking=True, help="The ticket wakes by itself then."
    )
    waiting_since = fields.Datetime(readonly=True, copy=False)
    close_reason_id = fields.Many2one(
        "service_desk.close.reason",
        ondelete="restrict",
        copy=False,
        domain="['|', ('type_ids', '=', False), ('type_ids', 'in', type_id)]",
        tracking=True,
    )
    resolution = fields.Html(copy=False, help="How it was solved.")
    needs_reply_since = fields.Datetime(
        "Waits for Our Reply Since",
        readonly=True,
        copy=False,
        help="When the requester wrote and nobody has answered yet.",
    )
    needs_reply = fields.Boolean(compute="_compute_needs_reply", store=True, precompute=True)
    reopen_count = fields.Integer("Re-opened", readonly=True, copy=False)
    has_unverified_mail = fields.Boolean(
        "Unverified Mail",
        readonly=True,
        copy=False,
        help="A message of a sender we could not verify is held for this ticket.",
    )

    # -------------------------------------------------------------- its times
    first_response_at = fields.Datetime(readonly=True, copy=False)
    assigned_at = fields.Datetime(readonly=True, copy=False)
    solved_at = fields.Datetime(readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    date_last_stage_update = fields.Datetime(readonly=True, copy=False, default=fields.Datetime.now)
    last_requester_message_at = fields.Datetime("Requester Wrote", readonly=True, copy=False)
    last_agent_message_at = fields.Datetime("We Wrote", readonly=True, copy=False)

    link_ids = fields.One2many("service_desk.ticket.link", "ticket_id", "Links")
    backlink_ids = fields.One2many("service_desk.ticket.link", "other_id", "Linked From")

    # --------------------------------------------- objects of the database
    # Odoo asks with IS TRUE, and PostgreSQL uses a partial index only if it is declared so.
    _number_uniq = models.UniqueIndex(
        "(number) WHERE number <> '/'", "This ticket number is taken."
    )
    _source_uniq = models.UniqueIndex(
        "(source_ref) WHERE source_ref IS NOT NULL", "This message or event is a ticket already."
    )
    _order_index = models.Index("(priority DESC, id DESC) WHERE active IS TRUE")
    _open_order_index = models.Index(
        "(priority DESC, id DESC) WHERE active IS TRUE AND is_open IS TRUE"
    )
    _open_user_index = models.Index(
        "(user_id, priority DESC, id DESC) WHERE active IS TRUE AND is_open IS TRUE"
    )
    _open_team_index = models.Index(
        "(team_id, priority DESC, id DESC) WHERE active IS TRUE AND is_open IS TRUE"
    )
    _open_stage_index = models.Index(
        "(stage_id, priority DESC, id DESC) INCLUDE (team_id, user_id) WHERE active IS TRUE AND is_open IS TRUE"
    )
    _open_needs_reply_index = models.Index(
        "(priority DESC, id DESC) WHERE active IS TRUE AND is_open IS TRUE AND needs_reply IS TRUE"
    )
    _needs_reply_index = models.Index(
        "(team_id, needs_reply_since) WHERE needs_reply_since IS NOT NULL"
    )
    _waiting_until_index = models.Index("(waiting_until) WHERE waiting_until IS NOT NULL")
    _next_update_index = models.Index("(next_update_at) WHERE next_update_at IS NOT NULL")
    _solved_index = models.Index("(solved_at DESC) WHERE solved_at IS NOT NULL")
    _closed_index = models.Index("(closed_at DESC) WHERE closed_at IS NOT NULL")
    _customer_index = models.Index(
        "(commercial_partner_id, id DESC) WHERE commercial_partner_id IS NOT NULL"
    )
    _origin_index = models.Index("(origin_model, origin_id) WHERE origin_id IS NOT NULL")

    # ---------------------------------------------------------------- computes
    @api.depends("number", "name")
    def _compute_display_name(self):
        for ticket in self:
            known = ticket.number and ticket.number != "/"
            ticket.display_name = f"{ticket.number} {ticket.name}" if known else (ticket.name or "")

    @api.depends("team_id")
    def _compute_company_id(self):
        for ticket in self:
            ticket.company_id = ticket.team_id.company_id or self.env.company

    @api.depends("partner_id")
    def _compute_commercial_partner_id(self):
        for ticket in self:
            ticket.commercial_partner_id = ticket.partner_id.commercial_partner_id

    @api.depends("partner_id")
    def _compute_site_id(self):
        for ticket in self:
            parent = ticket.partner_id.parent_id
            if (
                ticket.site_id
                and ticket.site_id.commercial_partner_id == ticket.commercial_partner_id
            ):
                continue
            is_site = parent and parent != ticket.partner_id.commercial_partner_id
            ticket.site_id = parent if is_site else False

    @api.depends("partner_id")
    def _compute_contact(self):
        for ticket in self:
            partner = ticket.partner_id
            ticket.email_from = partner.email or ticket.email_from
            ticket.partner_name = partner.name or ticket.partner_name
            ticket.partner_phone = partner.phone or ticket.partner_phone

    @api.depends("stage_id")
    def _compute_state(self):
        stages = self.env["service_desk.stage"]
        for ticket in self:
            ticket.state = stages._state_of(ticket.stage_id._origin.id) or "new"

    @api.depends("state")
    def _compute_is_open(self):
        for ticket in self:
            ticket.is_open = ticket.state in OPEN_STATES

    @api.depends("impact", "urgency")
    def _compute_priority(self):
        rules = self.env["service_desk.priority.rule"]
        for ticket in self:
            ticket.priority = rules._lookup(ticket.impact, ticket.urgency)

    @api.depends("needs_reply_since")
    def _compute_needs_reply(self):
        for ticket in self:
            ticket.needs_reply = bool(ticket.needs_reply_since)
