from odoo import api, fields, models

from ..service_desk_priority_rule import IMPACTS, PRIORITIES, URGENCIES
from ..service_desk_ticket import CHANNELS

LANGUAGES = [
    ("en", "English"),
    ("ru", "Russian"),
    ("uk", "Ukrainian"),
    ("be", "Belarusian"),
    ("kk", "Kazakh"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("pt", "Portuguese"),
    ("pl", "Polish"),
    ("tr", "Turkish"),
    ("el", "Greek"),
    ("hy", "Armenian"),
    ("ka", "Georgian"),
    ("he", "Hebrew"),
    ("ar", "Arabic"),
    ("zh", "Chinese"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
]
PLACES = [
    ("both", "Subject or text"),
    ("subject", "Subject only"),
    ("text", "Text only"),
]
#: What a rule sets, in the order in which it is told.
ACTION_FIELDS = (
    "offering_id", "team_id", "service_id", "type_id", "impact", "urgency", "priority", "user_id", "tag_ids", "follower_ids",
    "participant_ids",
)  # fmt: skip


class ServiceDeskRoutingRule(models.Model):
    """When a new request fits all conditions, its ticket gets these values; the first rule that fits wins.

    An empty condition asks nothing. Within one condition any of its values will do.
    """

    _name = "service_desk.routing.rule"
    _description = "Routing Rule"
    _inherit = "service_desk.kept.mixin"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10, index=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Requests of this company only. Empty: of all companies; such a rule sets no team.",
    )
    note = fields.Text("Remark", translate=True, help="Why there is this rule.")

    # --------------------------------------------------------------- conditions
    # What a condition names cannot be deleted: without it the rule would ask less and fit more.
    channels = fields.Char(help="By which way the request came.")
    from_team_ids = fields.Many2many(
        "service_desk.team",
        "service_desk_routing_rule_from_team_rel",
        ondelete="restrict",
        string="Arrives at Team",
        check_company=True,
        help="The team that the request came to before any rule.",
    )
    addresses = fields.Text(
        "Written to",
        help="Addresses that the message names as recipients, one a line: name@example.com, name@ on every"
        " domain, or @example.com.",
    )
    senders = fields.Text(
        "Sender",
        help="Who writes, one a line: name@example.com, name@, @example.com, or .example.com for the domain"
        " and all below it.",
    )
    not_senders = fields.Text("But Not Sender", help="Written like senders; none of these.")
    partner_ids = fields.Many2many(
        "res.partner",
        "service_desk_routing_rule_partner_rel",
        ondelete="restrict",
        string="Customer",
        check_company=True,
        help="The requester, his company, or whatever he belongs to between them.",
    )
    not_partner_ids = fields.Many2many(
        "res.partner",
        "service_desk_routing_rule_not_partner_rel",
        ondelete="restrict",
        string="But Not Customer",
        check_company=True,
    )
    partner_tag_ids = fields.Many2many(
        "res.partner.category",
        "service_desk_routing_rule_partner_tag_rel",
        ondelete="restrict",
        string="Customer Group",
        help="A tag of the requester's contact, of his site or his company; tags below it count.",
    )
    site_ids = fields.Many2many(
        "res.partner",
        "service_desk_routing_rule_site_rel",
        ondelete="restrict",
        check_company=True,
    )
    languages = fields.Char(
        "Language", help="Of the contact; of the text when that is written in another alphabet."
    )
    type_ids = fields.Many2many(
        "service_desk.ticket.type",
        "service_desk_routing_rule_type_rel",
        ondelete="restrict",
        string="Ticket Type",
    )
    service_ids = fields.Many2many(
        "service_desk.service",
        "service_desk_routing_rule_service_rel",
        ondelete="restrict",
        string="Service Asked For",
        check_company=True,
        help="The service asked for, or one that it is part of.",
    )
    words_any = fields.Text(
        "Any of the Words",
        help="Words in any form, phrases in quotation marks; separated by spaces, commas or lines.",
    )
    words_all = fields.Text("All of the Words")
    words_none = fields.Text("None of the Words")
    words_in = fields.Selection(PLACES, "Look in", default="both", required=True)
    pattern = fields.Char(
        "Expression",
        help="A regular expression, in small or capital letters: KKT-\\d{4}. It looks where the words are"
        " looked for.",
    )
    attachment = fields.Selection(
        [("yes", "Has files"), ("no", "Has no files")], "Files", help="Files that came along."
    )
    attachment_names = fields.Char(
        "File Names", help="Separated by commas; a star stands for anything: *.xml, invoice*"
    )
    headers = fields.Text(
        "Mail Headers",
        help="One a line: a name, and after a colon a part of its value. X-Priority: 1",
    )
    hours = fields.Selection(
        [("inside", "In working time"), ("outside", "Outside working time")],
        "Working Hours",
        help="Of the team that the rule sets, else of the team that the request came to.",
    )

    # ------------------------------------------------------------------ actions
    offering_id = fields.Many2one(
        "service_desk.offering",
        check_company=True,
        ondelete="restrict",
        help="It becomes a request of this offering, where the requester may ask for it and its form demands no"
        " more. The offering then decides type, service and team; the values below fill in what it leaves open.",
    )
    team_id = fields.Many2one(
        "service_desk.team", check_company=True, ondelete="restrict", index="btree_not_null"
    )
    service_id = fields.Many2one("service_desk.service", check_company=True, ondelete="restrict")
    type_id = fields.Many2one("service_desk.ticket.type", ondelete="restrict")
    impact = fields.Selection(IMPACTS)
    urgency = fields.Selection(URGENCIES)
    priority = fields.Selection(
        PRIORITIES, help="Empty: follows from impact and urgency by the priority matrix."
    )
    user_id = fields.Many2one(
        "res.users",
        "Assign to",
        domain="[('share', '=', False)]",
        check_company=True,
        ondelete="restrict",
    )
    tag_ids = fields.Many2many(
        "service_desk.tag", "service_desk_routing_rule_tag_rel", string="Add Tags"
    )
    follower_ids = fields.Many2many(
        "res.users",
        "service_desk_routing_rule_follower_rel",
        string="Followers",
        domain="[('share', '=', False)]",
        check_company=True,
        help="Colleagues who hear what is said on the ticket.",
    )
    participant_ids = fields.Many2many(
        "res.partner",
        "service_desk_routing_rule_participant_rel",
        string="Participants",
        check_company=True,
        help="People outside who get every public answer. Nobody else is ever added by a rule.",
    )

    trouble = fields.Char(
        readonly=True,
        copy=False,
        help="The rule could not be asked for a request and was passed over. Saving it makes it new.",
    )
    # only for the labels of the choices above
    channel_choice = fields.Selection(CHANNELS, store=False, exportable=False)
    language_choice = fields.Selection(LANGUAGES, store=False, exportable=False)

    #: ``trouble`` is no part of what is kept: a mark must not cost every worker its memory.
    _kept_fields = frozenset(
        {
            "name", "active", "sequence", "company_id", "channels", "from_team_ids", "addresses", "senders",
            "not_senders", "partner_ids", "not_partner_ids", "partner_tag_ids", "site_ids", "languages", "type_ids",
            "service_ids", "words_any", "words_all", "words_none", "words_in", "pattern", "attachment",
            "attachment_names", "headers", "hours", *ACTION_FIELDS,
        }
    )  # fmt: skip

    @api.onchange("attachment_names")
    def _onchange_attachment_names(self):
        if self.attachment_names and not self.attachment:
            self.attachment = "yes"

    def write(self, vals):
        """Write; a changed rule is a new one to those who ask it: its trouble is forgotten."""
        if self._kept_fields & vals.keys() and "trouble" not in vals:
            vals = {**vals, "trouble": False}
        return super().write(vals)
