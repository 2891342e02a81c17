"""The calls that screens and mails make, for any ticket model.

Each is a generator: what comes before its ``yield`` is preparation, what follows is measured.
"""

import itertools
import random

from odoo.addons.mail.tools.discuss import Store

from . import views

#: What the conversation beside a form asks for, besides its messages.
CHATTER = [
    "activities",
    "attachments",
    "contact_fields",
    "followers",
    "scheduledMessages",
    "suggestedRecipients",
]
PAGE = 80
_counter = itertools.count(1)


def by(user_id, call):
    """Return ``call`` as a side of a Case, done by the user."""

    def side(env):
        steps = call(_at_the_client(env(user=user_id)))
        next(steps)
        return lambda: next(steps, None)

    return side


def _at_the_client(env):
    """Return the environment as a person's client makes it; the superuser's is that of a job."""
    if env.su:
        return env
    companies = {"allowed_company_ids": env.user.company_ids.ids}
    return env(context={**env["res.users"].context_get(), **companies})


class Side:
    """One ticket model with its own way of saying the same things."""

    def __init__(self, firm, model, team_ids, stage_ids, is_open, search_domain, details):
        self.model = model
        self.agent_ids = firm.agents.ids
        self.team_ids = team_ids
        self.stage_ids = stage_ids
        self.is_open = is_open
        self.search_domain = search_domain
        self.details = details
        self.dice = random.Random(7)
        env = firm.env(user=firm.agent)
        self.list_fields = views.specification(env, model, "list")
        self.kanban_fields = views.specification(env, model, "kanban")
        self.form_fields = views.specification(env, model, "form")
        self.progress = views.progress_bar(env, model)
        self.order = env[model]._order
        team = firm.env[env[model]._fields["team_id"].comodel_name].browse(team_ids[0])
        self.address = team.alias_id.alias_full_name
        self._choose(firm.env)

    def _choose(self, env):
        """Fix the tickets and customers that the calls work on: the same from run to run."""
        tickets = env[self.model].search(
            [*self.is_open, ("partner_id", "!=", False)], limit=200, order="id desc"
        )
        self.ticket_ids = tickets.ids
        self.partner_ids = tickets.partner_id.ids

    def ticket(self, env):
        """Return one of the open tickets."""
        return env[self.model].browse(self.dice.choice(self.ticket_ids))

    # ------------------------------------------------------------------ writing
    def values(self, env, **extra):
        """Return the values of a new ticket as a form sends them."""
        partner = env["res.partner"].sudo().browse(self.dice.choice(self.partner_ids))
        return {
            "name": f"The printer of desk {next(_counter)} does not print",
            "description": "<p>It only blinks since this morning.</p>",
            "team_id": self.dice.choice(self.team_ids),
            "partner_id": partner.id,
            **self.details(partner),
            **extra,
        }

    def create(self, env):
        """One new ticket."""
        values = self.values(env)
        yield
        env[self.model].create(values)

    def create_assigned(self, env):
        """One new ticket given to a colleague, who is told."""
        values = self.values(env, user_id=self.agent_ids[1])
        yield
        env[self.model].create(values)

    def create_batch(self, env):
        """A hundred tickets in one call."""
        values = [self.values(env) for _number in range(100)]
        yield
        env[self.model].create(values)

    def change_stage(self, env):
        """Move a ticket to another open stage."""
        ticket = self.ticket(env)
        target = next(stage for stage in self.stage_ids if stage != ticket.stage_id.id)
        yield
        ticket.write({"stage_id": target})

    def comment(self, env):
        """An agent answers the customer."""
        ticket = self.ticket(env)
        partner_id = ticket.partner_id.id
        yield
        ticket.message_post(
            body="We are looking at it.",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=[partner_id],
        )

    # --------------------------------------------------------------------- mail
    def mail_new(self, env):
        """A letter of a known customer becomes a ticket."""
        partner = env["res.partner"].browse(self.dice.choice(self.partner_ids))
        letter = self._letter(partner.email, "The printer does not print", "")
        yield
        env["mail.thread"].message_process(self.model, letter)

    def mail_reply(self, env):
        """A customer answers on his ticket."""
        ticket = self.ticket(env)
        known = env["mail.message"].search(
            [
                ("model", "=", self.model),
                ("res_id", "=", ticket.id),
                ("message_type", "=", "comment"),
            ],
            limit=1,
        )
        head = f"In-Reply-To: {known.message_id}\nReferences: {known.message_id}\n"
        letter = self._letter(ticket.partner_id.email, "Re: The printer does not print", head)
        yield
        env["mail.thread"].message_process(self.model, letter)

    def _letter(self, sender, subject, head):
        number = next(_counter)
        return (
            f"From: {sender}\nTo: {self.address}\nSubject: {subject}\n{head}"
            f"Message-ID: <letter-{number}-{self.dice.random()}@customer.test>\n"
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
            "Good day!\n\nIt only blinks since this morning, please help.\n\nAlla\n"
        )

    # ------------------------------------------------------------------- reading
    def list(self, domain, order=None):
        """Return the call behind a page of the list."""

        def call(env):
            yield
            return env[self.model].web_search_read(
                domain, self.list_fields, limit=PAGE, order=order or self.order, count_limit=10001
            )

        return call

    def kanban(self, domain):
        """Return the calls behind the kanban: columns with their first cards, and the coloured bars."""

        def call(env):
            yield
            tickets = env[self.model]
            tickets.web_read_group(
                domain,
                ["stage_id"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=self.kanban_fields,
                unfold_read_default_limit=PAGE,
            )
            if self.progress:
                tickets.read_progress_bar(domain, "stage_id", self.progress)

        return call

    def search(self, word):
        """Return the call behind a word in the search box."""
        return self.list(self.search_domain(word))

    def form(self, env):
        """A ticket opens: its record, its conversation, its messages."""
        ticket = self.ticket(env)
        yield
        ticket.web_read(self.form_fields)
        thread = env[self.model]._get_thread_with_access(ticket.id, mode="read")
        Store().add(thread, request_list=CHATTER, as_thread=True).get_result()
        found = env["mail.message"]._message_fetch(domain=None, thread=thread, limit=30)
        Store().add(found["messages"]).get_result()


def ours(firm):
    """Return our ticket's side."""
    return Side(
        firm,
        "service_desk.ticket",
        firm.teams.ids,
        [firm.stages["open"], firm.stages["new"]],
        [("is_open", "=", True)],
        lambda word: [("query", "ilike", word)],
        lambda partner: {},
    )


def peers(firm):
    """Return the peer's side."""
    stages = (
        firm.env["helpdesk.ticket.stage"]
        .search([("team_ids", "=", False)])
        .filtered(lambda s: not s.closed)
    )
    return Side(
        firm,
        "helpdesk.ticket",
        firm.peer_teams.ids,
        stages.ids,
        [("closed", "=", False)],
        lambda word: ["|", ("number", "ilike", word), ("name", "ilike", word)],
        # What its form fills in when a contact is chosen.
        lambda partner: {"partner_name": partner.name, "partner_email": partner.email},
    )
