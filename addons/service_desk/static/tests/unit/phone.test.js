import { describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import {
    defineModels,
    getService,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { PhoneScreen } from "@service_desk/phone/phone_screen";
import { matchServices, newPress } from "@service_desk/phone/press";

describe.current.tags("desktop");
defineMailModels();

class Call extends models.Model {
    _name = "service_desk.call";

    get_phone_screen() {
        return {
            services: [
                { id: 1, name: "Network" },
                { id: 2, name: "Tills / Scanner" },
            ],
            types: [{ id: 7, name: "Incident" }],
            impact: [["1", "One person"]],
            urgency: [["1", "Can wait"], ["2", "Hindered"]],
            priority: [["1", "Normal"]],
            matrix: {},
        };
    }
    search_callers(text) {
        expect.step(`search ${text}`);
        const rows = text.startsWith("8") ? [{ id: 5, name: "Alla <b>", detail: "Shops", phone: "+7", kind: "person", open_count: 1 }] : [];
        return { rows, number: "+7 495", e164: "", is_number: true, is_more: false };
    }
    get_call(callId) {
        const state = callId === 1 ? "ended" : "ringing";
        return { call_id: callId, state, number: "8495", caller_name: "", found: this.search_callers("8495") };
    }
    get_card() {
        return { person: { id: 5, name: "Alla <b>" }, sections: [], service_id: false };
    }
    get_stranger() {
        return { firm: { id: 9, name: "Firm" } };
    }
    register_ticket(...args) {
        expect.step(`register ${JSON.stringify(args.slice(1, 5))}`);
        return { ticket_id: 3, number: "INC-1", name: "Dead" };
    }
    append_to_ticket(...args) {
        expect.step(`append ${JSON.stringify(args.slice(1, 7))}`);
        return { ticket_id: args[1], number: "INC-8", name: "Scanner" };
    }
}

class Ticket extends models.Model {
    _name = "service_desk.ticket";

    get_likely_duplicates({ name, ...others }) {
        expect.step(`likely ${name} ${Object.keys(others)}`.trim());
        const row = { state: "open", state_label: "Open", is_open: true, requester: "Boris", has_same_words: true };
        return [
            { ...row, id: 6, number: "INC-6", name: "Other words", has_same_words: false },
            { ...row, id: 7, number: "INC-7", name: "Scanner", state: "solved", is_open: false },
            { ...row, id: 8, number: "INC-8", name: "Scanner <b>" },
        ];
    }
}
defineModels([Call, Ticket]);

async function mountScreen() {
    sessionStorage.clear();
    return mountWithCleanup(PhoneScreen, {
        props: { action: { context: {}, params: {} }, actionId: 1, className: "" },
    });
}

async function type(selector, text) {
    await click(selector);
    await edit(text);
    await runAllTimers();
    await animationFrame();
}

test("services are found by any of their words, ё is е", () => {
    const services = [{ id: 1, name: "Сеть / Учёт" }, { id: 2, name: "Учёба" }, { id: 3, name: "Касса" }];
    expect(matchServices(services, "уче").map((service) => service.id)).toEqual([1, 2]);
    expect(matchServices(services, "учет сеть").map((service) => service.id)).toEqual([1]);
    expect(matchServices(services, "")).toHaveLength(3);
});

test("each press has a name of its own that the server takes", () => {
    expect(newPress()).toMatch(/^[A-Za-z0-9-]{8,64}$/);
    expect(newPress()).not.toBe(newPress());
});

test("from a number to a ticket by keys alone", async () => {
    await mountScreen();
    await type("#o_service_desk_caller", "8495");
    expect("[role=option]").toHaveCount(2);
    await press("Enter");
    await runAllTimers();
    await animationFrame();
    expect("#o_service_desk_story").toBeFocused();
    await type("#o_service_desk_story", "Dead");
    await type("#o_service_desk_service", "scan");
    await press(["ctrl", "Enter"]);
    await animationFrame();
    expect.verifySteps([
        "search 8495",
        "likely Dead",
        'register [{"partner_id":5,"number":"8495"},"Dead",{"service_id":2,"type_id":false,"impact":"1","urgency":"2"},false]',
    ]);
    expect(".o_service_desk_saved").toHaveText(/INC-1/);
    expect("#o_service_desk_caller").toHaveValue("");
});

test("what is refused stays on the screen", async () => {
    expect.errors(1);
    onRpc("service_desk.call", "register_ticket", () => {
        throw new Error("refused");
    });
    await mountScreen();
    await type("#o_service_desk_caller", "8495");
    await press("Enter");
    await runAllTimers();
    await animationFrame();
    await type("#o_service_desk_story", "Dead");
    await press(["ctrl", "Enter"]);
    await animationFrame();
    expect("#o_service_desk_story").toHaveValue("Dead");
    expect(JSON.parse(Object.values(sessionStorage)[0]).story).toBe("Dead");
    expect.verifySteps(["search 8495", "likely Dead"]);
    expect.verifyErrors([/refused/]);
});

test("one key adds to a ticket that is the same matter", async () => {
    await mountScreen();
    await type("#o_service_desk_caller", "8495");
    await press("Enter");
    await runAllTimers();
    await animationFrame();
    await type("#o_service_desk_story", "Tot");
    await type("#o_service_desk_story", "Scanner\nsince noon");
    expect(queryAllTexts(".o_service_desk_likely li .badge")).toEqual(["Open", "Open"]);
    expect(queryAllTexts(".o_service_desk_likely li .text-truncate")).toEqual(["Scanner", "Scanner <b>"]);
    expect(".o_service_desk_likely button").toHaveCount(1);
    await press(["alt", "Enter"]);
    await animationFrame();
    expect.verifySteps([
        "search 8495",
        "likely Scanner",
        'append [8,"Scanner\\nsince noon",false,true,false,{"partner_id":5,"number":"8495"}]',
    ]);
    expect(".o_service_desk_saved").toHaveText(/INC-8/);
});

test("a stranger is proposed the firm of his number", async () => {
    await mountScreen();
    await type("#o_service_desk_caller", "7999");
    await press("Enter");
    await runAllTimers();
    await animationFrame();
    expect("#o_service_desk_name").toBeFocused();
    expect(".o_service_desk_stranger").toHaveText(/Of Firm, by the number/);
    expect.verifySteps(["search 7999"]);
});

test("a call pops up once and goes when it is over", async () => {
    class Page extends Component {
        static template = xml`<main/>`;
        static props = ["*"];
    }
    await mountWithCleanup(Page); // the pop-up lies over every page
    const phone = getService("service_desk.phone");
    const call = { call_id: 1, state: "ringing", number: "+7", name: "Alla <b>", detail: "", open_count: 2 };
    phone.receive(call);
    phone.receive(call);
    await animationFrame();
    expect(queryAllTexts(".o_service_desk_call .fw-bold")).toEqual(["Alla <b>"]);
    expect(queryOne(".o_service_desk_call .btn-primary")).toBeFocused();
    phone.receive({ call_id: 1, state: "over" });
    await animationFrame();
    expect(".o_service_desk_call").toHaveCount(0);
});

test("a call told again after it is over opens nothing; one that rings does", async () => {
    await mountScreen();
    const phone = getService("service_desk.phone");
    phone.receive({ call_id: 1, state: "ringing", number: "8495" });
    await animationFrame();
    expect("#o_service_desk_story").toHaveCount(0);
    phone.receive({ call_id: 2, state: "ringing", number: "8495" });
    await animationFrame();
    expect("#o_service_desk_story").toHaveCount(1);
    expect.verifySteps(["search 8495", "search 8495"]);
});
