import { describe, expect, test } from "@odoo/hoot";
import { holds, keysOf } from "@service_desk/form/conditions";
import { readDefinition, textIn } from "@service_desk/form/reading";
import { isRequired, shownOf } from "@service_desk/form/visibility";
import { CASES } from "./form_condition_cases";

describe.current.tags("headless");

test("conditions hold as on the server", () => {
    for (const [condition, answers, expected] of CASES) {
        expect(holds(condition, answers)).toBe(expected, {
            message: `${JSON.stringify(condition)} of ${JSON.stringify(answers)}`,
        });
    }
    expect(keysOf({ any: [{ key: "a" }, { key: "b" }, {}] })).toEqual(["a", "b"]);
});

const DEFINITION = {
    format: 1,
    sections: [
        { key: "till", label: { en_US: "Till", ru_RU: "Касса" }, shown_if: { all: [{ key: "what", op: "=", value: "till" }] } },
    ],
    questions: [
        { key: "what", kind: "choice", section: "", label: { en_US: "What?" }, options: [{ key: "till", label: { en_US: "Till" } }] },
        { key: "number", kind: "text", section: "till", label: { en_US: "Number", ru_RU: "Номер" } },
        {
            key: "why",
            kind: "text",
            section: "",
            label: { en_US: "Why" },
            shown_if: { all: [{ key: "number", op: "set" }] },
            required_if: { all: [{ key: "number", op: "=", value: "5" }] },
        },
    ],
};

test("texts are in the language of the reader, its like, English, or any", () => {
    expect(textIn({ en_US: "Till", ru_RU: "Касса" }, "ru_RU")).toBe("Касса");
    expect(textIn({ en_US: "Till", fr_BE: "Caisse" }, "fr_FR")).toBe("Caisse");
    expect(textIn({ en_US: "Till", fr_BE: "Caisse" }, "de_DE")).toBe("Till");
    expect(textIn({ ru_RU: "Касса" }, "de_DE")).toBe("Касса");
    expect(textIn(undefined, "de_DE")).toBe("");
    const form = readDefinition(DEFINITION, "ru_RU");
    expect(form.sections.map(({ label }) => label || "")).toEqual(["", "Касса", ""]);
    expect(form.questions.map(({ label }) => label)).toEqual(["What?", "Номер", "Why"]);
});

test("the answer to what is not asked any more counts no more", () => {
    const form = readDefinition(DEFINITION, "en_US");
    const shown = shownOf(form, { what: "till", number: " 5 ", why: "" });
    expect([...shown.keys]).toEqual(["what", "number", "why"]);
    expect(shown.answers).toEqual({ what: "till", number: "5" });
    expect(isRequired(form.questions[2], shown.answers)).toBe(true);
    expect(isRequired(form.questions[1], shown.answers)).toBe(false);
    const hidden = shownOf(form, { number: "5", why: "Broken" });
    expect([...hidden.keys]).toEqual(["what"]);
    expect(hidden.answers).toEqual({});
});
