"""From lines of the queue to mails: who wants it, what of it is still true, one mail for a burst."""

import logging
from datetime import datetime, time, timedelta

import psycopg2
import pytz
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.mail import html2plaintext

from .service_desk_notice import TEAM_EVENTS
from .service_desk_stage import DONE_STATES, OPEN_STATES

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
RETRY_MINUTES = 5
#: In this order the parts of one mail stand.
PART_ORDER = (
    "called", "escalated", "opened", "merged", "assigned", "new_in_team", "requester_wrote", "woke", "moved",
    "task_late", "task_ready", "task_in_team", "state", "stage", "promise",
)  # fmt: skip
#: One mail tells a person of all tickets of which this is to be told: after a night there may be many.
GATHERED_EVENTS = ("called", "escalated")


class ServiceDeskNotice(models.Model):
    _inherit = "service_desk.notice"

    @api.model
    def _part_order(self):
        """Return all events, in the order in which they stand in a mail; add-ons add theirs."""
        return PART_ORDER

    # -------------------------------------------------------------------- cron
    @api.model
    def _cron_send(self, limit=200):
        """Tell what is due, in steps: a mail and the mark that it was made are one transaction."""
        domain = [("sent_at", "=", False), ("due_at", "<=", fields.Datetime.now())]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while due := self.search(domain, order="due_at, id", limit=limit).try_lock_for_update():
            due._process()
            if not self.env["ir.cron"]._commit_progress(len(due)):
                break

    def _process(self):
        """Tell the due lines of ``self``, with what else waits for the same people on the same tickets."""
        lines = self | self._pending_siblings()
        lines = lines._expand_teams()._expand_requester_sides()
        # what a person is to be told once more, because it failed, goes into the same mail
        lines |= lines._pending_siblings()
        lines = lines._apply_preferences()
        for group in lines._groups():
            group._tell()
        # the mails leave by the queue: in order, and without holding up this job
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _pending_siblings(self):
        """Return lines that are not due yet and go into the same mails (an acknowledgement takes none along)."""
        burst = self.filtered(lambda line: line.event != "opened" and not line.is_digest)
        if not burst:
            return self.browse()
        siblings = self.search(
            [
                ("sent_at", "=", False),
                ("is_digest", "=", False),
                ("event", "!=", "opened"),
                ("ticket_id", "in", burst.ticket_id.ids),
                ("id", "not in", self.ids),
            ]
        ).try_lock_for_update()
        people = {(line.ticket_id, line._person()) for line in burst}
        return siblings.filtered(lambda line: (line.ticket_id, line._person()) in people)

    def _person(self):
        return (self.partner_id, self.email or "", self._is_for_requester_side())

    def _is_for_requester_side(self):
        """Tell whether the line is for the requester and those who take part, not yet for each of them."""
        return self.event in self._requester_events() and not self.partner_id and not self.email

    def _expand_teams(self):
        """Replace lines for teams by lines for those members who want them; return what is for persons."""
        for_teams = self.filtered(lambda line: line.event in TEAM_EVENTS and not line.partner_id)
        vals_list = []
        for line in for_teams:
            members = (
                line.ticket_id.team_id.member_ids | line.ticket_id.team_id.lead_ids
            ).partner_id
            author = (line.payload or {}).get("author")
            vals_list += [
                {
                    "ticket_id": line.ticket_id.id,
                    "partner_id": member.id,
                    "event": line.event,
                    "payload": line.payload,
                    "due_at": line.due_at,
                }
                for member in members
                if member.id != author
            ]
        for_teams._done("expanded")
        return (self - for_teams) | self.create(vals_list)

    def _expand_requester_sides(self):
        """Give lines for the requester's side to its people, but for whoever caused them; return all lines.

        The line itself becomes the first person's, so that a ticket with its requester alone has one.
        """
        for_sides = self.filtered(lambda line: line._is_for_requester_side()).sorted("id")
        unheard, vals_list = self.browse(), []
        for line in for_sides:
            people = line._people_of_requester_side()
            if people:
                line.write(people[0])
                vals_list += [line._copied_for(person) for person in people[1:]]
            else:
                unheard |= line
        unheard._done("omitted")
        return (self - unheard) | self.create(vals_list)

    def _people_of_requester_side(self):
        """Return ``{"partner_id": id}`` or ``{"email": address}`` for each who is to hear the line."""
        ticket, author = self.ticket_id, (self.payload or {}).get("author")
        partners = (ticket.partner_id | ticket.participant_ids).filtered("active")
        people = [{"partner_id": partner.id} for partner in partners if partner.id != author]
        if not ticket.partner_id and ticket.email_from:
            people.append({"email": ticket.email_from})
        return people

    def _copied_for(self, person):
        return {
            "ticket_id": self.ticket_id.id,
            "event": self.event,
            "payload": dict(
                self.payload or {}, noted_at=fields.Datetime.to_string(self.create_date)
            ),
            "due_at": self.due_at,
            **person,
        }

    def _apply_preferences(self):
        """Finish what nobody wants, put off what belongs to the daily digest, return the rest."""
        chosen = self.env["service_desk.notice.preference"]._modes(self.partner_id)
        unwanted, daily = self.browse(), self.browse()
        for line in self:
            mode = chosen.get((line.partner_id.id, line.event)) or line._company_mode()
            if mode == "never":
                unwanted |= line
            elif mode == "digest" and not line.is_digest:
                daily |= line
        unwanted._done("unwanted")
        for line in daily:
            line.write({"is_digest": True, "due_at": line._digest_moment()})
        if daily:
            self._wake_cron(set(daily.mapped("due_at")))
        return self - unwanted - daily

    def _company_mode(self):
        modes = self.env["service_desk.notice.preference"]._company_modes(
            self.ticket_id.company_id.id
        )
        return modes.get(self.event, "now")

    def _digest_moment(self):
        """Return when the person's next daily digest is due (UTC), by his own clock."""
        zone = pytz.timezone(self.partner_id.tz or self.env.company.partner_id.tz or "UTC")
        hour = self.env["service_desk.settings"]._of(self.ticket_id.company_id).digest_hour
        now = datetime.now(pytz.utc).astimezone(zone)
        day = now.date() + timedelta(days=1 if now.hour >= hour else 0)
        moment = zone.localize(datetime.combine(day, time(hour)))
        return moment.astimezone(pytz.utc).replace(tzinfo=None)

    # ----------------------------------------------------------------- sending
    def _groups(self):
        """Return the lines that make one mail each: a person and a ticket; a digest is of all his tickets."""
        groups = {}
        for line in self.sorted("id"):
            kind = line._mail_kind()
            groups.setdefault((line.partner_id.id, line.email, kind), []).append(line.id)
        return [self.browse(ids) for ids in groups.values()]

    def _mail_kind(self):
        """Return what of a person's lines goes into one mail."""
        if self.is_digest:
            return "digest"
        if self.event in GATHERED_EVENTS:
            return self.event
        return self.ticket_id.id, self.event == "opened"

    def _done(self, outcome, message=None):
        self.write(
            {
                "sent_at": fields.Datetime.now(),
                "outcome": outcome,
                "message_id": message and message.id,
            }
        )

    def _tell(self):
        """Make the mail of one group; one that fails is tried again later and does not stop the others."""
        try:
            with self.env.cr.savepoint():
                message = self._send()
                self._done("sent" if message else "omitted", message)
        except psycopg2.OperationalError:
            raise  # the transaction is lost: the whole step is repeated
        except Exception:
            _logger.exception("Notices %s could not be made", self.ids)
            attempts = max(self.mapped("attempts")) + 1
            if attempts >= MAX_ATTEMPTS:
                self._done("failed")
            else:
                at = fields.Datetime.now() + timedelta(minutes=RETRY_MINUTES * 2**attempts)
                self.write({"attempts": attempts, "due_at": at})
                self._wake_cron({at})

    def _send(self):
        """Write and queue the mail of one group; return its message, empty where nothing is left to tell."""
        partner, email = self[0].partner_id, self[0].email
        lang = self._reader_lang()
        sections = []
        for ticket, lines in self.with_context(lang=lang).grouped("ticket_id").items():
            if keys := lines._keys_to_tell(ticket):
                sections.append((ticket, keys))
        if not sections:
            return self.env["mail.message"]
        ticket = sections[-1][0]
        subject, body = self._compose(sections, partner)
        context = {"lang": lang, "tz": partner.tz, "service_desk_digest": len(sections) > 1}
        return ticket.with_context(**context)._send_notice(
            subject, body, partner, email, is_reply=self[0].event == "opened"
        )

    def _reader_lang(self):
        langs = self.env["res.lang"]
        company_partner = self[0].ticket_id.company_id.partner_id
        for lang in (self[0].partner_id.lang, company_partner.lang, "en_US"):
            if lang and langs._get_data(code=lang):
                return lang
        return self.env.lang

    def _compose(self, sections, partner):
        """Return subject and HTML body of a mail about ``[(ticket, template keys)]``."""
        renderer = self.env["service_desk.placeholder"]
        templates = self.env["service_desk.notice.template"].with_context(
            lang=sections[0][0].env.lang
        )
        subject, body = "", Markup()
        for ticket, keys in sections:
            if len(sections) > 1:
                body += ticket._notice_heading()
            for key in keys:
                template = templates._for_key(key)
                body += renderer._render(template.body, ticket, partner)
                subject = subject or renderer._render(template.subject, ticket, partner, html=False)
        if len(sections) > 1:
            count = len(sections)
            subject = sections[0][0].env._(
                "Service desk: changes in %(count)s tickets", count=count
            )
        return subject, body

    # ------------------------------------------------------- what is still true
    def _keys_to_tell(self, ticket):
        """Return the keys of the templates for what is still true and not known to the person yet."""
        keys = []
        for event in self._part_order():
            lines = self.filtered(lambda line, event=event: line.event == event)
            if (
                lines
                and lines._may_know(ticket, event)
                and (key := getattr(lines, f"_key_{event}")(ticket))
            ):
                keys.append(key)
        if "new_in_team" in keys and "requester_wrote" in keys:
            keys.remove("requester_wrote")
        if "stage" in keys and any(key.startswith("state_") for key in keys):
            keys.remove("stage")
        templates = self.env["service_desk.notice.template"]
        return [key for key in keys if templates._for_key(key)]

    def _may_know(self, ticket, event):
        """Tell whether the person still has to do with the ticket: rights are those of now, not of then."""
        partner = self[0].partner_id
        if event in self._requester_events():
            if not partner:
                return ticket.email_from == self[0].email
            return partner in ticket.partner_id | ticket.participant_ids
        users = partner.user_ids.filtered(lambda user: user.active and not user.share)
        return any(ticket.with_user(user).has_access("read") for user in users)

    def _key_opened(self, ticket):
        return "opened"

    def _key_assigned(self, ticket):
        return "assigned" if ticket.user_id.partner_id == self[0].partner_id else False

    def _key_new_in_team(self, ticket):
        return "new_in_team" if ticket.is_open else False

    def _key_requester_wrote(self, ticket):
        return "requester_wrote" if ticket.needs_reply and not ticket.user_id else False

    def _key_woke(self, ticket):
        mine = ticket.user_id.partner_id == self[0].partner_id
        return "woke" if mine and ticket.is_open and ticket.state != "waiting" else False

    def _key_state(self, ticket):
        """One net change of state: what changed back, or was just said in an answer, is not told."""
        old, new = self[0].payload["old"], ticket.state
        if old == new or new == "new" or self._answer_says_it(ticket, new):
            return False
        if old in DONE_STATES and new in OPEN_STATES:
            return "state_reopened"
        return f"state_{new}"

    def _key_promise(self, ticket):
        old = self[0].payload or {}
        now = {
            "next_step": ticket.next_step or "",
            "next_update_at": str(ticket.next_update_at or ""),
        }
        changed = any(old.get(name, "") != value for name, value in now.items())
        return "promise" if changed and ticket.is_open and any(now.values()) else False

    def _noted_at(self):
        """Return when the change was made that the line tells."""
        return fields.Datetime.to_datetime((self.payload or {}).get("noted_at") or self.create_date)

    def _answer_says_it(self, ticket, state):
        """Tell whether an agent's answer of these minutes already told what the notice would say."""
        if state not in ("open", "waiting", "solved"):
            return False
        quiet = self.env["service_desk.settings"]._quiet_seconds(ticket.company_id.id)
        since = min(line._noted_at() for line in self) - timedelta(seconds=quiet + 5)
        messages = self.env["mail.message"].search(
            [
                ("model", "=", ticket._name),
                ("res_id", "=", ticket.id),
                ("message_type", "in", ("comment", "email")),
                ("date", ">=", since),
            ]
        )
        answers = messages.filtered(lambda m: ticket._is_public(m) and ticket._is_agent_message(m))
        if state != "solved":
            return bool(answers)
        resolution = plain(ticket.resolution)
        return bool(resolution) and any(resolution in plain(answer.body) for answer in answers)


def plain(html):
    """Return the words of ``html``, for comparing."""
    return " ".join(html2plaintext(str(html or "")).split())
