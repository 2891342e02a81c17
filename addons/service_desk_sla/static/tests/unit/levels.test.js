import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { mockDate, mockTimeZone } from "@odoo/hoot-mock";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { boxOf, closedOf, placeOf, segmentsOf, ticksOf, windowOf } from "@service_desk_sla/levels/scale";

describe.current.tags("desktop");

function at(text) {
    return Date.parse(`${text.replace(" ", "T")}Z`);
}

beforeEach(() => {
    mockDate("2026-03-02 12:00:00", 0);
    mockTimeZone(0);
});

test("the window holds starts, deadlines and now", () => {
    const clocks = [
        { state: "running", started: "2026-03-02 10:00:00", due: "2026-03-02 14:00:00" },
        { state: "stopped", started: "2026-03-02 09:00:00", stopped: "2026-03-02 09:30:00" },
    ];
    const window = windowOf(clocks, at("2026-03-02 12:00:00"));
    expect(window.from).toBe(at("2026-03-02 09:00:00"));
    expect(window.to).toBeGreaterThan(at("2026-03-02 14:00:00"));
    expect(windowOf([], at("2026-03-02 12:00:00")).to).toBeGreaterThan(at("2026-03-02 11:00:00"));
});

test("places are percents of the width and stay inside", () => {
    const window = { from: 0, to: 200 };
    expect(placeOf(window, 50)).toBe(25);
    expect(placeOf(window, -50)).toBe(0);
    expect(placeOf(window, 500)).toBe(100);
    expect(boxOf(window, 50, 100)).toEqual({ x: 25, width: 25 });
    expect(boxOf(window, 100, 50)).toEqual({ x: 50, width: 0 });
});

test("what runs after the target was missed is a span of its own", () => {
    const clock = {
        missed_at: "2026-03-02 11:00:00",
        spans: [
            { from: "2026-03-02 10:00:00", to: "2026-03-02 11:30:00", kind: "run" },
            { from: "2026-03-02 11:30:00", to: "2026-03-02 11:45:00", kind: "pause", reason: "waiting" },
            { from: "2026-03-02 11:45:00", to: null, kind: "run" },
        ],
    };
    const segments = segmentsOf(clock, at("2026-03-02 12:00:00"));
    expect(segments.map((segment) => segment.kind)).toEqual(["run", "missed", "pause", "missed"]);
    expect(segments[0].to).toBe(at("2026-03-02 11:00:00"));
    expect(segments[2].reason).toBe("waiting");
    expect(segments[3].to).toBe(at("2026-03-02 12:00:00"));
});

test("closed hours are the gaps between open ones", () => {
    const window = { from: at("2026-03-02 08:00:00"), to: at("2026-03-03 10:00:00") };
    const hours = [
        ["2026-03-02 09:00:00", "2026-03-02 18:00:00"],
        ["2026-03-03 09:00:00", "2026-03-03 18:00:00"],
    ];
    expect(closedOf(hours, window)).toEqual([
        { from: window.from, to: at("2026-03-02 09:00:00") },
        { from: at("2026-03-02 18:00:00"), to: at("2026-03-03 09:00:00") },
    ]);
    expect(closedOf(null, window)).toEqual([]);
});

test("the axis has whole hours of the reader's day over both changes of the clocks", () => {
    mockTimeZone("Europe/Berlin");
    const hoursOf = (from, to) =>
        ticksOf({ from: at(from), to: at(to) }, 9).map((tick) => luxon.DateTime.fromMillis(tick.at).hour);
    // 29 March: from 2 to 3 o'clock there is nothing; 25 October: it is twice
    expect(hoursOf("2026-03-28 23:00:00", "2026-03-29 22:00:00")).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 0]);
    expect(hoursOf("2026-10-24 22:00:00", "2026-10-25 23:00:00")).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 0]);
});

test("a long time is told in days and months", () => {
    const days = ticksOf({ from: at("2026-03-01 10:00:00"), to: at("2026-03-11 10:00:00") }, 6);
    expect(days.every((tick) => tick.isDay)).toBe(true);
    expect(days.length).toBeLessThan(7);
    const years = ticksOf({ from: at("2020-03-01 10:00:00"), to: at("2026-03-11 10:00:00") }, 6);
    expect(years.length).toBeLessThan(8);
});
