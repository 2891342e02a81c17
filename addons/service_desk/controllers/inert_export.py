"""Exported files hold data, never formulas.

A requester chooses the subject of his ticket, a stranger the name of his contact. Exported to a
spreadsheet, ``=HYPERLINK(…)`` must stay a text. The guard covers every model: names of contacts that
mail has made are exported with partners, orders and invoices as well.
"""

import json

from werkzeug.datastructures import FileStorage

from odoo import http

from odoo.addons.web.controllers.export import (
    CSVExport,
    ExcelExport,
    ExportXlsxWriter,
    GroupExportXlsxWriter,
)
from odoo.addons.web.controllers.pivot import TableExporter

#: What makes a spreadsheet program read the cell of a CSV file as a formula or a command. Odoo itself
#: takes care of the first three.
CSV_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CORE_STARTS = ("=", "+", "-")
#: What the writer of XLSX files takes for a formula or a link.
XLSX_STARTS = (
    "=",
    "{=",
    "http://",
    "https://",
    "ftp://",
    "ftps://",
    "mailto:",
    "internal:",
    "external:",
    "file://",
)


def inert_csv(value):
    """Return ``value`` so that no program that opens the CSV file computes it."""
    if (
        isinstance(value, str)
        and value.startswith(CSV_STARTS)
        and not value.startswith(CORE_STARTS)
    ):
        return f"'{value}"
    return value


class TextCells:
    """Writes texts as texts: neither formulas nor links are made of them."""

    def write(self, row, column, cell_value, style=None):
        if isinstance(cell_value, str) and cell_value:
            self.worksheet.write_string(row, column, cell_value, style)
        else:
            super().write(row, column, cell_value, style)


class InertXlsxWriter(TextCells, ExportXlsxWriter):
    pass


class InertGroupXlsxWriter(TextCells, GroupExportXlsxWriter):
    pass


class InertCSVExport(CSVExport):
    def from_data(self, fields, columns_headers, rows):
        headers = [self._inert_header(header) for header in columns_headers]
        return super().from_data(
            fields, headers, [[inert_csv(cell) for cell in row] for row in rows]
        )

    def _inert_header(self, header):
        return f"'{header}" if isinstance(header, str) and header.startswith(CSV_STARTS) else header


class InertExcelExport(ExcelExport):
    def from_data(self, fields, columns_headers, rows):
        with InertXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    writer.write_cell(number, column, cell)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        with InertGroupXlsxWriter(fields, columns_headers, groups.count) as writer:
            position = (1, 0)
            for name, group in groups.children.items():
                position = writer.write_group(*position, name, group)
        return writer.value


class InertTableExporter(TableExporter):
    @http.route()
    def export_xlsx(self, data, **kw):
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        return super().export_xlsx(json.dumps(inert_table(table)), **kw)


def inert_table(value):
    """Return the pivot's titles and values with an apostrophe before what a cell would compute or link."""
    if isinstance(value, dict):
        return {key: inert_table(item) for key, item in value.items()}
    if isinstance(value, list):
        return [inert_table(item) for item in value]
    if isinstance(value, str) and value.startswith(XLSX_STARTS):
        return f"'{value}"
    return value
