"""What is known about one message while it is decided upon."""

import ast
import re
from dataclasses import dataclass, field

from odoo import api, models, tools
from odoo.tools import SQL
from odoo.tools.mail import email_normalize

from ..mailparse import authentication

NO_REPLY = re.compile(r"(?i)^(?:no|do-?not|donot|не)[-_.]?(?:reply|respond|ответ\w*)")
#: The document behind one of our own message identifiers, whether the message still exists or not.
OWN_REFERENCE = re.compile(r"-openerp-(\d+)-service_desk\.ticket@")
MODEL = "service_desk.ticket"


@dataclass
class Alias:
    """One of our addresses that the message was sent to."""

    id: int
    email: str
    model: str
    contact: str
    defaults: dict
    parent_model: str = ""
    parent_id: int = 0


@dataclass
class Job:
    """A message on its way through the steps; filled in by them."""

    mail: object
    hints: dict = field(default_factory=dict)
    server: object = None
    settings: object = None
    verdict: object = None
    aliases: list = field(default_factory=list)
    addresses: set = field(default_factory=set)
    bounce_addresses: set = field(default_factory=set)
    own_addresses: set = field(default_factory=set)
    partners: dict = field(default_factory=dict)
    partner: object = None
    staff: object = None
    team: object = None
    facts: dict = field(default_factory=dict)
    references: list = field(default_factory=list)
    ticket: object = None
    parent: dict = field(default_factory=dict)
    by_number: bool = False
    lost_ticket: bool = False
    quiet: bool = False
    is_allowed_machine: bool = False

    @property
    def own_aliases(self):
        """Addresses of the desk, in the order in which the message names them."""
        return [alias for alias in self.aliases if alias.model == MODEL]

    @property
    def foreign_aliases(self):
        """Addresses of other applications."""
        return [alias for alias in self.aliases if alias.model != MODEL]


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    @api.model
    def _prepare_job(self, mail, hints=None, server=None, aliases=None):
        """Return the :class:`Job` of ``mail`` with its addresses, sender and references looked up.

        :param aliases: what ``_find_aliases`` has found in the same message before
        """
        job = Job(mail=mail, hints=hints or {}, server=server)
        self._find_aliases(job, aliases)
        self._find_references(job)
        self._find_people(job)
        job.team = self._find_team(job)
        job.settings = self.env["service_desk.settings"]._of(job.team.company_id)
        trusted = (job.settings.trusted_mail_servers or "").split()
        job.verdict = authentication(mail.auth_headers, trusted, mail.from_email)
        return job

    # ------------------------------------------------------------- addresses
    def _find_aliases(self, job, known=None):
        """Find which of our addresses the message names, the first one first.

        :return: what was found in the database, to be given as ``known`` another time
        """
        mail = job.mail
        ordered = [address.email for address in [*mail.to, *mail.cc]] + list(mail.delivered_to)
        ordered = list(dict.fromkeys(email for email in ordered if email))
        job.addresses = set(ordered)
        gateway, bounces = self._gateway_addresses()
        job.own_addresses |= gateway
        job.bounce_addresses |= bounces
        positions = {}
        for position, email in enumerate(ordered):
            positions.setdefault(email, position)
            positions.setdefault(without_plus(email), position)
        others = {mail.from_email, *(address.email for address in mail.reply_to)} - {""}
        if known is None:
            known = self._search_aliases([*positions, *others])
        found = []
        for alias, incoming_local in known:
            places = [
                place
                for email, place in positions.items()
                if email == alias.email
                or (incoming_local and email.partition("@")[0] == alias.email.partition("@")[0])
            ]
            if places:
                found.append((min(places), alias.id, alias))
            if alias.model == MODEL:
                job.own_addresses.add(alias.email)
        job.aliases = [
            alias for _position, _id, alias in sorted(found, key=lambda entry: entry[:2])
        ]
        return known

    @api.model
    @tools.ormcache()
    def _gateway_addresses(self):
        """Return the addresses of the gateway itself (catchall, bounce, default sender), and of bounces alone."""
        domains = self.env["mail.alias.domain"].sudo().search([("name", "!=", False)])
        bounces = frozenset(email.lower() for email in domains.mapped("bounce_email") if email)
        others = [*domains.mapped("catchall_email"), *domains.mapped("default_from_email")]
        return bounces | frozenset(email.lower() for email in others if email), bounces

    def _search_aliases(self, emails):
        """Return ``(Alias, matches by local part)`` for the addresses of ours in ``emails``."""
        if not emails:
            return []
        self.env["mail.alias"].flush_model()
        locals_ = list({email.partition("@")[0] for email in emails})
        rows = self.env.execute_query(
            SQL(
                """SELECT a.id, lower(COALESCE(a.alias_full_name, a.alias_name)), m.model, a.alias_contact,
                          a.alias_defaults, p.model, a.alias_parent_thread_id, a.alias_incoming_local
                     FROM mail_alias a
                     JOIN ir_model m ON m.id = a.alias_model_id
                LEFT JOIN ir_model p ON p.id = a.alias_parent_model_id
                    WHERE a.alias_full_name = ANY(%s)
                       OR (a.alias_incoming_local AND a.alias_name = ANY(%s))
                 ORDER BY a.id""",
                emails,
                locals_,
            )
        )
        return [
            (
                Alias(id_, email, model, contact, _defaults(defaults), parent or "", thread or 0),
                incoming_local,
            )
            for id_, email, model, contact, defaults, parent, thread, incoming_local in rows
        ]

    def _is_own_address(self, job, email):
        """Tell whether ``email`` is an address of the desk or of the mail gateway."""
        if not email or email in job.own_addresses:
            return bool(email)
        looked_up = {job.mail.from_email, *(address.email for address in job.mail.reply_to)}
        if email in looked_up | job.addresses:
            return False
        return any(
            alias.model == MODEL and alias.email == email
            for alias, _local in self._search_aliases([email])
        )

    # ------------------------------------------------------------ references
    def _find_references(self, job):
        """Look up which of our messages it answers or reports about, newest first."""
        mail = job.mail
        about = mail.machine.about_message_ids if mail.machine else []
        wanted = list(dict.fromkeys([*mail.in_reply_to, *mail.references[-32:][::-1], *about]))
        if not wanted:
            return
        self.env["mail.message"].flush_model(
            ["message_id", "model", "res_id", "is_internal", "subtype_id"]
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT m.id, m.message_id, m.model, m.res_id,
                          COALESCE(m.is_internal, FALSE) OR s.id IS NULL OR COALESCE(s.internal, FALSE)
                     FROM mail_message m LEFT JOIN mail_message_subtype s ON s.id = m.subtype_id
                    WHERE m.message_id = ANY(%s) ORDER BY m.id DESC LIMIT 200""",
                wanted,
            )
        )
        keys = ("id", "message_id", "model", "res_id", "internal")
        known = [dict(zip(keys, row, strict=True)) for row in rows]
        order = {name: position for position, name in enumerate(wanted)}
        job.references = sorted(known, key=lambda row: (order[row["message_id"]], -row["id"]))
        if not job.references:
            job.lost_ticket = any(OWN_REFERENCE.search(name) for name in wanted)

    # ---------------------------------------------------------------- people
    def _find_people(self, job):
        """Find the contacts of every address that matters, in one search, and the sender among them."""
        mail = job.mail
        emails = {mail.from_email, *(address.email for address in [*mail.reply_to, *mail.cc])}
        if mail.original:
            emails.add(mail.original.email)
        emails = {email for email in emails if email}
        job.partner = self.env["res.partner"]
        job.staff = self.env["res.users"]
        if not emails:
            return
        # All columns at once: what follows reads most of them, and a second query is saved.
        names = self._columns_of("res.partner")
        partners = self.env["res.partner"].search_fetch(
            [("email_normalized", "in", list(emails))], names, order="id", limit=20 * len(emails)
        )
        for partner in partners:
            email = partner.email_normalized
            job.partners[email] = job.partners.get(email, self.env["res.partner"]) | partner
        senders = job.partners.get(mail.from_email, self.env["res.partner"])
        users = self._find_users(partners).filtered(lambda user: user.partner_id in senders)
        agents = users.filtered(lambda user: user._is_service_desk_staff())
        job.staff = (agents or users)[:1]
        job.partner = job.staff.partner_id or self._best_partner(senders)

    @api.model
    def _columns_of(self, model):
        """Return the names of the columns that Odoo reads together: fetched at once, a query is saved."""
        fields_of = self.env[model]._fields.items()
        return [name for name, field in fields_of if field.prefetch is True and field.column_type]

    def _find_users(self, partners):
        """Return the internal users among ``partners``, and keep in the cache who is a user at all."""
        users = self.env["res.users"].search_fetch(
            [("partner_id", "in", partners.ids)], ["partner_id", "share", "active"]
        )
        return users.filtered(lambda user: not user.share)

    @api.model
    def _best_partner(self, partners):
        """Return the contact to take of several with one address: a person with access, then of a company."""

        def rank(partner):
            return (not partner.user_ids, not partner.parent_id, partner.is_company, partner.id)

        return partners.sorted(rank)[:1]

    # ------------------------------------------------------------------ team
    def _find_team(self, job):
        """Return the team that the first address of ours names, else the mailbox's; may be empty."""
        teams = self.env["service_desk.team"]
        for alias in job.own_aliases:
            team_id = alias.defaults.get("team_id")
            if not team_id and alias.parent_model == teams._name:
                team_id = alias.parent_id
            if team_id:
                return teams.browse(team_id)
        if job.server and job.server.service_desk_team_id:
            return job.server.service_desk_team_id
        values = job.hints.get("values") or {}
        if values.get("team_id"):
            return teams.browse(values["team_id"]).exists()
        if job.hints.get("model") == MODEL or (job.server and job.server.object_id.model == MODEL):
            return teams.search(
                [("company_id", "=", self.env.company.id)], limit=1
            ) or teams.search([], limit=1)
        return teams

    @api.model
    def _normalised(self, email):
        """Return the bare lower-case address, or an empty string."""
        return email_normalize(email or "") or ""


def without_plus(email):
    """Return the address without what stands between a plus sign and the at sign."""
    local, at, domain = email.partition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def _defaults(text):
    """Return the values of an alias; a broken text is none (the alias shows its own error)."""
    try:
        values = ast.literal_eval(text or "{}")
    except (ValueError, SyntaxError):
        return {}
    return values if isinstance(values, dict) else {}


class MailAliasDomain(models.Model):
    """The gateway keeps the addresses that these records make."""

    _name = "mail.alias.domain"
    _inherit = ["mail.alias.domain", "service_desk.kept.mixin"]
