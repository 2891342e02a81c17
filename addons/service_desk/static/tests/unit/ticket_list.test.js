import { describe, expect, test } from "@odoo/hoot";
import { click, press } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { mountView, onRpc } from "@web/../tests/web_test_helpers";
import { lastTicket } from "@service_desk/core/last_ticket";
import { defineTicketModels, Ticket } from "./ticket_models";

describe.current.tags("desktop");
defineTicketModels();

async function mountTickets() {
    lastTicket.id = false;
    Ticket._records = [1, 2, 3].map((id) => ({ id, name: `Ticket ${id}` }));
    onRpc("service_desk.ticket", "get_preview", ({ args }) => {
        expect.step(`preview ${args[0]}`);
        return {
            id: args[0][0],
            number: "INC-1",
            name: "<script>x</script>",
            priority: "2",
            state: "new",
            stage: "New",
            team: "IT",
            person: "Olga",
            company: "",
            assignee: false,
            create_date: "2026-01-01 10:00:00",
            needs_reply_since: false,
            next_step: "",
            next_update_at: false,
            description: "<p>It <b>burns</b></p>",
            messages: [
                {
                    id: 9,
                    author: "Anna",
                    image: "",
                    date: "2026-01-01 10:00:00",
                    body: "<p>Note</p>",
                    is_note: true,
                    attachments: [],
                },
            ],
        };
    });
    await mountView({
        resModel: "service_desk.ticket",
        type: "list",
        arch: `<list js_class="service_desk_ticket_list"><field name="name"/></list>`,
        selectRecord: (id) => expect.step(`open ${id}`),
    });
}

test("rows by key, on any layout", async () => {
    await mountTickets();
    await press("j");
    await animationFrame();
    expect(".o_data_row:eq(0)").toHaveClass("o_service_desk_row_current");
    await press("j");
    await press("j");
    await press("k");
    await animationFrame();
    expect(".o_data_row:eq(1)").toHaveClass("o_service_desk_row_current");
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "о", code: "KeyJ", bubbles: true }));
    await animationFrame();
    expect(".o_data_row:eq(2)").toHaveClass("o_service_desk_row_current");
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["open 3"]);
});

test("keys are text in the search box", async () => {
    await mountTickets();
    await click(".o_searchview_input");
    await press("j");
    await animationFrame();
    expect(".o_service_desk_row_current").toHaveCount(0);
});

test("side preview: follows the keys, shows text as text, remembers", async () => {
    await mountTickets();
    await press("v");
    await advanceTime(300);
    await animationFrame();
    expect.verifySteps(["preview 1"]);
    expect(".o_service_desk_preview_subject").toHaveText("<script>x</script>");
    expect(".o_service_desk_preview_text b").toHaveText("burns");
    expect(".o_service_desk_preview_note").toHaveCount(1);
    await press("j");
    await press("j");
    await advanceTime(300);
    await animationFrame();
    expect.verifySteps(["preview 3"]);
    await click(".o_data_row:eq(1) .o_data_cell");
    await advanceTime(300);
    expect.verifySteps(["preview 2"]);
    await click(".o_service_desk_preview_open");
    await animationFrame();
    expect.verifySteps(["open 2"]);
    expect(localStorage.getItem("service_desk.list.split")).toBe("1");
    await press("v");
    await animationFrame();
    expect(".o_service_desk_preview").toHaveCount(0);
});
