import { describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineModels, fields, getService, models, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import { Draft } from "@service_desk/form_builder/draft";
import { latinKey } from "@service_desk/form_builder/keys";

describe.current.tags("desktop");

class Service extends models.Model {
    _name = "service_desk.service";

    name = fields.Char();
}

class Option extends models.Model {
    _name = "service_desk.form.option";

    question_id = fields.Many2one({ relation: "service_desk.form.question" });
    sequence = fields.Integer();
    name = fields.Char();
    key = fields.Char();
}

class Question extends models.Model {
    _name = "service_desk.form.question";
    _order = "sequence, id";

    form_id = fields.Many2one({ relation: "service_desk.form" });
    parent_id = fields.Many2one({ relation: "service_desk.form.question" });
    column_ids = fields.One2many({ relation: "service_desk.form.question", relation_field: "parent_id" });
    option_ids = fields.One2many({ relation: "service_desk.form.option", relation_field: "question_id" });
    sequence = fields.Integer();
    name = fields.Char();
    key = fields.Char();
    kind = fields.Char();
    help_text = fields.Char();
    placeholder = fields.Char();
    is_required = fields.Boolean();
    required_if = fields.Json();
    shown_if = fields.Json();
    prefill = fields.Char();
    rules = fields.Json();
    pattern_hint = fields.Char();
    _records = [
        { id: 1, form_id: 1, sequence: 10, name: "What?", key: "what", kind: "choice", option_ids: [1, 2] },
        { id: 2, form_id: 1, sequence: 20, name: "Number", key: "number", kind: "text", is_required: true },
    ];
}
Option._records = [
    { id: 1, question_id: 1, sequence: 10, name: "Till", key: "till" },
    { id: 2, question_id: 1, sequence: 20, name: "Tap", key: "tap" },
];

class Form extends models.Model {
    _name = "service_desk.form";

    name = fields.Char();
    active = fields.Boolean();
    is_changed = fields.Boolean();
    version_number = fields.Integer();
    service_id = fields.Many2one({ relation: "service_desk.service" });
    question_ids = fields.One2many({ relation: "service_desk.form.question", relation_field: "form_id" });
    _records = [{ id: 1, name: "Repairs", active: true, question_ids: [1, 2], is_changed: true }];

    get_builder_facts() {
        return {
            kinds: [["section", "Section"], ["text", "Text"], ["choice", "Choice"], ["date", "Date"], ["table", "Table"]],
            prefills: [{ key: "name", label: "Name", kinds: ["text"] }],
            languages: [["en_US", "English"]],
            models: {},
        };
    }
    get_problems() {
        const [form] = this.env["service_desk.form"].browse([1]);
        const texts = this.env["service_desk.form.question"].browse(form.question_ids);
        return texts.filter(({ name }) => name === "Bad").map(({ key }) => ({ key, label: "Bad", message: "It is bad." }));
    }
    action_publish() {
        expect.step("publish");
        this.env["service_desk.form"].write([1], { version_number: 1, is_changed: false });
        return true;
    }
}

defineMailModels();
defineModels([Service, Option, Question, Form]);

async function mountBuilder() {
    onRpc("service_desk.form", "web_save", ({ args }) => {
        expect.step(args[1].question_ids);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "service_desk_form_builder",
        context: { active_id: 1 },
    });
}

const saved = async () => {
    await advanceTime(1000);
    await animationFrame();
};
const labels = () => queryAllTexts(".o_service_desk_card :is(label.form-label, legend, .h5)");

test("the form stands as it will look, with the properties of the chosen question beside it", async () => {
    await mountBuilder();
    expect(labels()).toEqual(["What?", "Number*"]);
    expect(queryAllTexts(".o_service_desk_builder_palette button")).toEqual(["Section", "Text", "Choice", "Date", "Table"]);
    await contains(".o_service_desk_card:eq(1)").click();
    expect("#o_sd_q_name").toHaveValue("Number");
    expect("#o_sd_q_need").toHaveValue("always");
});

test("a question is added behind the chosen one, named, and saved by itself under a key of its label", async () => {
    await mountBuilder();
    await contains(".o_service_desk_card:eq(0)").click();
    await contains(".o_service_desk_builder_palette button:contains(Text)").click();
    expect("#o_sd_q_name").toBeFocused();
    await edit("Серийный номер");
    await animationFrame();
    expect(labels()).toEqual(["What?", "Серийный номер", "Number*"]);
    await saved();
    expect(".o_service_desk_saving").toHaveText("All changes are saved");
    expect.verifySteps([
        [
            [0, false, {
                name: "Серийный номер", key: "seriynyy_nomer", kind: "text", sequence: 20, help_text: false, placeholder: false,
                is_required: false, required_if: false, shown_if: false, prefill: false, rules: false, pattern_hint: false,
            }],
            [1, 2, { sequence: 30 }],
        ],
    ]);
});

test("a condition on an earlier question", async () => {
    await mountBuilder();
    await contains(".o_service_desk_card:eq(1)").click();
    await contains(".o_service_desk_builder_panel fieldset button:contains(Add a condition)").click();
    await contains(".o_service_desk_condition_line select:eq(2)").select("tap");
    expect(".o_service_desk_card:eq(1)").toHaveText(/Only if What\? is Tap/);
    await saved();
    expect.verifySteps([[[1, 2, { shown_if: { all: [{ key: "what", op: "=", value: "tap" }] } }]]]);
});

test("order, copies and deletion, with the keyboard, can be undone", async () => {
    await mountBuilder();
    queryOne(".o_service_desk_card:eq(1)").focus();
    await press(["Alt", "ArrowUp"]);
    await animationFrame();
    expect(labels()).toEqual(["Number*", "What?"]);
    await contains(".o_service_desk_card_tools button[aria-label=Copy]").click();
    expect(labels()).toEqual(["Number*", "Number*", "What?"]);
    queryOne(".o_service_desk_card:eq(2)").focus();
    await press("Delete");
    await animationFrame();
    expect(labels()).toEqual(["Number*", "Number*"]);
    for (const expected of [["Number*", "Number*", "What?"], ["Number*", "What?"], ["What?", "Number*"]]) {
        await contains("button[aria-label=Undo]").click();
        expect(labels()).toEqual(expected);
    }
    await contains("button[aria-label=Redo]").click();
    expect(labels()).toEqual(["Number*", "What?"]);
    await saved();
    expect.verifySteps([[[1, 2, { sequence: 10 }], [1, 1, { sequence: 20 }]]]);
});

test("a card is dragged by its handle", async () => {
    await mountBuilder();
    await contains(".o_service_desk_card:eq(1) .o_service_desk_handle").dragAndDrop(".o_service_desk_card:eq(0)", { position: "top" });
    expect(labels()).toEqual(["Number*", "What?"]);
});

test("options are typed one after the other", async () => {
    await mountBuilder();
    await contains(".o_service_desk_card:eq(0)").click();
    await click("input[aria-label='Option 2']");
    await press("Enter");
    await animationFrame();
    await animationFrame();
    expect("input[aria-label='Option 3']").toBeFocused();
    await edit("Ящик");
    await saved();
    expect.verifySteps([[[1, 1, { option_ids: [[0, false, { name: "Ящик", key: "yashchik", sequence: 30 }]] }]]]);
    expect(queryAllTexts(".o_service_desk_card:eq(0) .form-check-label")).toEqual(["Till", "Tap", "Ящик"]);
});

test("what is wrong stands at the question; publishing is a step of its own", async () => {
    await mountBuilder();
    await contains(".o_service_desk_card:eq(1)").click();
    await click("#o_sd_q_name");
    await edit("Bad");
    await saved();
    expect(".o_service_desk_card:eq(1) .o_service_desk_problem").toHaveText("It is bad.");
    expect(".o_service_desk_publish").toHaveAttribute("disabled");
    await edit("Good");
    await saved();
    expect(".o_service_desk_problem").toHaveCount(0);
    expect.verifySteps([[[1, 2, { name: "Bad" }]], [[1, 2, { name: "Good" }]]]);
    await contains(".o_service_desk_publish").click();
    expect.verifySteps(["publish"]);
    expect(".badge:contains(Version 1 is published)").toHaveCount(1);
});

test("limits and what it begins with", async () => {
    await mountBuilder();
    await contains(".o_service_desk_card:eq(1)").click();
    await contains("#o_sd_limit_max_length").edit("5");
    await contains("#o_sd_q_default").edit("T-");
    await contains("#o_sd_q_prefill").select("name");
    await contains("#o_sd_q_need").select("never");
    await saved();
    expect.verifySteps([[[1, 2, { prefill: "name", rules: { max_length: 5, default: "T-" }, is_required: false }]]]);
});

test("keys", () => {
    expect(latinKey("Amount, ₽", [])).toBe("amount");
    expect(latinKey("Amount", ["amount", "amount_2"])).toBe("amount_3");
    expect(latinKey("24/7", [])).toBe("question_24_7");
    expect(latinKey("", [], "option")).toBe("option");
    expect(latinKey("Щётка", [])).toBe("shchetka");
});

test("a deleted row that comes back is a new one for the server", () => {
    const draft = new Draft({ option_ids: {} });
    draft.load([{ id: 7, name: "A", key: "a", option_ids: [{ id: 8, name: "a", key: "o" }] }]);
    const [{ cid }] = draft.rows;
    draft.change((rows) => rows.splice(0, 1));
    expect(draft.commands).toEqual([[2, 7, false]]);
    draft.confirm([], []);
    draft.undo();
    expect(draft.commands).toEqual([[0, false, { name: "A", key: "a", option_ids: [[0, false, { name: "a", key: "o" }]] }]]);
    const read = [
        { id: 11, name: "Of somebody else", key: "b", option_ids: [] },
        { id: 9, name: "A", key: "a", option_ids: [{ id: 10, name: "a", key: "o" }] },
    ];
    draft.confirm(draft.rows, read);
    expect(draft.ids[cid]).toBe(9);
    expect(draft.isDirty).toBe(false);
});
