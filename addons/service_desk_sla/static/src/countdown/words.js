import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";

const MINUS = "−";
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Below it seconds are shown. */
const FINE = 2 * MINUTE;

/**
 * A time as short as a column needs it: "95 s", "1:24", "2 d 3 h" by the clock on the wall; "−27:12" late.
 *
 * Lateness is working time, in which a day is no day of 24 hours: it is told in hours.
 *
 * @param {number} seconds
 */
export function compactTime(seconds) {
    const total = Math.floor(Math.abs(seconds));
    if (total < FINE) {
        return (seconds < 0 ? MINUS : "") + _t("%s s", total);
    }
    if (seconds < 0) {
        return MINUS + clockText(Math.floor(total / HOUR), total);
    }
    const days = Math.floor(total / DAY);
    const hours = Math.floor((total % DAY) / HOUR);
    if (days) {
        return hours ? _t("%(days)s d %(hours)s h", { days, hours }) : _t("%(days)s d", { days });
    }
    return clockText(hours, total);
}

function clockText(hours, total) {
    return `${hours}:${String(Math.floor((total % HOUR) / MINUTE)).padStart(2, "0")}`;
}

const UNITS = [
    ["day", DAY],
    ["hour", HOUR],
    ["minute", MINUTE],
    ["second", 1],
];

/**
 * A time in words of the reader's language, two units at most: "1 hour 24 minutes", "5 минут".
 *
 * The plural forms are those of the language itself (CLDR), which the browser knows.
 *
 * @param {number} seconds its sign does not matter
 * @param {string} [lang] "ru-RU"
 */
export function longTime(seconds, lang = user.lang || "en-US", units = UNITS) {
    let rest = Math.floor(Math.abs(seconds));
    const first = units.findIndex(([, size]) => rest >= size);
    if (first < 0) {
        return unitText(0, "minute", lang);
    }
    const words = [];
    for (const [unit, size] of units.slice(first, first + 2)) {
        const amount = Math.floor(rest / size);
        rest -= amount * size;
        // whoever has minutes left does not need the seconds
        if (amount && (unit !== "second" || Math.abs(seconds) < FINE)) {
            words.push(unitText(amount, unit, lang));
        }
    }
    return words.join(" ");
}

/**
 * A length of working time in words: in hours, for a working day is none of 24 hours.
 *
 * @param {number} seconds
 */
export function workTime(seconds, lang = user.lang || "en-US") {
    return longTime(seconds, lang, UNITS.slice(1));
}

function unitText(amount, unit, lang) {
    return new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

/**
 * A moment as people say it, in the reader's language and time zone: "Mon, 2 Mar, 18:00".
 *
 * @param {number} ms
 */
export function momentText(ms) {
    const moment = luxon.DateTime.fromMillis(ms);
    const format = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
    if (moment.year !== luxon.DateTime.now().year) {
        format.year = "numeric";
    }
    return moment.toLocaleString(format);
}
