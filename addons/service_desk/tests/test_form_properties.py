"""Any form and any answers: kept and read back equal, or refused with the question named; nothing in between."""

import json
from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.service_desk.forms import Asked, conditions, normalise, problems, read
from odoo.addons.service_desk.forms.values import is_empty

from .common import ServiceDeskCommon
from .form_strategies import JUNK, answers, forms

CONTACT = 7
#: The same examples each time: a failure is seen by whoever runs it next.
STEADY = settings(
    derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


class Known:
    """Knows one contact."""

    def knows(self, kind):
        return True

    def records(self, kind, ids):
        return {CONTACT} & set(ids)

    def files(self, ids):
        return {}


def asked():
    return Asked(today=date(2026, 6, 1), zone=ZoneInfo("Europe/Berlin"), resolver=Known())


@tagged("post_install", "-at_install")
class TestFormProperties(ServiceDeskCommon):
    def test_rules_keep_or_refuse(self):
        @settings(STEADY, max_examples=150)
        @given(st.data())
        def run(data):
            form = data.draw(forms())
            self.assertEqual(problems(form), [])
            given_answers = data.draw(answers(form, CONTACT))
            kept, errors = normalise(form, given_answers, asked())
            if errors:
                self._assert_named(form, given_answers, errors)
            else:
                self._assert_all_kept(form, given_answers, kept)

        run()

    def _assert_named(self, form, given_answers, errors):
        known = {question["key"] for question in form["questions"]}
        known |= {str(key)[:80] for key in given_answers}
        for path in errors:
            self.assertTrue(path in known or path.partition(".")[0] in known, path)

    def _assert_all_kept(self, form, given_answers, kept):
        for question in form["questions"]:
            value = given_answers.get(question["key"])
            self.assertEqual(question["key"] in kept, not is_empty(question["kind"], value))
        self.assertEqual(json.loads(json.dumps(kept)), kept, "what is kept is plain JSON")
        self.assertEqual(normalise(form, kept, asked()), (kept, {}), "and is kept as it is")

    def test_nonsense_is_refused_and_never_fails(self):
        @settings(STEADY, max_examples=80)
        @given(JUNK, JUNK, st.data())
        def run(definition, condition, data):
            self.assertTrue(problems(definition))
            conditions.holds(condition, {"a": 1})
            conditions.check(condition, {"questions": []})
            form = data.draw(forms())
            nonsense = data.draw(
                st.dictionaries(st.sampled_from([q["key"] for q in form["questions"]]), JUNK) | JUNK
            )
            _kept, errors = normalise(form, nonsense, asked())
            self.assertIsInstance(errors, dict)

        run()

    def test_broken_definitions_are_named(self):
        @settings(STEADY, max_examples=80)
        @given(st.data())
        def run(data):
            form = data.draw(forms())
            question = data.draw(st.sampled_from(form["questions"]))
            name = data.draw(
                st.sampled_from(
                    ["key", "kind", "label", "shown_if", "min", "not_before", "options", "columns"]
                )
            )
            question[name] = data.draw(JUNK)
            if not problems(form):
                normalise(form, data.draw(answers(form, CONTACT)), asked())

        run()

    def test_database_keeps_what_the_rules_keep(self):
        service = self.env["service_desk.service"].create({"name": "Any"})
        form_record = self.env["service_desk.form"].create(
            {"name": "Any", "service_id": service.id}
        )
        ticket = self._create_ticket()
        contact = self.customer_a
        ticket.partner_id.tz = "Europe/Berlin"
        count = iter(range(1, 10_000))

        @settings(STEADY, max_examples=30)
        @given(st.data())
        def run(data):
            form = data.draw(forms())
            version = self.env["service_desk.form.version"].create(
                {
                    "form_id": form_record.id,
                    "number": next(count),
                    "definition": form,
                    "checksum": "x",
                }
            )
            given_answers = data.draw(answers(form, contact.id))
            kept = version._keep_valid(
                {key: value for key, value in given_answers.items() if read(form).get(key)}, contact
            )
            ticket._replace_answers(version, kept)
            self.env.invalidate_all()
            self.assertEqual(ticket._answers(), kept)
            self.assertEqual(bool(ticket.answers_html), bool(kept))

        run()
