import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mockService, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { defineTicketModels, Ticket } from "./ticket_models";

describe.current.tags("desktop");
defineTicketModels();

const PANEL = {
    person: {
        id: 5,
        name: "Olga <b>Petrova</b>",
        function: "Cashier",
        company: { id: 6, name: "Vostok" },
        email: "olga@example.com",
        phone: "+7 (912) 345",
        language: "English",
        tz: "",
        site: false,
    },
    sections: [
        {
            key: "promise",
            title: "Promised",
            icon: "fa-handshake-o",
            rows: [{ label: "Next update", datetime: "2020-01-01 00:00:00", is_late: true }],
        },
        {
            key: "person",
            title: "Asked before",
            icon: "fa-history",
            count: 100,
            rows: [
                {
                    label: "INC-000001",
                    text: "Printer",
                    badge: { text: "New", kind: "new" },
                    record: { model: "service_desk.ticket", id: 3 },
                },
            ],
        },
        { key: "orders", title: "Of a bridge", icon: "fa-truck", rows: [], empty: "No order" },
    ],
};

async function mountPanel() {
    Ticket._records = [{ id: 1, name: "T", write_date: "2026-01-01 00:00:00" }];
    onRpc("service_desk.ticket", "get_requester_panel", () => {
        expect.step("get_requester_panel");
        return JSON.parse(JSON.stringify(PANEL));
    });
    await mountView({
        resModel: "service_desk.ticket",
        resId: 1,
        type: "form",
        arch: `<form><sheet><field name="name"/><widget name="service_desk_requester_panel"/></sheet></form>`,
    });
    await animationFrame();
}

test("says who he is, and draws any section as text", async () => {
    await mountPanel();
    expect.verifySteps(["get_requester_panel"]);
    expect(".o_service_desk_panel_head").toHaveText(/Olga <b>Petrova<\/b>/);
    expect("a[href='tel:+7912345']").toHaveCount(2);
    expect(".o_service_desk_section_promise .text-danger").toHaveCount(1);
    expect(".o_service_desk_section_person h6 .badge").toHaveText("99+");
    expect(".o_service_desk_section_person li .badge").toHaveClass("text-bg-info");
    expect(".o_service_desk_section_person li a").toHaveAttribute("href", "/odoo/service-desk/3");
    expect(".o_service_desk_section_orders").toHaveText(/No order/);
});

test("opens earlier tickets, folds, and remembers", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(`${action.res_model} ${action.res_id}`);
        },
    });
    await mountPanel();
    await click(".o_service_desk_section_person li a");
    expect.verifySteps(["get_requester_panel", "service_desk.ticket 3"]);
    await click(".o_service_desk_panel_toggle");
    await animationFrame();
    expect(".o_service_desk_panel_body").toHaveCount(0);
    expect(localStorage.getItem("service_desk.requester_panel.folded")).toBe("1");
});
