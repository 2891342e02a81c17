import { describe, expect, test } from "@odoo/hoot";
import { click, waitFor } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { getService, makeMockEnv, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { NewerMessagesDialog } from "@service_desk/composer/newer_messages_dialog";
import { KeyboardHelp } from "@service_desk/keyboard/keyboard_help";
import { defineTicketModels } from "./ticket_models";

describe.current.tags("desktop");
defineTicketModels();

const answer = {
    id: 3,
    author: "Anna",
    date: "2026-01-01 10:00:00",
    text: "<b>done</b>",
    by_agent: true,
};

async function open(dialog, props) {
    await makeMockEnv();
    await mountWithCleanup(MainComponentsContainer);
    getService("dialog").add(dialog, props);
    await waitFor(".modal");
}

test("shows what others wrote, as text, and asks", async () => {
    await open(NewerMessagesDialog, {
        messages: [answer],
        onDecide: (isSent) => expect.step(String(isSent)),
    });
    expect(".modal-title").toHaveText("Somebody has answered already");
    expect(".o_service_desk_newer_text").toHaveText("<b>done</b>");
    await click(".o_service_desk_send_anyway");
    await animationFrame();
    expect.verifySteps(["true"]);
    expect(".modal").toHaveCount(0);
});

test("says when it was the requester", async () => {
    await open(NewerMessagesDialog, {
        messages: [{ ...answer, by_agent: false }],
        onDecide: (isSent) => expect.step(String(isSent)),
    });
    expect(".modal-title").toHaveText("The requester has written again");
    await click(".modal-footer .btn-primary");
    expect.verifySteps(["false"]);
});

test("the keyboard map names every key once", async () => {
    await open(KeyboardHelp, {});
    expect(".o_service_desk_keys section").toHaveCount(3);
    const keys = [...document.querySelectorAll(".o_service_desk_keys section:first-child kbd")];
    expect(new Set(keys.map((key) => key.textContent)).size).toBe(keys.length);
});
