"""A catalog of 300 offerings, and what people would type: nearly all of it leads there within three hits."""

import csv
import json
import logging

from odoo.tests import tagged

from .catalog_search_common import CatalogSearchCommon
from .rights_common import DATA

_logger = logging.getLogger(__name__)
#: Hits that people look at, and how many of the questions must be answered there.
LOOKED_AT, WANTED = 3, 0.95


@tagged("post_install", "-at_install")
class TestCatalogQuality(CatalogSearchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.offering"].search([]).active = False
        cls.env["res.lang"]._activate_lang("ru_RU")
        rows = json.loads((DATA / "catalog_300.json").read_text(encoding="utf-8"))
        cls.key_of = dict(zip(cls._fill(rows).ids, [row["key"] for row in rows], strict=True))
        with (DATA / "catalog_search.tsv").open(encoding="utf-8", newline="") as file:
            cls.questions = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    @classmethod
    def _fill(cls, rows):
        """Create the offerings in English, then write their Russian."""
        env = cls.env(context=dict(cls.env.context, tracking_disable=True, lang="en_US"))
        services = {}
        for row in rows:
            english, russian = row["service"]
            if english not in services:
                services[english] = env["service_desk.service"].create(
                    {"name": english, "company_id": cls.company.id, "team_id": cls.team_it.id}
                )
                services[english].with_context(lang="ru_RU").name = russian
        offerings = env["service_desk.offering"].create(
            [
                {
                    "name": row["name"][0],
                    "summary": row["summary"][0],
                    "service_id": services[row["service"][0]].id,
                    "type_id": cls.type_request.id,
                    "state": "published",
                }
                for row in rows
            ]
        )
        for offering, row in zip(offerings.with_context(lang="ru_RU"), rows, strict=True):
            offering.write({"name": row["name"][1], "summary": row["summary"][1]})
        return offerings

    def _keys(self, text):
        found = self.catalog._search_offerings(text, self.customer_a, limit=LOOKED_AT)
        return [self.key_of[hit["offering_id"]] for hit in found]

    def test_questions_of_the_task(self):
        self.assertEqual(len(self.key_of), 300)
        self.assertIn("plumbing", self._keys("течёт кран"))
        self.assertIn("printer-repair", self._keys("не печатает"))
        self.assertIn("laptop-order", self._keys("new laptop"))

    def test_people_find_what_they_mean(self):
        self.assertGreaterEqual(len(self.questions), 150)
        missed = []
        for question in self.questions:
            keys = self._keys(question["query"])
            if not set(keys) & set(question["offering"].split("|")):
                missed.append(f"{question['query']} -> {', '.join(keys) or 'nothing'}")
        share = 1 - len(missed) / len(self.questions)
        _logger.info(
            "%.1f %% of %s questions within %s hits; missed:\n%s",
            100 * share,
            len(self.questions),
            LOOKED_AT,
            "\n".join(missed),
        )
        self.assertGreaterEqual(share, WANTED, "\n".join(missed))

    def test_questions_do_not_repeat_the_names(self):
        """Else they would show nothing: few of them are the words of a name alone."""
        names = {
            name.lower() for name in self.env["service_desk.offering"].search([]).mapped("name")
        }
        repeated = [row["query"] for row in self.questions if row["query"].lower() in names]
        self.assertFalse(repeated)
