import { describe, expect, test } from "@odoo/hoot";
import { click, edit, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

const text = (en_US, ru_RU) => ({ en_US, ru_RU });
const DEFINITION = {
    format: 1,
    sections: [],
    questions: [
        { key: "amount", kind: "money", label: text("Amount") },
        { key: "what", kind: "choice", label: text("What?"), options: [{ key: "till", label: text("Till") }, { key: "tap", label: text("Tap") }] },
        { key: "remote", kind: "boolean", label: text("From home?") },
    ],
};

class Form extends models.Model {
    _name = "service_desk.form";

    name = fields.Char();
    draft_definition = fields.Json();
    _records = [{ id: 1, name: "Repairs", draft_definition: DEFINITION }];
}

class Step extends models.Model {
    _name = "service_desk.step";

    form_id = fields.Many2one({ relation: "service_desk.form" });
    condition = fields.Json();
    _records = [{ id: 1, form_id: 1, condition: { all: [{ key: "amount", op: ">=", value: 1000 }] } }, { id: 2, form_id: false }];
}

defineMailModels();
defineModels([Form, Step]);

const ARCH = `<form><field name="form_id"/><field name="condition" widget="service_desk_condition" options="{'form': 'form_id'}"/></form>`;

async function mountStep(resId, arch = ARCH) {
    onRpc("service_desk.step", "web_save", ({ args }) => {
        expect.step(args[1].condition);
    });
    return mountView({ resModel: "service_desk.step", type: "form", resId, arch });
}

const line = ".o_service_desk_condition_line";

test("a condition is read, changed and saved", async () => {
    await mountStep(1);
    expect(`${line} select:eq(0)`).toHaveValue("amount");
    expect(`${line} select:eq(1) option:checked`).toHaveText("is at least");
    expect(`${line} input`).toHaveValue("1,000");
    await click(`${line} input`);
    await edit("2500");
    await contains("button:contains(Add a condition)").click();
    await contains(`${line}:eq(1) select:eq(0)`).select("what");
    await contains(`${line}:eq(1) select:eq(2)`).select("tap");
    await contains(".o_service_desk_condition select:eq(0)").select("any");
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ any: [{ key: "amount", op: ">=", value: 2500 }, { key: "what", op: "=", value: "tap" }] }]);
});

test("an unfinished line is not kept; without lines there is no condition", async () => {
    await mountStep(1);
    await contains("button:contains(Add a condition)").click();
    await contains(`${line}:eq(1) select:eq(0)`).select("remote");
    expect(".o_service_desk_unfinished").toHaveCount(1);
    await contains("button[aria-label='Remove condition 1']").click();
    await contains(".o_form_button_save").click();
    expect.verifySteps([false]);
});

test("several values, and comparisons without a value", async () => {
    await mountStep(1);
    await contains(`${line} select:eq(0)`).select("what");
    await contains(`${line} select:eq(1)`).select("in");
    await contains(`${line} label:contains(Tap)`).click();
    await contains(`${line} label:contains(Till)`).click();
    await contains("button:contains(Add a condition)").click();
    await contains(`${line}:eq(1) select:eq(1)`).select("not set");
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ all: [{ key: "what", op: "in", value: ["till", "tap"] }, { key: "amount", op: "not set" }] }]);
});

test("without a form there is nothing to ask about", async () => {
    await mountStep(2);
    expect("[name=condition]").toHaveText(/Choose a form/);
});

test("read-only, a condition is a sentence", async () => {
    Step._records[0].condition = { any: [{ key: "amount", op: ">=", value: 1000 }, { key: "remote", op: "=", value: true }, { key: "gone", op: "set" }] };
    await mountStep(1, ARCH.replace("<form>", `<form edit="0">`));
    await animationFrame();
    expect(queryAllTexts("[name=condition]")).toEqual(["Amount is at least 1,000 or From home? is Yes or gone (not there any more)"]);
});
