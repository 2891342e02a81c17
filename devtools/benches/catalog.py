"""What a person's catalog costs: what he may use, and finding it by his own words."""

import json
import random
from pathlib import Path

from odoo.tools import SQL

from devtools.bench_meter import Case
from devtools.paths import ROOT

TITLE = "The catalog of one person, and search in it"
SIZES = (1, 2, 3, 4, 5, 6)
SIZE_NAMES = (
    "30 offerings, 100 people",
    "300 offerings, 100 people",
    "3,000 offerings, 100 people",
    "30 offerings, 10,000 people",
    "300 offerings, 10,000 people",
    "3,000 offerings, 10,000 people",
)
OFFERINGS, PEOPLE = (30, 300, 3_000) * 2, (100,) * 3 + (10_000,) * 3
SEED = 38
FIRMS = 40
QUESTIONS = {
    "two words": "течёт кран",
    "mistyped": "прингтер жувет бумагу",
    "wrong keyboard": "yt gtxfnftn ghbynth",
    "a sentence": "здравствуйте у нас в магазине со вчерашнего дня не работает касса и терминал не берёт карты",
    "nothing fits": "qwxz vbnmp",
}
TEXTS = Path(ROOT, "addons", "service_desk", "tests", "data", "catalog_300.json")


def prepare(env, size):
    """Publish as many offerings as the size says, of as many people."""
    env = env(context=dict(env.context, tracking_disable=True, no_reset_password=True))
    _people(env, PEOPLE[size - 1])
    _offerings(env, OFFERINGS[size - 1])


# ------------------------------------------------------------------------ people
def _firms(env):
    found = env["res.partner"].search([("ref", "=like", "bench firm%")], order="id")
    if found:
        return found
    tags = env["res.partner.category"].create([{"name": f"Bench {number}"} for number in range(10)])
    return env["res.partner"].create(
        [
            {
                "name": f"Firm {number}",
                "ref": f"bench firm {number}",
                "is_company": True,
                "category_id": [(4, tags[number % 10].id)],
            }
            for number in range(FIRMS)
        ]
    )


def _people(env, count):
    """Make contacts below firms; every second one logs in, a tenth of these as a colleague."""
    firms = _firms(env)
    partners = env["res.partner"]
    have = partners.search_count([("ref", "=", "bench person")])
    new = partners.create(
        [
            {
                "name": f"Person {number}",
                "ref": "bench person",
                "email": f"person{number}@bench.test",
                "parent_id": firms[number % FIRMS].id,
            }
            for number in range(have, count)
        ]
    )
    if new:
        _logins(env, new[::2])


def _logins(env, partners):
    """Give the people logins by SQL: ten thousand through the ORM would take longer than the bench."""
    env.flush_all()
    for group, share, ids in (
        ("base.group_user", False, partners[::10].ids),
        ("base.group_portal", True, (partners - partners[::10]).ids),
    ):
        rows = env.execute_query(
            SQL(
                """INSERT INTO res_users (partner_id, login, active, share, company_id, notification_type)
                   SELECT id, email, TRUE, %s, %s, 'email' FROM res_partner WHERE id = ANY(%s) RETURNING id""",
                share,
                env.company.id,
                ids,
            )
        )
        users = [row[0] for row in rows]
        for table, own, other, value in (
            ("res_groups_users_rel", "uid", "gid", env.ref(group).id),
            ("res_company_users_rel", "user_id", "cid", env.company.id),
        ):
            env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s, %s) SELECT id, %s FROM unnest(%s) AS made (id)",
                    SQL.identifier(table),
                    SQL.identifier(own),
                    SQL.identifier(other),
                    value,
                    users,
                )
            )
    env.invalidate_all()


# --------------------------------------------------------------------- offerings
def _offerings(env, count):
    """Leave the first ``count`` offerings, made and published where they lack."""
    offerings = env["service_desk.offering"]
    offerings.search([("tag_ids.name", "!=", "bench")]).active = False
    mine = offerings.search([("tag_ids.name", "=", "bench")], order="id")
    missing = range(len(mine), count)
    if missing:
        new = offerings.create(list(_offering_values(env, missing)))
        env["service_desk.entitlement"].create(list(_rows(env, new)))
        mine |= new
    mine[:count].state = "published"
    mine[count:].unlink()


