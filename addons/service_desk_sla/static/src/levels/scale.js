/** From instants to places on a bar: pure arithmetic in milliseconds, places in percent of the width. */

import { toMs } from "../countdown/reading";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps of the axis: of a length of about `ms` each, said as luxon counts it, so that a day may have 23 hours. */
const STEPS = [
    { ms: 5 * MINUTE, unit: "minute", amount: 5 },
    { ms: 15 * MINUTE, unit: "minute", amount: 15 },
    { ms: 30 * MINUTE, unit: "minute", amount: 30 },
    { ms: HOUR, unit: "hour", amount: 1 },
    { ms: 2 * HOUR, unit: "hour", amount: 2 },
    { ms: 3 * HOUR, unit: "hour", amount: 3 },
    { ms: 6 * HOUR, unit: "hour", amount: 6 },
    { ms: 12 * HOUR, unit: "hour", amount: 12 },
    { ms: DAY, unit: "day", amount: 1 },
    { ms: 2 * DAY, unit: "day", amount: 2 },
    { ms: 7 * DAY, unit: "day", amount: 7 },
    { ms: 14 * DAY, unit: "day", amount: 14 },
    { ms: 30 * DAY, unit: "month", amount: 1 },
    { ms: 91 * DAY, unit: "month", amount: 3 },
    { ms: 365 * DAY, unit: "year", amount: 1 },
];

/**
 * What the picture spans: from the first start to the last thing that is known or expected, and a little air.
 *
 * @param {Array<Object>} clocks
 * @returns {{from: number, to: number}}
 */
export function windowOf(clocks, now) {
    const starts = clocks.map((clock) => toMs(clock.started)).filter(Boolean);
    const from = starts.length ? Math.min(...starts) : now - HOUR;
    const ends = clocks.flatMap((clock) => [toMs(clock.due), toMs(clock.stopped), toMs(clock.missed_at)]);
    const isGoingOn = clocks.some((clock) => ["running", "paused"].includes(clock.state));
    const to = Math.max(from + 10 * MINUTE, isGoingOn ? now : 0, ...ends.filter(Boolean));
    return { from, to: to + (to - from) * 0.04 };
}

/** @returns {number} where an instant lies, 0 … 100 */
export function placeOf(frame, ms) {
    const place = (100 * (ms - frame.from)) / (frame.to - frame.from);
    return Math.min(100, Math.max(0, place));
}

/** @returns {{x: number, width: number}} where a span of time lies */
export function boxOf(frame, from, to) {
    const x = placeOf(frame, from);
    return { x, width: Math.max(0, placeOf(frame, to) - x) };
}

/**
 * The spans of a clock as they are drawn: what runs after the target was missed is a span of its own kind.
 *
 * @returns {Array<{from: number, to: number, kind: "run"|"pause"|"missed", reason: string, hand: string}>}
 */
export function segmentsOf(clock, now) {
    const missedAt = toMs(clock.missed_at);
    const segments = [];
    for (const span of clock.spans || []) {
        const from = toMs(span.from);
        const to = Math.max(from, span.to ? toMs(span.to) : now);
        const rest = { reason: span.reason || "", hand: span.hand || "" };
        if (span.kind === "run" && missedAt !== null && missedAt < to) {
            const turn = Math.max(from, missedAt);
            if (turn > from) {
                segments.push({ from, to: turn, kind: "run", ...rest });
            }
            segments.push({ from: turn, to, kind: "missed", ...rest });
        } else {
            segments.push({ from, to, kind: span.kind, ...rest });
        }
    }
    return segments.filter((segment) => segment.to > segment.from);
}

/**
 * @param {Array<[string, string]>|null|undefined} hours open periods in order; nothing: day and night
 * @returns {Array<{from: number, to: number}>} the closed time inside the window
 */
export function closedOf(hours, frame) {
    if (!hours) {
        return [];
    }
    const gaps = [];
    let end = frame.from;
    for (const [open, close] of hours) {
        const opens = toMs(open);
        if (opens >= frame.to) {
            break;
        }
        if (opens > end) {
            gaps.push({ from: end, to: opens });
        }
        end = Math.max(end, toMs(close));
    }
    if (end < frame.to) {
        gaps.push({ from: end, to: frame.to });
    }
    return gaps;
}

/**
 * Where the axis has its marks: whole hours or days in the reader's time zone, right over a change of clocks.
 *
 * @param {{from: number, to: number}} window
 * @param {number} most how many labels there is room for
 * @returns {Array<{at: number, isDay: boolean}>}
 */
export function ticksOf(frame, most) {
    const length = frame.to - frame.from;
    const step = STEPS.find((candidate) => length / candidate.ms <= most) || STEPS.at(-1);
    const { DateTime } = luxon;
    let at = DateTime.fromMillis(frame.from).startOf(step.unit === "minute" ? "hour" : step.unit);
    if (step.unit === "hour") {
        at = at.startOf("day");
    }
    const ticks = [];
    const isDay = !["minute", "hour"].includes(step.unit);
    for (let guard = 0; at.toMillis() <= frame.to && guard < 2000; guard++) {
        if (at.toMillis() >= frame.from) {
            ticks.push({ at: at.toMillis(), isDay: isDay || (at.hour === 0 && at.minute === 0) });
        }
        at = next(at, step);
    }
    return ticks;
}

/** Hours are counted from midnight of each day, so that 6 o'clock is 6 o'clock also after a night of 23 hours. */
function next(at, step) {
    if (step.unit !== "hour") {
        return at.plus({ [step.unit]: step.amount });
    }
    const day = at.startOf("day");
    const hour = at.hour + step.amount;
    if (hour >= 24) {
        return day.plus({ day: 1 });
    }
    const wanted = day.set({ hour });
    return wanted > at ? wanted : at.plus({ hour: step.amount });
}

/** @returns {string} "14:00" or "3 Mar", in the reader's language */
export function tickText({ at, isDay }) {
    const moment = luxon.DateTime.fromMillis(at);
    return isDay
        ? moment.toLocaleString({ day: "numeric", month: "short" })
        : moment.toLocaleString({ hour: "2-digit", minute: "2-digit" });
}
