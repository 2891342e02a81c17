import { describe, expect, test } from "@odoo/hoot";
import { click, edit } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Ticket extends models.Model {
    _name = "service_desk.ticket";

    name = fields.Char();
    _records = [{ id: 5, name: "Till is dead" }];

    get_answer_form() {
        return {
            version_id: 1,
            definition: {
                format: 1,
                sections: [],
                questions: [
                    { key: "serial", kind: "text", label: "Serial number" },
                    { key: "who", kind: "contact", label: "Who" },
                ],
            },
            answers: { serial: "CT-1", who: 7 },
            names: { contact: { 7: "Alla" } },
        };
    }
}

defineMailModels();
defineModels([Ticket]);

const VIEW = {
    resModel: "service_desk.ticket",
    resId: 5,
    type: "form",
    arch: `<form><field name="name"/><widget name="service_desk_correct_answers"/></form>`,
};
const BOX = ".modal [data-key=serial] input";

test("answers are corrected in the form; what it refuses stands at the question", async () => {
    onRpc("service_desk.ticket", "correct_answers", ({ args }) => {
        expect.step(args);
        if (args[1].serial === "bad") {
            throw makeServerError({
                type: "ValidationError",
                message: "Serial number: two letters",
                context: { errors: { serial: "Two letters, a dash" } },
            });
        }
        return true;
    });
    await mountView(VIEW);
    await contains("button:contains(Correct the answers)").click();
    expect(BOX).toHaveValue("CT-1");
    expect(".modal [data-key=who] input").toHaveValue("Alla");
    await click(BOX);
    await edit("bad");
    await contains(".modal .btn-primary:contains(Save)").click();
    expect(".modal [data-key=serial] .invalid-feedback").toHaveText("Two letters, a dash");
    await click(BOX);
    await edit("CT-2");
    await animationFrame();
    await contains(".modal .btn-primary:contains(Save)").click();
    expect(".modal").toHaveCount(0);
    expect.verifySteps([
        [[5], { serial: "bad", who: 7 }],
        [[5], { serial: "CT-2", who: 7 }],
    ]);
});
