import io
import json
from zipfile import ZipFile

from odoo import http
from odoo.tests import HttpCase, tagged

from .common import ServiceDeskCommon

PAYLOADS = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "{=1+1}",
    "external:\\\\evil\\share",
)


@tagged("post_install", "-at_install")
class TestExport(ServiceDeskCommon, HttpCase):
    """A subject chosen by a stranger is exported as a text, whatever it starts with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent.group_ids |= cls.env.ref("base.group_allow_export")
        cls.tickets = cls.env["service_desk.ticket"]
        for payload in PAYLOADS:
            cls.tickets |= cls._create_ticket(name=payload)
        # Control characters are cleaned out of subjects; names of senders keep them.
        cls.tickets[0].partner_name = "\t=1+1"
        cls.tickets[1].partner_name = "\r=1+1"

    def _export(self, kind, **params):
        self.authenticate("sd_agent1", "sd_agent1")
        data = {
            "model": "service_desk.ticket",
            "fields": [
                {"name": "name", "label": "Subject", "type": "char"},
                {"name": "partner_name", "label": "=Name", "type": "char"},
            ],
            "ids": self.tickets.ids,
            "domain": [],
            "import_compat": False,
            **params,
        }
        response = self.url_open(
            f"/web/export/{kind}",
            data={"data": json.dumps(data), "csrf_token": http.Request.csrf_token(self)},
        )
        self.assertEqual(response.status_code, 200, response.text[:500])
        return response

    def _sheet(self, content):
        with ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
            strings = (
                archive.read("xl/sharedStrings.xml").decode()
                if "xl/sharedStrings.xml" in names
                else ""
            )
        return names, sheet, strings

    def _check_sheet(self, content):
        names, sheet, strings = self._sheet(content)
        self.assertNotIn("<f>", sheet)
        self.assertNotIn("<f ", sheet)
        self.assertNotIn("hyperlink", sheet)
        self.assertFalse([name for name in names if "externalLink" in name])
        self.assertIn("HYPERLINK", strings)

    def test_xlsx(self):
        self._check_sheet(self._export("xlsx").content)

    def test_xlsx_grouped(self):
        self._check_sheet(self._export("xlsx", groupby=["name"]).content)

    def test_csv(self):
        lines = self._export("csv").text.replace("\r\n", "\n")
        for cell in ('"=', '"+', '"-', '"@', '"\t', '"\r'):
            self.assertNotIn(f"\n{cell}", lines)
            self.assertNotIn(f",{cell}", lines)
        self.assertIn("\"'=HYPERLINK", lines)
        self.assertIn('"\'@SUM(1)"', lines)

    def test_pivot(self):
        self.authenticate("sd_agent1", "sd_agent1")
        table = {
            "title": "Tickets",
            "model": "service_desk.ticket",
            "measure_count": 1,
            "origin_count": 1,
            "col_group_headers": [[{"title": PAYLOADS[0], "width": 1, "height": 1}]],
            "measure_headers": [{"title": "Count", "is_bold": False}],
            "origin_headers": [],
            "rows": [
                {"title": payload, "indent": 0, "values": [{"is_bold": False, "value": 1}]}
                for payload in PAYLOADS
            ],
        }
        response = self.url_open(
            "/web/pivot/export_xlsx",
            data={"data": json.dumps(table), "csrf_token": http.Request.csrf_token(self)},
        )
        self.assertEqual(response.status_code, 200, response.text[:500])
        self._check_sheet(response.content)

    def test_twin_plain_odoo_writes_a_formula(self):
        """Without the guard the same subject is a live formula: the tests above prove something."""
        from xlsxwriter import Workbook

        output = io.BytesIO()
        with Workbook(output, {"in_memory": True}) as workbook:
            workbook.add_worksheet().write(0, 0, PAYLOADS[0])
        self.assertIn("<f>", self._sheet(output.getvalue())[1])