def _offering_values(env, numbers):
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))
    type_id = env.ref("service_desk.ticket_type_request").id
    tags, services = env["service_desk.tag"], env["service_desk.service"]
    teams = env["service_desk.team"]
    team = teams.search([("name", "=", "Bench")]) or teams.create({"name": "Bench"})
    tag = tags.search([("name", "=", "bench")]) or tags.create({"name": "bench"})
    place = {}
    for number in numbers:
        text = texts[number % len(texts)]
        service = text["service"][1]
        if service not in place:
            found = services.search([("name", "=", service)])
            place[service] = (
                found
                or services.create(
                    {"name": service, "company_id": env.company.id, "team_id": team.id}
                )
            )[:1].id
        chance = random.Random(SEED + number)
        more = " ".join(_word(chance) for _count in range(4)) if number >= len(texts) else ""
        yield {
            "name": f"{text['name'][1]} {more}".strip(),
            "summary": f"{text['summary'][1]}. {text['name'][0]}",
            "service_id": place[service],
            "type_id": type_id,
            "tag_ids": [(4, tag.id)],
        }


def _word(chance):
    return "".join(chance.choices("ба ве го ду жи ка ло ми на пе ро су та фо хи це".split(), k=3))


def _rows(env, offerings):
    """Yield who may use them: of three offerings one is for everybody, the others for one or two kinds."""
    firms = _firms(env)
    tags = env["res.partner.category"].search([("name", "=like", "Bench%")])
    group = env.ref("service_desk.service_desk_group_agent").id
    for number, offering in enumerate(offerings):
        chance = random.Random(SEED + number)
        vals = {"offering_id": offering.id}
        kind = number % 6
        if kind in (1, 2):
            yield {**vals, "customer_ids": [(6, 0, chance.sample(firms.ids, 5))]}
        if kind in (2, 3):
            yield {**vals, "customer_tag_ids": [(6, 0, chance.sample(tags.ids, 2))]}
        if kind == 4:
            yield {**vals, "for_internal": True, "group_ids": [(4, group)]}
        if kind == 5:
            yield {**vals, "for_portal": True}
            yield {**vals, "kind": "refuse", "site_ids": [(4, chance.choice(firms.ids))]}


# ------------------------------------------------------------------------- cases
def cases(env, size):
    """Return what a person waits for, and what is made once after a change of the catalog."""
    people = env["res.partner"].search([("ref", "=", "bench person")], order="id")
    person = people[len(people) // 2].id
    found = [
        Case("visible catalog", _visible(person)),
        Case("visible catalog of 100 people, each", _visible_many(people[:100].ids), per=100),
    ]
    found += [Case(f"search: {name}", _search(person, text)) for name, text in QUESTIONS.items()]
    found.append(Case("search at the door, noted", _door(person)))
    found.append(Case("once: rules of all offerings", _compile_rules))
    found.append(Case("once: words of all offerings", _compile_words))
    return found


def _visible(person):
    def side(env):
        catalog, partner = env["service_desk.catalog"], env["res.partner"].browse(person)
        return lambda: catalog._visible_ids(partner)

    return side


def _visible_many(ids):
    def side(env):
        catalog = env["service_desk.catalog"]
        partners = env["res.partner"].browse(ids)
        return lambda: [catalog._visible_ids(partner) for partner in partners]

    return side


def _search(person, text):
    def side(env):
        catalog, partner = env["service_desk.catalog"], env["res.partner"].browse(person)
        return lambda: catalog._search_offerings(text, partner)

    return side


def _door(person):
    def side(env):
        partner = env["res.partner"].browse(person)
        user = partner.user_ids[:1] or env.user
        catalog = env(user=user.id)["service_desk.catalog"]
        return lambda: catalog.search_catalog("течёт кран")

    return side


def _compile_rules(env):
    env.registry.clear_cache()
    entitlements = env["service_desk.entitlement"]
    return entitlements._rulebook


def _compile_words(env):
    env.registry.clear_cache()
    catalog = env["service_desk.catalog"]
    return catalog._search_index
