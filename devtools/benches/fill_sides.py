"""The two sides of a filled database: what a ticket is made of on each of them."""

from odoo.tools import SQL


class _Side:
    """One ticket model: its table, a sample of everything, and the columns that differ."""

    def __init__(self, model):
        self.model = model
        self.table = model.replace(".", "_")

    def sample(self, firm):
        """Make one ticket with a conversation through Odoo; returns the ids of its rows."""
        env = firm.env(context=dict(firm.env.context, mail_notify_force_send=False))
        partner = env["res.partner"].search(
            [("ref", "=", "bench"), ("parent_id", "!=", False)], limit=1
        )
        ticket = env[self.model].create(self.values(firm, partner))
        ticket.message_subscribe(partner.ids)
        message = ticket.message_post(
            body="Sample",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=partner.ids,
        )
        notification = message.notification_ids[:1] or env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "res_partner_id": partner.id,
                "notification_type": "email",
            }
        )
        return {
            "ticket": ticket.id,
            "message": message.id,
            "notification": notification.id,
            "follower": ticket.message_follower_ids[:1].id,
        }

    def common_columns(self, fill, base, count):
        """Return {column: SQL} of what both sides call the same, and the address of who asks."""
        is_open, created, partner = _is_open(count), _created(count), fill.partner()
        return {
            "id": SQL("%s + x.g", base),
            "name": fill.words(),
            "user_id": SQL(
                "CASE WHEN %s AND x.r5 < 0.25 THEN NULL ELSE %s END",
                is_open,
                fill.pick(fill.firm.agents.ids, SQL("x.r2")),
            ),
            "partner_id": partner,
            "commercial_partner_id": SQL(
                "(SELECT commercial_partner_id FROM res_partner WHERE id = %s)", partner
            ),
            "partner_name": SQL("'Customer ' || (%s)", partner),
            self.email_column: SQL("'c' || (%s) || '@customer.test'", partner),
            "priority": _priority(),
            "create_date": created,
            "write_date": created,
        }


class _Ours(_Side):
    email_column = "email_from"

    def values(self, firm, partner):
        """Return the values of a new ticket."""
        return {
            "name": "Sample",
            "team_id": firm.teams[0].id,
            "partner_id": partner.id,
            "description": "<p>Sample</p>",
        }

    def columns(self, fill, base, count):
        """Return {column: SQL} of the tickets."""
        firm = fill.firm
        is_open = _is_open(count)
        state = SQL(
            "CASE WHEN NOT %s THEN CASE WHEN x.r4 < 0.05 THEN 'solved' WHEN x.r4 < 0.1 THEN 'cancelled' ELSE 'closed' END"
            " WHEN x.r4 < 0.3 THEN 'new' WHEN x.r4 < 0.8 THEN 'open' ELSE 'waiting' END",
            is_open,
        )
        stage = SQL(
            "CASE %s %s END",
            state,
            SQL(" ").join(SQL("WHEN %s THEN %s", s, i) for s, i in firm.stages.items()),
        )
        created = _created(count)
        done = SQL(
            "CASE WHEN %s THEN NULL ELSE %s + x.r5 * interval '5 days' END", is_open, created
        )
        return {
            **self.common_columns(fill, base, count),
            "number": SQL("'INC-' || (100000000 + %s + x.g)", base),
            "team_id": fill.pick(firm.teams.ids, SQL("x.r1")),
            "state": state,
            "stage_id": stage,
            "is_open": is_open,
            "date_last_stage_update": created,
            "first_response_at": SQL(
                "CASE WHEN %s AND x.r4 < 0.3 THEN NULL ELSE %s + interval '1 hour' END",
                is_open,
                created,
            ),
            "solved_at": done,
            "closed_at": SQL("CASE WHEN %s IN ('closed', 'cancelled') THEN %s END", state, done),
            "needs_reply_since": SQL("CASE WHEN %s AND x.r5 < 0.3 THEN %s END", is_open, created),
            "needs_reply": SQL("%s AND x.r5 < 0.3", is_open),
            "waiting_since": SQL("CASE WHEN %s = 'waiting' THEN %s END", state, created),
            "waiting_until": SQL(
                "CASE WHEN %s = 'waiting' THEN now() + (x.r3 * 20 - 0.2) * interval '1 day' END",
                state,
            ),
        }


class _Peers(_Side):
    email_column = "partner_email"

    def values(self, firm, partner):
        """Return the values of a new ticket."""
        return {
            "name": "Sample",
            "team_id": firm.peer_teams[0].id,
            "partner_id": partner.id,
            "partner_name": partner.name,
            "partner_email": partner.email,
            "description": "<p>Sample</p>",
        }

    def columns(self, fill, base, count):
        """Return {column: SQL} of the tickets."""
        firm, is_open, created = fill.firm, _is_open(count), _created(count)
        stages = firm.env["helpdesk.ticket.stage"].search([("team_ids", "=", False)])
        opened, closed = stages.filtered(lambda s: not s.closed), stages.filtered("closed")
        return {
            **self.common_columns(fill, base, count),
            "number": SQL("'HT' || (100000000 + %s + x.g)", base),
            "team_id": fill.pick(firm.peer_teams.ids, SQL("x.r1")),
            "stage_id": SQL(
                "CASE WHEN %s THEN %s ELSE %s END",
                is_open,
                fill.pick(opened.ids, SQL("x.r4")),
                fill.pick(closed.ids, SQL("x.r4")),
            ),
            "unattended": SQL("%s AND x.r4 < 0.3", is_open),
            "access_token": SQL("NULL::varchar"),
            "last_stage_update": created,
            "assigned_date": created,
            "closed_date": SQL(
                "CASE WHEN %s THEN NULL ELSE %s + x.r5 * interval '5 days' END", is_open, created
            ),
        }


def _is_open(count):
    """One in fifty is open: nearly all of the newest, and a few that were forgotten."""
    return SQL("((x.g > %s AND x.r4 < 0.95) OR x.r3 < 0.005)", count * 985 // 1000)


def _created(count):
    """Five years of tickets, evenly."""
    return SQL("(now() - interval '5 years' * (1 - x.g / %s))", float(count))


def _priority():
    return SQL(
        "CASE WHEN x.r2 < 0.03 THEN '3' WHEN x.r2 < 0.15 THEN '2' WHEN x.r2 < 0.8 THEN '1' ELSE '0' END"
    )


OURS = _Ours("service_desk.ticket")
PEERS = _Peers("helpdesk.ticket")
