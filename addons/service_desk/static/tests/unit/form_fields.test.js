import { describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, queryOne, setInputFiles } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { Component, useState, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { FormFields, answersToSend } from "@service_desk/form/form_fields";
import { formatNumber, parseNumber } from "@service_desk/form/numbers";

describe.current.tags("desktop");
defineMailModels();

const text = (value) => ({ en_US: value });
const option = (key, label) => ({ key, label: text(label) });

/** Shows a form as any page does: keeps the answers, hands the errors in. */
async function mountForm(questions, { answers = {}, callbacks = {}, sections = [], lang = "en_US" } = {}) {
    class Page extends Component {
        static props = ["*"];
        static components = { FormFields };
        static template = xml`
            <FormFields definition="definition" answers="state.answers" errors="state.errors" callbacks="callbacks" lang="lang"
                onChange="(answers) => { this.state.answers = answers; }"/>`;
        setup() {
            this.definition = { format: 1, sections, questions };
            this.callbacks = { load: () => [], search: () => [], ...callbacks };
            this.lang = lang;
            this.state = useState({ answers, errors: {} });
        }
    }
    return mountWithCleanup(Page);
}

function question(kind, more = {}) {
    return { key: "it", kind, section: "", required: false, label: text("It"), ...more };
}

const box = () => queryOne("[data-key=it] :is(input, textarea, select)");

test("text: label, help and box belong together", async () => {
    const page = await mountForm([question("text", { help: text("As on the sticker"), required: true, max_length: 5 })]);
    expect(`label[for="${box().id}"]`).toHaveText("It*");
    expect(box()).toHaveAttribute("aria-required", "true");
    expect(queryOne(`#${box().getAttribute("aria-describedby")}`)).toHaveText("As on the sticker");
    expect(box()).toHaveAttribute("maxlength", "5");
    await click(box());
    await edit("Till");
    expect(page.state.answers).toEqual({ it: "Till" });
    await edit("");
    expect(page.state.answers).toEqual({});
});

test("long text", async () => {
    const page = await mountForm([question("long_text")]);
    await click("textarea");
    await edit("One\nTwo");
    expect(page.state.answers).toEqual({ it: "One\nTwo" });
});

test("number: as people type it; what is none stays for the server to refuse", async () => {
    const page = await mountForm([question("number")]);
    await click(box());
    await edit("1 234,5");
    expect(page.state.answers).toEqual({ it: 1234.5 });
    box().blur();
    await animationFrame();
    expect(box()).toHaveValue("1,234.5");
    await click(box());
    await edit("two");
    expect(page.state.answers).toEqual({ it: "two" });
});

test("numbers are read and written", () => {
    expect(parseNumber("12,5")).toBe(12.5);
    expect(parseNumber("1,000")).toBe(1000);
    expect(parseNumber("−7")).toBe(-7);
    expect(parseNumber("1234567890123456")).toBe("1234567890123456");
    expect(parseNumber(" ")).toBe(undefined);
    expect(formatNumber(-1234.25)).toBe("-1,234.25");
    expect(formatNumber("abc")).toBe("abc");
    expect(formatNumber(0)).toBe("0");
});

test("money", async () => {
    const page = await mountForm([question("money")], { answers: { it: 1500 } });
    expect(box()).toHaveValue("1,500");
    await click(box());
    await edit("99.90");
    expect(page.state.answers).toEqual({ it: 99.9 });
});

test("date and moment, in the format of the language", async () => {
    const page = await mountForm([question("date"), question("datetime", { key: "at" })], {
        answers: { it: "2026-03-02", at: "2026-03-02 10:00:00" },
    });
    expect(box()).toHaveValue("03/02/2026");
    // the clock of the tests is an hour ahead of UTC
    expect("[data-key=at] input").toHaveValue("03/02/2026 11:00");
    await click(box());
    await edit("03/05/2026");
    await press("Enter");
    await animationFrame();
    expect(page.state.answers.it).toBe("2026-03-05");
    await click("[data-key=at] input");
    await edit("03/05/2026 12:30");
    await press("Enter");
    await animationFrame();
    expect(page.state.answers.at).toBe("2026-03-05 11:30:00");
});

test("yes or no: neither until chosen", async () => {
    const page = await mountForm([question("boolean")]);
    expect("fieldset legend").toHaveText("It");
    expect("input:checked").toHaveCount(0);
    await contains("label.btn:contains(No)").click();
    expect(page.state.answers).toEqual({ it: false });
    await contains("label.btn:contains(Yes)").click();
    expect(page.state.answers).toEqual({ it: true });
});

test("choice: buttons while they are few, else a list", async () => {
    const many = [1, 2, 3, 4, 5, 6, 7].map((number) => option(`o${number}`, `Option ${number}`));
    const page = await mountForm([question("choice", { options: many.slice(0, 2) }), question("choice", { key: "other", options: many })]);
    await contains("[data-key=it] label:contains(Option 2)").click();
    await contains("[data-key=other] select").select("o7");
    expect(page.state.answers).toEqual({ it: "o2", other: "o7" });
    await contains("button:contains(Clear)").click();
    expect(page.state.answers).toEqual({ other: "o7" });
});

test("several choices, in the order of the form", async () => {
    const page = await mountForm([question("choices", { options: [option("a", "Anna"), option("b", "Boris")] })]);
    await contains("label:contains(Boris)").click();
    await contains("label:contains(Anna)").click();
    expect(page.state.answers).toEqual({ it: ["a", "b"] });
    await contains("label:contains(Anna)").click();
    await contains("label:contains(Boris)").click();
    expect(page.state.answers).toEqual({});
});

test("a record is searched with the keyboard", async () => {
    const callbacks = {
        load: (_question, ids) => ids.map((id) => ({ id, name: `Person ${id}` })),
        search: (asked, words) => {
            expect.step(`${asked.kind} ${words}`);
            return [{ id: 5, name: "Alla", detail: "Shops" }, { id: 6, name: "Boris" }];
        },
    };
    const page = await mountForm([question("contact")], { answers: { it: 7 }, callbacks });
    expect(box()).toHaveValue("Person 7");
    await click(box());
    await edit("al");
    await advanceTime(300);
    expect.verifySteps(["contact ", "contact al"]);
    expect(box()).toHaveAttribute("aria-expanded", "true");
    expect(queryAllTexts("[role=option]")).toEqual(["Alla Shops", "Boris"]);
    await press("ArrowDown");
    await press("Enter");
    await animationFrame();
    expect(page.state.answers).toEqual({ it: 6 });
    expect(box()).toHaveValue("Boris");
    await click(box());
    expect.verifySteps(["contact "]);
    await edit("");
    box().blur();
    await animationFrame();
    expect(page.state.answers).toEqual({});
});

test("files go up one by one; too large ones and refused ones are told", async () => {
    const callbacks = {
        upload: (_question, file) => {
            if (file.name === "bad.txt") {
                throw new Error("no room");
            }
            return { id: file.name.length, name: file.name, size: file.size };
        },
    };
    const page = await mountForm([question("files", { max_mb: 0.001, max_count: 2 })], { callbacks });
    await click("input[type=file]");
    await setInputFiles([
        new File(["a"], "a.txt"),
        new File(["b"], "bad.txt"),
        new File(["x".repeat(2000)], "large.txt"),
    ]);
    await animationFrame();
    expect(page.state.answers).toEqual({ it: [5] });
    expect(queryAllTexts("[role=alert]")).toEqual(["bad.txt was not taken: no room", "large.txt is larger than 1 KB."]);
    await contains("button[aria-label='Remove a.txt']").click();
    expect(page.state.answers).toEqual({});
});

test("files are dropped", async () => {
    const page = await mountForm([question("files")], { callbacks: { upload: (_question, file) => ({ id: 3, name: file.name }) } });
    const data = new DataTransfer();
    data.items.add(new File(["a"], "a.txt"));
    queryOne(".o_service_desk_form_files").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    await animationFrame();
    expect(page.state.answers).toEqual({ it: [3] });
});

test("a table has rows of typed cells, and says which is wrong", async () => {
    const columns = [question("text", { key: "city", label: text("City"), required: true }), question("number", { key: "days", label: text("Days") })];
    const page = await mountForm([question("table", { columns })]);
    const cell = (row, column) => `tbody tr:eq(${row}) td:eq(${column}) input`;
    await click(cell(0, 0));
    await edit("Tula");
    await contains("button:contains(Add a row)").click();
    await click(cell(1, 1));
    await edit("3");
    expect(page.state.answers).toEqual({ it: [{ city: "Tula" }, { days: 3 }] });
    page.state.errors = { "it.1.city": "Where to?" };
    await animationFrame();
    expect(cell(1, 0)).toHaveAttribute("aria-invalid", "true");
    expect("td .invalid-feedback").toHaveText("Where to?");
    expect("[role=alert] li").toHaveText("It – Where to?");
    await contains("button[aria-label='Remove row 1']").click();
    expect(page.state.answers).toEqual({ it: [{ days: 3 }] });
});

test("a kind that an add-on did not name is a record", async () => {
    await mountForm([question("spaceship")], { callbacks: { search: () => [{ id: 1, name: "Vostok" }] } });
    expect("input[role=combobox]").toHaveCount(1);
});

const FORM = [
    question("choice", { key: "what", label: text("What?"), options: [option("till", "Till"), option("tap", "Tap")] }),
    question("text", { shown_if: { all: [{ key: "what", op: "=", value: "till" }] }, required_if: { all: [{ key: "what", op: "set" }] } }),
];

test("questions come and go with the answers before them", async () => {
    const page = await mountForm(FORM);
    expect("[data-key=it]").toHaveCount(0);
    await contains("label:contains(Till)").click();
    expect("[data-key=it] label").toHaveText("It*");
    await click(box());
    await edit("T-5");
    await contains("label:contains(Tap)").click();
    expect("[data-key=it]").toHaveCount(0);
    // what was typed comes back, but is not sent
    expect(page.state.answers).toEqual({ what: "tap", it: "T-5" });
    expect(answersToSend(page.definition, page.state.answers)).toEqual({ what: "tap" });
    await contains("label:contains(Till)").click();
    expect(box()).toHaveValue("T-5");
});

test("errors stand next to their questions until they are changed", async () => {
    const page = await mountForm([question("text"), question("text", { key: "other", label: text("Other") })]);
    page.state.errors = { it: "Too short.", other: "Must be answered." };
    await animationFrame();
    expect(queryAllTexts("[role=alert] li")).toEqual(["It – Too short.", "Other – Must be answered."]);
    expect("[role=alert]").toBeFocused();
    expect(box()).toHaveAttribute("aria-invalid", "true");
    expect(queryOne(`#${box().getAttribute("aria-describedby")}`)).toHaveText("Too short.");
    await contains("[role=alert] a:contains(Other)").click();
    expect("[data-key=other] input").toBeFocused();
    await edit("Now");
    await animationFrame();
    expect(queryAllTexts("[role=alert] li")).toEqual(["It – Too short."]);
    expect("[data-key=other] .invalid-feedback").toHaveCount(0);
});

test("sections and texts in the language of the reader", async () => {
    await mountForm([question("text", { section: "who", label: { en_US: "Name", ru_RU: "Имя" } })], {
        sections: [{ key: "who", label: { en_US: "Who", ru_RU: "Кто" }, help: { ru_RU: "Как в паспорте" } }],
        lang: "ru_RU",
    });
    expect("h3").toHaveText("Кто");
    expect("section > p").toHaveText("Как в паспорте");
    expect("label").toHaveText("Имя");
});
