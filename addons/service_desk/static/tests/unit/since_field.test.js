import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { mountView } from "@web/../tests/web_test_helpers";
import { defineTicketModels, Ticket } from "./ticket_models";

describe.current.tags("desktop");
defineTicketModels();

async function mountList() {
    mockDate("2026-03-02 12:00:00", 0);
    Ticket._records = [
        { id: 1, name: "new", needs_reply_since: "2026-03-02 11:55:00" },
        { id: 2, name: "late", needs_reply_since: "2026-03-02 09:55:00" },
        { id: 3, name: "forgotten", needs_reply_since: "2026-02-28 08:00:00" },
        { id: 4, name: "answered", needs_reply_since: false },
    ];
    await mountView({
        resModel: "service_desk.ticket",
        type: "list",
        arch: `<list><field name="needs_reply_since" widget="service_desk_since"/></list>`,
    });
}

test("counts, colours by age and says the exact time", async () => {
    await mountList();
    expect(".o_service_desk_since").toHaveCount(3);
    expect(".o_service_desk_since:eq(0)").toHaveText("5 min");
    expect(".o_service_desk_since:eq(0)").toHaveClass("o_service_desk_since_calm");
    expect(".o_service_desk_since:eq(1)").toHaveText("2 h 5 min");
    expect(".o_service_desk_since:eq(1)").toHaveClass("o_service_desk_since_warning");
    expect(".o_service_desk_since:eq(2)").toHaveText("2 d 4 h");
    expect(".o_service_desk_since:eq(2)").toHaveClass("o_service_desk_since_alarm");
    expect(".o_service_desk_since:eq(0)").toHaveAttribute("title");
});

test("counts on by itself", async () => {
    await mountList();
    await advanceTime(2 * 60_000);
    await animationFrame();
    expect(".o_service_desk_since:eq(0)").toHaveText("7 min");
});
