import { describe, expect, test } from "@odoo/hoot";
import { click, press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { defineTicketModels, Ticket } from "./ticket_models";

describe.current.tags("desktop");
defineTicketModels();

const ROW = { name: "Router <b>", state: "open", state_label: "In progress", is_open: true, user: "" };
const RELATIONS = {
    survivor: false,
    parent: { ...ROW, id: 2, number: "INC-000002" },
    children: [{ ...ROW, id: 3, number: "INC-000003" }],
    progress: { done: 1, total: 2 },
    merged: [],
    links: [{ ...ROW, id: 4, number: "INC-000004", link_id: 9, words: "blocks" }],
    kinds: [
        ["relates", "relates to"],
        ["blocks", "blocks"],
    ],
    can_change: true,
};

async function mountTicket(widget, values = {}) {
    Ticket._records = [{ id: 1, name: "T", write_date: "2026-01-01 00:00:00", ...values }];
    onRpc("service_desk.ticket", "get_relations", () => JSON.parse(JSON.stringify(RELATIONS)));
    await mountView({
        resModel: "service_desk.ticket",
        resId: 1,
        type: "form",
        arch: `<form><sheet><field name="name"/><widget name="${widget}"/></sheet></form>`,
    });
    await animationFrame();
}

test("ties are grouped, escaped and counted", async () => {
    await mountTicket("service_desk_relations");
    expect(queryAllTexts(".o_service_desk_relations section h6 > span:first-child")).toEqual([
        "Parent",
        "Children",
        "Links",
    ]);
    expect(".o_service_desk_relations_links .o_service_desk_relations_words").toHaveText("blocks");
    expect(".o_service_desk_relations_children h6").toHaveText(/1 of 2 done/);
    expect(".o_service_desk_relations a b").toHaveCount(0);
});

test("a number typed whole is tied by Enter, a tie is removed by its cross", async () => {
    onRpc("service_desk.ticket", "add_relation", ({ args }) => expect.step(args.slice(1).join(" ")) || true);
    onRpc("service_desk.ticket", "remove_relation", ({ args }) => expect.step(args.slice(1).join(" ")) || true);
    await mountTicket("service_desk_relations");
    await contains(".o_service_desk_relations_add select").select("blocks");
    await contains(".o_service_desk_relations_input input").edit("inc-000007", { confirm: false });
    await press("Enter");
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["blocks inc-000007"]);
    await click(".o_service_desk_relations_links button");
    await animationFrame();
    expect.verifySteps(["link 9"]);
});

test("a new ticket shows what may be the same, until somebody has decided", async () => {
    onRpc("service_desk.ticket", "get_my_duplicates", () => [
        { ...ROW, id: 5, number: "INC-000005", requester: "Olga", create_date: "2026-01-01 00:00:00", reasons: ["same words"] },
    ]);
    onRpc("service_desk.ticket", "action_not_same", ({ args }) => expect.step(args[1]) || true);
    await mountTicket("service_desk_duplicates", { state: "new" });
    expect(".o_service_desk_duplicates").toHaveText(/INC-000005/);
    await click(".o_service_desk_duplicates button:contains('Not the same')");
    await animationFrame();
    expect.verifySteps([5]);
    expect(".o_service_desk_duplicates").toHaveCount(0);
});
