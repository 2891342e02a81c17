"""What routing rules cost a new ticket, as their number grows; the other side is the same without rules."""

import random

from devtools.bench_meter import Case

from . import calls
from .people import Firm

TITLE = "Routing rules: a new ticket with rules beside one without"
SIZES = (10, 100, 500)
PEER = "without rules"
SEED = 20
SYLLABLES = "ба ве го ду жи ка ло ми на пе ро су та фо хи це".split()


def prepare(env, size):
    """Bring the desk to ``size`` rules, as mixed as real ones: most by words, many by senders and customers."""
    Firm(env, with_peer=False)
    rules = env["service_desk.routing.rule"]
    have = rules.search_count([])
    partners = env["res.partner"].search([], limit=50)
    teams = env["service_desk.team"].search([])
    rules.create([_rule(number, partners, teams) for number in range(have, size)])


def _rule(number, partners, teams):
    chance = random.Random(SEED + number)
    vals = {
        "name": f"Rule {number}",
        "sequence": number,
        "team_id": chance.choice(teams).id,
        "company_id": teams[0].company_id.id,
    }
    kind = number % 10
    if kind < 6:
        vals["words_any"] = ", ".join(_word(chance) for _count in range(6))
    if kind == 5:
        vals["words_none"] = "тест"
    if kind in (6, 7):
        vals["senders"] = f"@{_word(chance)}{number}.example\nboss{number}@firm.example"
    if kind == 8:
        vals["partner_ids"] = [(6, 0, [chance.choice(partners).id])]
        vals["words_any"] = "редкость"
    if kind == 9:
        vals["languages"] = "de"
        vals["hours"] = "inside"
    return vals


def _word(chance, syllables=4):
    return "".join(chance.choices(SYLLABLES, k=syllables))


def cases(env, size):
    """Return what is measured: the decision alone, and whole tickets."""
    firm = Firm(env, with_peer=False)
    texts = {"a line": 10, "a letter, 150 words": 150, "a log, 1,500 words and more": 3000}
    found = [Case(f"decide, {name}", calls.by(1, _decide(count))) for name, count in texts.items()]
    partner = firm.env["res.partner"].search([("is_company", "=", False)], limit=1).id
    team = firm.teams[0].id
    return [
        *found,
        Case("new ticket, no rule fits", _create(team, partner, ""), _without(team, partner)),
        Case(
            "new ticket, the last rule fits",
            _create(team, partner, _fitting(env, size)),
            _without(team, partner),
        ),
        Case(
            "100 tickets at once, per ticket",
            _many(team, partner),
            _many(team, partner, True),
            per=100,
        ),
    ]


def _text(count):
    chance = random.Random(count)
    # longer words than those of the rules: none fits by accident
    return " ".join(_word(chance, 5) for _number in range(count))


def _fitting(env, size):
    """Return a word of the last rule that asks for words alone."""
    rules = env["service_desk.routing.rule"].search(
        [("words_any", "!=", False), ("partner_ids", "=", False)]
    )
    return rules[-1].words_any.split(",")[0]


def _decide(count):
    def call(env):
        from odoo.addons.service_desk.routing import Request

        company = env["service_desk.team"].search([], limit=1).company_id
        request = Request(
            channel="email",
            company_id=company.id,
            subject=_text(8),
            text=_text(count),
            senders=("somebody@customer.example",),
            partner_id=env["res.partner"].search([], limit=1).id,
        )
        yield
        env["service_desk.routing"]._decide([request])

    return call


def _vals(team, partner, word, number=0):
    return {
        "name": f"{_text(6)} {word} {number}",
        "description": f"<p>{_text(100)}</p>",
        "team_id": team,
        "partner_id": partner,
        "channel": "api",
    }


def _create(team, partner, word):
    def call(env):
        tickets = env["service_desk.ticket"].sudo()
        return lambda: tickets._intake(_vals(team, partner, word))

    return call


def _without(team, partner):
    def call(env):
        tickets = env["service_desk.ticket"].sudo()
        return lambda: tickets._intake(_vals(team, partner, ""), facts=False)

    return call


def _many(team, partner, without=False):
    def call(env):
        tickets = env["service_desk.ticket"].sudo()
        vals_list = [_vals(team, partner, "", number) for number in range(100)]
        routed = tickets._with_request({"channel": "api"}, facts=False if without else None)
        return lambda: routed.create(vals_list)

    return call
