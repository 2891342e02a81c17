"""From a request to what rules look at: one query for the whole batch, and only for what some rule asks."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...routing import Facts, Wording, address_keys, is_russian, language_of, tokens

WORD_KINDS = {"words_any", "words_all", "words_none"}
PEOPLE_KINDS = {"customer", "not_customer", "customer_group", "site", "language"}
SENDER_KINDS = {"sender", "not_sender"}
#: How far up a contact's company is looked for.
MAX_LEVELS = 10
MAX_FILES = 200


class ServiceDeskRouting(models.AbstractModel):
    _inherit = "service_desk.routing"

    @api.model
    def _decide(self, requests):
        """Return the :class:`Finding` of each request, None where its company has no rules."""
        used = [self._has_rules(request.company_id) for request in requests]
        asked = [request for request, is_used in zip(requests, used, strict=True) if is_used]
        rules = {
            company_id: self._rules(company_id) for company_id in {r.company_id for r in asked}
        }
        kinds = frozenset().union(*(ruleset.kinds for ruleset in rules.values()))
        findings = iter(
            rules[request.company_id].first(facts)
            for request, facts in zip(asked, self._facts(asked, kinds), strict=True)
        )
        return [next(findings) if is_used else None for is_used in used]

    @api.model
    def _facts(self, requests, kinds):
        """Return the :class:`Facts` of each request, complete for conditions of these kinds."""
        words = [([], []) for _request in requests]
        if kinds & WORD_KINDS:
            words = [(tokens(request.subject), tokens(request.text)) for request in requests]
        found = self._look_up(
            {word for lists in words for some in lists for word in some},
            self._partner_ids(requests, kinds),
            {r.service_id for r in requests if r.service_id} if "service" in kinds else set(),
        )
        return [
            self._facts_of(request, subject, text, found, kinds)
            for request, (subject, text) in zip(requests, words, strict=True)
        ]

    @api.model
    def _partner_ids(self, requests, kinds):
        """Return the contacts that must be looked up."""
        if kinds & PEOPLE_KINDS:
            ids = {id_ for request in requests for id_ in (request.partner_id, request.site_id)}
        elif kinds & SENDER_KINDS:
            ids = {request.partner_id for request in requests if not request.senders}
        else:
            ids = set()
        return {id_ for id_ in ids if id_}

    @api.model
    def _facts_of(self, request, subject, text, found, kinds):
        stem_of, people, paths = found
        person = people.get(request.partner_id, {})
        senders = request.senders or filter(None, [person.get("email")])
        language = ""
        if "language" in kinds:
            written = f"{request.subject}\n{request.text}"
            language = language_of(written, request.language or person.get("lang") or "")
        return Facts(
            channels=frozenset([request.channel]),
            recipients=frozenset().union(*map(address_keys, request.recipients)),
            senders=frozenset().union(*map(address_keys, senders)),
            partners=frozenset(person.get("chain", ())) | ({person.get("commercial")} - {None}),
            partner_tags=frozenset(person.get("tags", ())),
            sites=self._sites(request, people),
            languages=frozenset([language] if language else []),
            teams=frozenset([request.team_id] if request.team_id else []),
            types=frozenset([request.type_id] if request.type_id else []),
            services=frozenset(_ids(paths.get(request.service_id) or "")),
            subject=request.subject,
            text=request.text,
            subject_words=Wording(subject, stem_of),
            text_words=Wording(text, stem_of),
            files=tuple(name[:255] for name in request.files[:MAX_FILES]),
            headers=request.headers,
            is_working=self._is_working_test(request),
        )

    @api.model
    def _sites(self, request, people):
        """Return the site of the request and what it belongs to: the chosen one, else the contact's own."""
        start = people.get(request.site_id or request.partner_id, {})
        sites = set(start.get("chain", ()))
        return frozenset(sites if request.site_id else sites - {start.get("commercial")})

    @api.model
    def _is_working_test(self, request):
        """Return a function that tells of a calendar's key whether it is working time."""

        def is_working(key):
            calendar_id, company_id = key or self._calendar_key(team_sudo)
            # sudo: whoever asks for something need not read calendars
            calendar_sudo = self.env["resource.calendar"].sudo().browse(calendar_id or [])
            company = self.env["res.company"].browse(company_id)
            hours = self.env["service_desk.working.time"]._of(calendar_sudo, company)
            return hours.is_working(request.at or fields.Datetime.now())

        team_sudo = self.env["service_desk.team"].sudo().browse(request.team_id)
        return is_working

    # ----------------------------------------------------------------- look-up
    @api.model
    def _stems(self, words):
        """Return ``{word: stem}`` for those words whose stem differs."""
        return self._look_up(words, (), ())[0]

    @api.model
    def _look_up(self, words, partner_ids, service_ids):
        """Ask the database for all that requests need, at once.

        :return: ``{word: stem}``; ``{contact: {email, lang, commercial, chain, tags}}``, of which ``chain``
            are the ids of the contact and what it belongs to; ``{service: its path}``
        """
        english = [word for word in words if word.isascii() and word.isalpha()]
        russian = [word for word in words if is_russian(word)]
        if not (english or russian or partner_ids or service_ids):
            return {}, {}, {}
        if partner_ids:
            self.env["res.partner"].flush_model(
                ["parent_id", "commercial_partner_id", "lang", "email_normalized", "category_id"]
            )
            self.env["res.partner.category"].flush_model(["parent_path"])
        if service_ids:
            self.env["service_desk.service"].flush_model(["parent_path"])
        ((english_stems, russian_stems, people, paths),) = self.env.execute_query(
            SQL(
                "SELECT (%s), (%s), (%s), (%s)",
                _stems_sql("english_stem", english),
                _stems_sql("russian_stem", russian),
                _people_sql(partner_ids),
                SQL(
                    "SELECT jsonb_object_agg(id, parent_path) FROM service_desk_service WHERE id = ANY(%s)",
                    list(service_ids),
                ),
            )
        )
        stem_of = dict(zip(english, english_stems or (), strict=True))
        stem_of.update(zip(russian, russian_stems or (), strict=True))
        return (
            stem_of,
            _people(people or ()),
            {int(key): path for key, path in (paths or {}).items()},
        )


