import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, mockDate, mockTimeZone } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { allowTranslations, defineModels, fields, models, mountView, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { chosenClock, readClock, workedBetween } from "@service_desk_sla/countdown/reading";
import { learnServerTime, serverNow, setServerTime } from "@service_desk_sla/countdown/server_time";
import { compactTime, longTime, momentText, workTime } from "@service_desk_sla/countdown/words";

describe.current.tags("desktop");

const HOUR = 3600;
const CLOCK = {
    id: 1,
    metric: "Resolution",
    code: "resolution",
    kind: "sla",
    agreement: "Shops",
    whose: "",
    state: "running",
    due: "2026-03-02 14:00:00",
    warn: "2026-03-02 13:00:00",
    target: 4 * HOUR,
    used: 2 * HOUR,
    left: 2 * HOUR,
    missed: false,
    excused: false,
    hours: "1/1",
};
const HOURS = { "1/1": [["2026-03-02 12:00:00", "2026-03-02 14:00:00"], ["2026-03-03 09:00:00", "2026-03-03 18:00:00"]] };

function board(...clocks) {
    return {
        now: "2026-03-02 12:00:00",
        hours: HOURS,
        clocks: clocks.map((clock) => ({ ...CLOCK, ...clock })),
    };
}

function at(text) {
    return Date.parse(`${text.replace(" ", "T")}Z`);
}

function readAt(text, clock = {}) {
    const one = board(clock);
    return readClock(one, one.clocks[0], at(text));
}

class Ticket extends models.Model {
    _name = "service_desk.ticket";

    name = fields.Char();
    sla_due_at = fields.Datetime();
    sla_board = fields.Json();
}

/** A tick more than two hours, so that a slow machine shows the same minute. */
const SOON = { due: "2026-03-02 14:00:30" };

async function mountList(records) {
    Ticket._records = records.map((values, index) => ({ id: index + 1, name: `T${index}`, ...values }));
    await mountView({
        resModel: "service_desk.ticket",
        type: "list",
        arch: `<list><field name="name"/><field name="sla_due_at" widget="service_desk_countdown"/></list>`,
    });
}

beforeEach(() => {
    mockDate("2026-03-02 12:00:00", 0);
    mockTimeZone(0);
    setServerTime(0);
});

describe("reading a clock", () => {
    test("green, amber, and what is left of working time", () => {
        expect(readAt("2026-03-02 12:30:00")).toEqual({
            tone: "running",
            seconds: 1.5 * HOUR,
            left: 1.5 * HOUR,
            nextIn: 60_000,
        });
        expect(readAt("2026-03-02 13:00:00").tone).toBe("warning");
    });

    test("passes zero without being told; in closed hours it is not late yet", () => {
        expect(readAt("2026-03-02 13:59:59").seconds).toBe(1);
        expect(readAt("2026-03-02 14:00:00").tone).toBe("warning");
        expect(readAt("2026-03-02 20:00:00")).toEqual({ tone: "warning", seconds: 0, left: 0, nextIn: 1000 });
        const nextDay = readAt("2026-03-03 09:12:00");
        expect(nextDay.tone).toBe("missed");
        expect(nextDay.seconds).toBe(-720);
    });

    test("late by working time, as the server said", () => {
        const late = readAt("2026-03-02 12:10:00", { due: "2026-02-27 18:00:00", left: -HOUR, missed: true });
        expect(late.tone).toBe("missed");
        expect(late.seconds).toBe(-HOUR - 600);
    });

    test("what stands still does not count", () => {
        const paused = readAt("2026-03-02 13:00:00", { state: "paused", due: null });
        expect(paused).toEqual({ tone: "paused", seconds: 2 * HOUR, left: 2 * HOUR, nextIn: Infinity });
        expect(readAt("2026-03-02 13:00:00", { state: "paused", due: null, left: -60, missed: true }).tone).toBe("missed");
    });

    test("what has ended", () => {
        expect(readAt("2026-03-02 13:00:00", { state: "stopped" }).tone).toBe("met");
        expect(readAt("2026-03-02 13:00:00", { state: "stopped", missed: true, left: -60 }).tone).toBe("late");
        expect(readAt("2026-03-02 13:00:00", { state: "stopped", missed: true, excused: true }).tone).toBe("excused");
    });

    test("day and night", () => {
        expect(workedBetween(null, at("2026-03-28 22:00:00"), at("2026-03-29 04:00:00"))).toBe(6 * HOUR * 1000);
        expect(workedBetween(HOURS["1/1"], at("2026-03-02 13:00:00"), at("2026-03-03 10:00:00"))).toBe(2 * HOUR * 1000);
        expect(workedBetween(null, 10, 5)).toBe(0);
    });

    test("asks to be called when it will look different", () => {
        // two minutes before the deadline seconds begin to show: in 30 seconds
        expect(readAt("2026-03-02 13:57:30").nextIn).toBe(30_000);
        expect(readAt("2026-03-02 13:58:30").nextIn).toBe(1000);
        expect(readAt("2026-03-02 12:59:45").nextIn).toBe(15_000);
    });

    test("the customer's clock is shown before those between teams", () => {
        expect(chosenClock(board({ id: 1, kind: "ola" }, { id: 2 })).id).toBe(2);
        expect(chosenClock(board({ id: 1, kind: "ola" })).id).toBe(1);
        expect(chosenClock(false)).toBe(undefined);
    });
});

describe("words", () => {
    beforeEach(allowTranslations);

    test("short", () => {
        expect(compactTime(95)).toBe("95 s");
        expect(compactTime(84 * 60 + 30)).toBe("1:24");
        expect(compactTime(-12 * 60)).toBe("−0:12");
        expect(compactTime(2 * 86400 + 3 * HOUR)).toBe("2 d 3 h");
        expect(compactTime(3 * 86400)).toBe("3 d");
        expect(compactTime(-(27 * HOUR + 12 * 60))).toBe("−27:12"); // working time has no days of 24 hours
    });

    test("long, in the plural forms of the language", () => {
        expect(longTime(84 * 60, "en-US")).toBe("1 hour 24 minutes");
        expect(longTime(60, "ru-RU")).toBe("1 минута");
        expect(longTime(120, "ru-RU")).toBe("2 минуты");
        expect(longTime(300, "ru-RU")).toBe("5 минут");
        expect(longTime(-(21 * HOUR + 11 * 60), "ru-RU")).toBe("21 час 11 минут");
        expect(longTime(2 * 86400 + 5 * HOUR, "ru-RU")).toBe("2 дня 5 часов");
        expect(longTime(0, "ru-RU")).toBe("0 минут");
        expect(longTime(45, "en-US")).toBe("45 seconds");
    });

    test("working time is told in hours", () => {
        expect(workTime(33 * HOUR, "en-US")).toBe("33 hours");
        expect(workTime(33 * HOUR + 5 * 60, "ru-RU")).toBe("33 часа 5 минут");
        expect(workTime(-90, "en-US")).toBe("1 minute 30 seconds");
    });

    test("a moment is said in the reader's zone, also after the night of the change", () => {
        mockTimeZone("Europe/Berlin");
        expect(momentText(at("2026-03-28 11:00:00"))).toMatch(/12:00/);
        expect(momentText(at("2026-03-29 11:00:00"))).toMatch(/(13:00|1:00)/);
    });
});

describe("time of the server", () => {
    test("a wrong clock of the PC is made up for", () => {
        setServerTime(at("2026-03-02 15:00:00")); // the PC says noon
        expect(serverNow()).toBeWithin(at("2026-03-02 15:00:00"), at("2026-03-02 15:00:09"));
    });

    test("a clock that was set back is found out by what the server says", () => {
        learnServerTime(at("2026-03-02 11:00:00")); // a board that was read before
        expect(serverNow()).toBeWithin(at("2026-03-02 12:00:00"), at("2026-03-02 12:00:09"));
        learnServerTime(at("2026-03-02 12:20:00"));
        expect(serverNow()).toBeWithin(at("2026-03-02 12:20:00"), at("2026-03-02 12:20:09"));
    });
});

describe("in a list", () => {
    defineMailModels();
    defineModels([Ticket]);

    test("icon, text, colour and words; nothing for a ticket without clocks", async () => {
        await mountList([
            { sla_due_at: "2026-03-02 14:00:00", sla_board: board(SOON) },
            { sla_board: board({ state: "paused", due: null, reason: "Requester" }) },
            { sla_board: false },
        ]);
        expect(".o_service_desk_countdown").toHaveCount(2);
        expect(".o_service_desk_countdown:eq(0)").toHaveText("2:00");
        expect(".o_service_desk_countdown:eq(0) .fa-clock-o").toHaveCount(1);
        expect(".o_service_desk_countdown:eq(0)").toHaveAttribute("aria-label", /working time left: (2 hours|1 hour 59 minutes)/);
        expect(".o_service_desk_countdown:eq(1)").toHaveText("Requester");
        expect(".o_service_desk_countdown:eq(1) .fa-pause").toHaveCount(1);
    });

    test("counts by itself, at last in seconds", async () => {
        await mountList([{ sla_board: board(SOON) }]);
        await advanceTime(61 * 60_000);
        await animationFrame();
        expect(".o_service_desk_countdown").toHaveText("0:59");
        expect(".o_service_desk_countdown").toHaveAttribute("data-tone", "warning");
        await advanceTime(58 * 60_000);
        await animationFrame();
        expect(".o_service_desk_countdown").toHaveText(/^\d+ s$/);
    });

    test("a hidden tab costs nothing and is right when it is shown again", async () => {
        let visibility = "visible";
        patchWithCleanup(document, {
            get visibilityState() {
                return visibility;
            },
        });
        await mountList([{ sla_board: board(SOON) }]);
        visibility = "hidden";
        await advanceTime(90 * 60_000);
        await animationFrame();
        expect(".o_service_desk_countdown").toHaveText("2:00");
        visibility = "visible";
        document.dispatchEvent(new Event("visibilitychange"));
        await animationFrame();
        expect(".o_service_desk_countdown").toHaveText("0:30");
    });

    test("an earlier miss is marked beside a clock that is in time", async () => {
        await mountList([
            { sla_board: board(SOON, { id: 2, state: "stopped", missed: true, left: -60, metric: "First response" }) },
        ]);
        expect(".o_service_desk_countdown .fa-times").toHaveCount(1);
        expect(".o_service_desk_countdown").toHaveAttribute("title", /First response: missed, 1 minute late/);
    });
});
