/** A clock of `ticket.sla_board` read at a moment: plain arithmetic on instants, in milliseconds of UTC. */

const FINE = 120; // seconds before the deadline from which on each second shows
const MINUTE = 60_000;

/** @param {string|false} text "YYYY-MM-DD HH:MM:SS" of UTC */
export function toMs(text) {
    return text ? Date.parse(`${text.replace(" ", "T")}Z`) : null;
}

/**
 * @param {Array<[string, string]>|null} hours open periods; null: day and night
 * @returns {number} milliseconds of working time between two instants
 */
export function workedBetween(hours, from, to) {
    if (to <= from) {
        return 0;
    }
    if (!hours) {
        return to - from;
    }
    return hours.reduce((sum, [open, close]) => {
        return sum + Math.max(0, Math.min(to, toMs(close)) - Math.max(from, toMs(open)));
    }, 0);
}

/**
 * @param {Object} board `ticket.sla_board`
 * @param {Object} clock one of its clocks
 * @param {number} now the server's time
 * @returns {{tone: string, seconds: number, left: number, nextIn: number}}
 *      tone: running, warning, missed, paused, met, late (stopped too late), excused;
 *      seconds: until the deadline by the clock on the wall, or (negative) how late in working time;
 *      left: seconds of working time, negative when late; nextIn: milliseconds until it may look different
 */
export function readClock(board, clock, now) {
    const read = toMs(board.now);
    const hours = clock.hours ? board.hours[clock.hours] : null;
    const isRunning = clock.state === "running";
    const worked = isRunning ? workedBetween(hours, read, Math.max(read, now)) / 1000 : 0;
    const left = clock.left - Math.floor(worked);
    if (clock.state === "stopped" || clock.state === "cancelled") {
        return { tone: toneOfStopped(clock), seconds: clock.left, left: clock.left, nextIn: Infinity };
    }
    const isLate = left < 0 || clock.missed;
    if (!isRunning) {
        return { tone: isLate ? toneOfMissed(clock) : "paused", seconds: left, left, nextIn: Infinity };
    }
    const wall = Math.max(0, (toMs(clock.due) ?? now) - now);
    const warnIn = clock.warn ? toMs(clock.warn) - now : Infinity;
    const seconds = left < 0 ? left : Math.ceil(wall / 1000);
    const tone = isLate ? toneOfMissed(clock) : warnIn <= 0 ? "warning" : "running";
    return { tone, seconds, left, nextIn: nextIn(seconds, wall, warnIn) };
}

function toneOfMissed(clock) {
    return clock.excused ? "excused" : "missed";
}

function toneOfStopped(clock) {
    if (clock.missed) {
        return clock.excused ? "excused" : "late";
    }
    return clock.state === "cancelled" ? "cancelled" : "met";
}

function nextIn(seconds, wall, warnIn) {
    if (Math.abs(seconds) < FINE) {
        return 1000;
    }
    const fineIn = wall - FINE * 1000;
    return Math.min(MINUTE, ...[fineIn, warnIn].filter((delay) => delay > 0));
}

/**
 * The clock that matters now: of those with the customer the one that is due first, else what stands still,
 * else what ended last. The server sorts them so.
 *
 * @returns {Object|undefined}
 */
export function chosenClock(board) {
    const clocks = board?.clocks || [];
    return clocks.find((clock) => clock.kind === "sla") || clocks[0];
}