def _stems_sql(dictionary, words):
    """Return the stems of ``words`` in their order; a stop word is its own stem."""
    return SQL(
        """SELECT array_agg(COALESCE((ts_lexize(%s, word))[1], word) ORDER BY place)
             FROM unnest(%s::text[]) WITH ORDINALITY AS given(word, place)""",
        dictionary,
        words,
    )


def _people_sql(partner_ids):
    """Return ``[leaf, id, language, address, commercial contact, paths of tags]`` of contacts and those above."""
    return SQL(
        """WITH RECURSIVE up(leaf, id, parent_id, level) AS (
               SELECT id, id, parent_id, 1 FROM res_partner WHERE id = ANY(%s)
                UNION ALL
               SELECT up.leaf, above.id, above.parent_id, level + 1
                 FROM up JOIN res_partner above ON above.id = up.parent_id
                WHERE level < %s)
           SELECT jsonb_agg(jsonb_build_array(up.leaf, up.id, partner.lang, partner.email_normalized,
                      partner.commercial_partner_id,
                      (SELECT array_agg(tag.parent_path)
                         FROM res_partner_res_partner_category_rel rel
                         JOIN res_partner_category tag ON tag.id = rel.category_id
                        WHERE rel.partner_id = up.id)) ORDER BY up.leaf, level)
             FROM up JOIN res_partner partner ON partner.id = up.id""",
        list(partner_ids),
        MAX_LEVELS,
    )


def _people(rows):
    people = {}
    for leaf, id_, lang, email, commercial, paths in rows:
        person = people.setdefault(
            leaf,
            {"email": email, "lang": lang, "commercial": commercial, "chain": [], "tags": set()},
        )
        person["chain"].append(id_)
        for path in paths or ():
            person["tags"].update(_ids(path or ""))
    return people


def _ids(path):
    """Return the ids in the path of a tree's record."""
    return [int(part) for part in path.split("/") if part]
