import { _t } from "@web/core/l10n/translation";

const FILLED = ["set", "not set"];
const EQUAL = ["=", "!="];
const ORDER = [">=", "<=", ">", "<"];

/** Which comparisons are offered for which kind; forms/conditions.py takes them all. */
const BY_KIND = {
    text: [...EQUAL, "contains", ...FILLED],
    long_text: ["contains", ...FILLED],
    number: [...EQUAL, ...ORDER, ...FILLED],
    money: [...ORDER, ...EQUAL, ...FILLED],
    date: [...ORDER, ...EQUAL, ...FILLED],
    datetime: [...ORDER, ...FILLED],
    boolean: ["=", ...FILLED],
    choice: [...EQUAL, "in", "not in", ...FILLED],
    choices: ["contains", "in", "not in", ...FILLED],
    files: FILLED,
    table: FILLED,
};
const OF_RECORDS = [...EQUAL, ...FILLED];

/** @returns {string[]} the comparisons of a question, the likeliest first */
export function operatorsOf(question) {
    return BY_KIND[question.kind] || OF_RECORDS;
}

/** @returns {string} a comparison as people say it */
export function operatorLabel(operator, question) {
    const isDay = ["date", "datetime"].includes(question?.kind);
    const isList = question?.kind === "choices";
    return {
        "=": _t("is"),
        "!=": _t("is not"),
        ">": isDay ? _t("is after") : _t("is more than"),
        ">=": isDay ? _t("is on or after") : _t("is at least"),
        "<": isDay ? _t("is before") : _t("is less than"),
        "<=": isDay ? _t("is on or before") : _t("is at most"),
        in: isList ? _t("has any of") : _t("is one of"),
        "not in": isList ? _t("has none of") : _t("is none of"),
        contains: isList ? _t("has") : _t("contains"),
        set: _t("is answered"),
        "not set": _t("is not answered"),
    }[operator];
}

export function needsValue(operator) {
    return !FILLED.includes(operator);
}

const LISTS = ["in", "not in"];

/** @returns {Object} a question whose answer is what the answer is compared with */
export function valueQuestion(question, operator) {
    const bare = { ...question, kind: valueKind(question, operator), placeholder: "", isInCell: true };
    return { ...bare, min: undefined, max: undefined, max_length: undefined };
}

function valueKind({ kind }, operator) {
    if (LISTS.includes(operator)) {
        return "choices";
    }
    return { long_text: "text", choices: "choice" }[kind] || kind;
}

/** @returns {boolean} whether a value belongs to a comparison */
export function isComplete({ op, value }) {
    if (!needsValue(op)) {
        return true;
    }
    return LISTS.includes(op) ? Boolean(value?.length) : value !== undefined && value !== null && value !== "";
}

