import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mountWithCleanup, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { WorkSwitch } from "@service_desk/work_switch/work_switch";
import { defineTicketModels } from "./ticket_models";

defineTicketModels();

test("switches what the server says, and tells so", async () => {
    patchWithCleanup(session, { service_desk_accepts_work: true });
    onRpc("service_desk.agent", "switch_own_work", ({ args }) => {
        expect.step(`accepts ${args[0]}`);
        return args[0];
    });
    await mountWithCleanup(WorkSwitch);
    expect(".o_service_desk_work_switch").toHaveAttribute("aria-checked", "true");
    await click(".o_service_desk_work_switch");
    await animationFrame();
    expect.verifySteps(["accepts false"]);
    expect(".o_service_desk_work_switch").toHaveAttribute("aria-checked", "false");
    expect(".o_service_desk_work_switch").toHaveAttribute("title", "No new tickets are given to me");
    await click(".o_service_desk_work_switch");
    await animationFrame();
    expect.verifySteps(["accepts true"]);
});
