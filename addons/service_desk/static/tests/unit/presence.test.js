import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    getService,
    makeMockEnv,
    mountWithCleanup,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import { PresenceBar } from "@service_desk/presence/presence_bar";
import { GONE_AFTER, HEARTBEAT, HELLO_DELAY, TYPING_EVERY } from "@service_desk/presence/presence_service";
import { defineTicketModels } from "./ticket_models";

describe.current.tags("desktop");
defineTicketModels();

const other = (kind, more = {}) => ({ ticket_id: 7, user_id: 99, name: "Anna", kind, ...more });

async function startPresence() {
    onRpc("service_desk.ticket", "announce_presence", ({ args }) => {
        expect.step(args[1]);
        return null;
    });
    await makeMockEnv();
    return getService("service_desk.presence");
}

test("alone: one greeting, then silence", async () => {
    const presence = await startPresence();
    presence.join(7);
    await advanceTime(HELLO_DELAY + 10);
    expect.verifySteps(["hello"]);
    presence.typing();
    await advanceTime(4 * HEARTBEAT);
    presence.leave();
    expect.verifySteps([]);
});

test("a ticket that is only passed is not announced", async () => {
    const presence = await startPresence();
    presence.join(7);
    await advanceTime(HELLO_DELAY / 2);
    presence.join(8);
    presence.leave();
    await advanceTime(2 * HELLO_DELAY);
    expect.verifySteps([]);
});

test("with others: an answer, a heartbeat, and they are forgotten", async () => {
    const presence = await startPresence();
    presence.join(7);
    await advanceTime(HELLO_DELAY + 10);
    presence.receive(other("hello"));
    expect(presence.people.map((person) => person.name)).toEqual(["Anna"]);
    await advanceTime(1_000);
    expect.verifySteps(["hello", "view"]);
    await advanceTime(HEARTBEAT);
    expect.verifySteps(["view"]);
    await advanceTime(GONE_AFTER + HEARTBEAT);
    expect(presence.people).toEqual([]);
    await animationFrame();
    expect.verifySteps(["view"]);
});

test("typing is said at most every so often, and taken back", async () => {
    const presence = await startPresence();
    presence.join(7);
    await advanceTime(HELLO_DELAY + 10);
    presence.receive(other("view"));
    for (let i = 0; i < 10; i++) {
        presence.typing();
    }
    await animationFrame();
    expect.verifySteps(["hello", "type"]);
    await advanceTime(TYPING_EVERY);
    presence.typing();
    presence.stopTyping();
    await animationFrame();
    expect.verifySteps(["type", "view"]);
});

test("what is not meant for me is not heard", async () => {
    const presence = await startPresence();
    presence.join(7);
    presence.receive(other("view", { ticket_id: 8 }));
    presence.receive(other("view", { user_id: serverState.userId }));
    expect(presence.people).toEqual([]);
    presence.receive(other("view"));
    presence.receive(other("leave"));
    expect(presence.people).toEqual([]);
});

test("faces, and who writes", async () => {
    const presence = await startPresence();
    await mountWithCleanup(PresenceBar, { props: { ticketId: 7 } });
    expect(".o_service_desk_presence").toHaveCount(0);
    presence.join(7);
    presence.receive(other("view"));
    await animationFrame();
    expect(".o_service_desk_presence_person").toHaveCount(1);
    expect(".o_service_desk_presence_text").toHaveCount(0);
    presence.receive(other("type"));
    await animationFrame();
    expect(".o_service_desk_presence_text").toHaveText("Anna is writing an answer…");
    presence.receive(other("type", { user_id: 100, name: "Boris" }));
    await animationFrame();
    expect(".o_service_desk_presence_text").toHaveText("2 people are writing an answer…");
});
