import { describe, expect, test } from "@odoo/hoot";
import { edit, press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { allowTranslations, contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { readTable, readTarget, sayTarget } from "@service_desk_sla/target_grid/amounts";

describe.current.tags("desktop");

const target = (amount, unit) => ({ amount, unit });

class Metric extends models.Model {
    _name = "service_desk.metric";

    name = fields.Char();
    code = fields.Char();
    _records = [
        { id: 1, name: "First response", code: "first_response" },
        { id: 2, name: "Arrival", code: "arrival" },
        { id: 3, name: "Resolution", code: "resolution" },
    ];
}

class Line extends models.Model {
    _name = "service_desk.agreement.line";

    priority = fields.Selection({ selection: [["1", "Normal"], ["2", "High"]] });
    cells = fields.Json();
    _records = [
        { id: 1, priority: "2", cells: { 1: target(30, "minutes"), 3: target(4, "hours") } },
        { id: 2, priority: false, cells: { 3: target(2, "days") } },
    ];
}

class Agreement extends models.Model {
    _name = "service_desk.agreement";

    line_ids = fields.One2many({ relation: "service_desk.agreement.line" });
    _records = [{ id: 1, line_ids: [1, 2] }, { id: 2, line_ids: [] }];
}

defineMailModels();
defineModels([Metric, Line, Agreement]);

const ARCH = `
    <form><field name="line_ids" widget="service_desk_target_grid" mode="list">
        <list editable="bottom"><field name="priority"/><field name="cells"/></list>
    </field></form>`;

const headers = () => queryAllTexts("thead th").filter(Boolean);

async function mountGrid(resId = 1) {
    onRpc("service_desk.agreement", "web_save", ({ args }) => {
        for (const [, , vals] of args[1].line_ids) {
            expect.step(vals.cells);
        }
    });
    await mountView({ resModel: "service_desk.agreement", type: "form", resId, arch: ARCH });
}

async function paste(selector, text) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    await animationFrame();
    await animationFrame();
}

test("what people type is read", () => {
    for (const [text, expected] of [
        ["30", target(30, "minutes")],
        ["30 min", target(30, "minutes")],
        ["15мин", target(15, "minutes")],
        ["4h", target(4, "hours")],
        ["4 часа", target(4, "hours")],
        ["1,5 h", target(90, "minutes")],
        ["1 h 30 min", target(90, "minutes")],
        ["1:30", target(90, "minutes")],
        ["2:00", target(2, "hours")],
        ["2 days", target(2, "days")],
        ["2 раб. дня", undefined],
        ["2 рабочих дня", target(2, "days")],
        ["2 working days, to the end", target(2, "days_end")],
        ["3 дня, до конца дня", target(3, "days_end")],
        ["", null],
        ["–", null],
        ["0", undefined],
        ["-5 min", undefined],
        ["soon", undefined],
        ["4 h to the end", undefined],
        ["99999999 h", undefined],
    ]) {
        expect(readTarget(text)).toEqual(expected, { message: text });
    }
});

test("what is said is read again as it was", () => {
    allowTranslations();
    for (const cell of [target(45, "minutes"), target(8, "hours"), target(2, "days"), target(1, "days_end")]) {
        expect(readTarget(sayTarget(cell))).toEqual(cell);
    }
});

test("a table of a spreadsheet", () => {
    expect(readTable("4 h")).toBe(null);
    expect(readTable("30\t4 h\r\n60\t8 h\r\n")).toEqual([["30", "4 h"], ["60", "8 h"]]);
});

test("metrics are columns, rows without a name are for all", async () => {
    await mountGrid();
    expect(headers()).toEqual(["Priority", "First response", "Resolution"]);
    expect(queryAllTexts(".o_data_row:eq(0) .o_data_cell")).toEqual(["High", "30 min", "4 h"]);
    expect(queryAllTexts(".o_data_row:eq(1) .o_data_cell")).toEqual(["All", "", "2 working days"]);
});

test("a target is typed, corrected and taken out by the keyboard", async () => {
    await mountGrid();
    await contains(".o_data_row:eq(0) .o_service_desk_target_3").click();
    expect(".o_selected_row .o_service_desk_target_3 input").toBeFocused();
    await edit("6 h");
    await press("Tab", { shiftKey: true });
    await animationFrame();
    expect(".o_selected_row .o_service_desk_target_1 input").toBeFocused();
    await edit("");
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ 3: target(6, "hours") }]);
});

test("what cannot be read is said and not kept", async () => {
    await mountGrid();
    await contains(".o_data_row:eq(0) .o_service_desk_target_3").click();
    await edit("soon");
    await press("Tab", { shiftKey: true });
    await animationFrame();
    expect(".o_notification").toHaveCount(1);
    expect(".o_service_desk_target_3 input").toHaveAttribute("aria-invalid", "true");
});

test("a metric is added as a column", async () => {
    await mountGrid();
    await contains("button:contains(Add a metric)").click();
    await contains(".o-dropdown-item:contains(Arrival)").click();
    expect(headers()).toEqual(["Priority", "First response", "Arrival", "Resolution"]);
    await contains(".o_data_row:eq(0) .o_service_desk_target_2").click();
    await edit("1 h");
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ 1: target(30, "minutes"), 2: target(1, "hours"), 3: target(4, "hours") }]);
});

test("a table is pasted at a cell", async () => {
    await mountGrid();
    await contains(".o_data_row:eq(0) .o_service_desk_target_1").click();
    await paste(".o_selected_row .o_service_desk_target_1 input", "10\t1 h\n20\t2 h\n40\t3 days\n");
    expect(".o_data_row").toHaveCount(3);
    await contains(".o_form_button_save").click();
    expect.verifySteps([
        { 1: target(10, "minutes"), 3: target(1, "hours") },
        { 1: target(20, "minutes"), 3: target(2, "hours") },
        { 1: target(40, "minutes"), 3: target(3, "days") },
    ]);
});

test("a new agreement begins with the usual metrics", async () => {
    await mountGrid(2);
    expect(headers()).toEqual(["Priority", "First response", "Resolution"]);
});
