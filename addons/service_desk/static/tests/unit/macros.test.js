import { describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { edit } from "@odoo/hoot-dom";
import {
    contains,
    getService,
    makeMockEnv,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { defineTicketModels } from "./ticket_models";

describe.current.tags("desktop");
defineTicketModels();

const macro = (id, more) => ({
    id,
    name: `Macro ${id}`,
    hotkey: String(id),
    summary: "Does it",
    message_kind: "answer",
    compose_first: true,
    is_own: false,
    ...more,
});

async function startMacros(macros) {
    onRpc("service_desk.macro", "get_menu", () => {
        expect.step("get_menu");
        return macros;
    });
    onRpc("service_desk.ticket", "get_macro_text", () => "<p>Good day</p>");
    onRpc("service_desk.ticket", "action_apply_macro", ({ args }) => {
        expect.step(`apply ${args[1]} to ${args[0]}`);
        return true;
    });
    await makeMockEnv();
    await mountWithCleanup(MainComponentsContainer);
    return getService("service_desk.macros");
}

const target = (more) => ({ ticketIds: [1], teamIds: [2], ...more });

test("by digit: text goes to the composer, else it is applied at once", async () => {
    const menu = await startMacros([macro(1), macro(2, { compose_first: false })]);
    const compose = (chosen, html) => expect.step(`compose ${chosen.id} ${html}`);
    await menu.applyKey("1", target({ compose }));
    await menu.applyKey("2", target({ compose, afterApply: () => expect.step("shown") }));
    expect.verifySteps(["get_menu", "compose 1 <p>Good day</p>", "apply 2 to 1", "shown"]);
});

test("many tickets are changed at once, without a composer", async () => {
    const menu = await startMacros([macro(1)]);
    await menu.applyKey("1", target({ ticketIds: [1, 2], compose: () => expect.step("compose") }));
    expect.verifySteps(["get_menu", "apply 1 to 1,2"]);
});

test("a digit without a macro says so and changes nothing", async () => {
    const menu = await startMacros([macro(1)]);
    await menu.applyKey("9", target());
    await animationFrame();
    expect(".o_notification").toHaveText(/No macro has the key 9/);
    expect.verifySteps(["get_menu"]);
});

test("what cannot be saved stops the macro", async () => {
    const menu = await startMacros([macro(1)]);
    await menu.applyKey("1", target({ beforeApply: async () => false }));
    expect.verifySteps(["get_menu"]);
});

test("the menu is searched by typing", async () => {
    const menu = await startMacros([
        macro(1, { name: "Ask for the number" }),
        macro(2, { name: "Solved", compose_first: false }),
    ]);
    await menu.open(target());
    await animationFrame();
    expect(".o_service_desk_macro").toHaveCount(2);
    expect(".o_service_desk_macro:eq(0) kbd").toHaveText("1");
    await contains(".o_command_palette_search input").click();
    await edit("Solv");
    await contains(".o_service_desk_macro:contains(Solved)").click();
    await animationFrame();
    expect.verifySteps(["get_menu", "apply 2 to 1"]);
});
