import { _t } from "@web/core/l10n/translation";

const MOST = 1_000_000;
/** How people write units, in English and Russian, whatever language they read. */
const UNITS = [
    ["minutes", /^(m|min|mins|minutes?|м|мин|минут[аы]?)\.?$/],
    ["hours", /^(h|hr|hrs|hours?|ч|час|часа|часов)\.?$/],
    ["days", /^(d|wd|days?|working ?days?|д|дн|день|дня|дней|рд|раб\.? ?дн|рабоч(ий|их) (день|дня|дней))\.?$/],
];
const TO_THE_END = /[,;]?\s*(to the end|until the end|end|до конца( дня)?|до кон\.?)\.?$/;

/**
 * @param {{amount: number, unit: string}|null|undefined} cell
 * @returns {string} "30 min", "4 h", "2 working days"
 */
export function sayTarget(cell) {
    if (!cell) {
        return "";
    }
    const { amount } = cell;
    return {
        minutes: () => _t("%s min", amount),
        hours: () => _t("%s h", amount),
        days: () => _t("%s working days", amount),
        days_end: () => _t("%s working days, to the end", amount),
    }[cell.unit]();
}

function unitOf(word) {
    return UNITS.find(([, pattern]) => pattern.test(word))?.[0];
}

function inBounds(amount, unit) {
    return Number.isInteger(amount) && amount > 0 && amount <= MOST ? { amount, unit } : undefined;
}

function readMixed(text) {
    const clock = text.match(/^(\d{1,4}):([0-5]\d)$/);
    const words = text.match(/^(\d+)\s*([^\d\s]+)\s*(\d+)\s*([^\d\s]+)$/);
    const isHoursAndMinutes = words && unitOf(words[2]) === "hours" && unitOf(words[4]) === "minutes";
    const [, hours, minutes] = clock || (isHoursAndMinutes && [null, words[1], words[3]]) || [];
    if (hours === undefined) {
        return undefined;
    }
    const amount = Number(hours) * 60 + Number(minutes);
    return amount % 60 ? inBounds(amount, "minutes") : inBounds(amount / 60, "hours");
}

/**
 * Reads what somebody typed or pasted: "30", "30 min", "4 h", "1 h 30 min", "1:30", "1.5 h", "2 days", "2 days, to the end".
 *
 * @param {string} text
 * @param {string} [plainUnit] the unit of a bare number
 * @returns {{amount: number, unit: string}|null|undefined} null: no target; undefined: it cannot be read
 */
export function readTarget(text, plainUnit = "minutes") {
    const asked = (text || "").trim().toLowerCase().replaceAll("\u00a0", " ");
    if (["", "-", "–", "—"].includes(asked)) {
        return null;
    }
    const toTheEnd = TO_THE_END.test(asked);
    const rest = asked.replace(TO_THE_END, "").trim();
    const one = rest.match(/^(\d+(?:[.,]\d+)?)\s*(.*)$/);
    if (!one) {
        return undefined;
    }
    const unit = one[2] ? unitOf(one[2]) : plainUnit;
    if (!unit) {
        return toTheEnd ? undefined : readMixed(rest);
    }
    if (toTheEnd && unit !== "days") {
        return undefined;
    }
    const amount = Number(one[1].replace(",", "."));
    if (unit === "hours" && !Number.isInteger(amount)) {
        return inBounds(Math.round(amount * 60), "minutes");
    }
    return inBounds(amount, toTheEnd ? "days_end" : unit);
}

/**
 * @param {string} text as a spreadsheet puts it on the clipboard
 * @returns {string[][]|null} rows of cells; null for one single value
 */
export function readTable(text) {
    const rows = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((row) => row.split("\t"));
    return rows.length > 1 || rows[0].length > 1 ? rows : null;
}
