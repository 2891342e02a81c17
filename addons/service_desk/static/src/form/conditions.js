/**
 * Conditions on answers, as forms/conditions.py understands them:
 * `{all: [{key: "amount", op: ">=", value: 1000}]}` or `{any: […]}`.
 *
 * A question without an answer equals nothing and is in no list. What cannot be read holds never. The cases in
 * static/tests/unit/form_condition_cases.js are run by both languages.
 */

function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(value) {
    return (
        value === undefined ||
        value === null ||
        value === "" ||
        (Array.isArray(value) && !value.length) ||
        (isObject(value) && !Object.keys(value).length)
    );
}

/** What a value may be compared with: the kinds of JSON, of which true is not 1. */
function sortOf(value) {
    return ["boolean", "number", "string"].includes(typeof value) ? typeof value : undefined;
}

function isSame(answer, value) {
    return sortOf(answer) !== undefined && answer === value;
}

function isIn(answer, values) {
    if (!Array.isArray(values)) {
        return false;
    }
    const many = Array.isArray(answer) ? answer : [answer];
    return many.some((one) => values.some((value) => isSame(one, value)));
}

function contains(answer, value) {
    if (Array.isArray(answer)) {
        return answer.some((one) => isSame(one, value));
    }
    const areTexts = typeof answer === "string" && typeof value === "string";
    return areTexts && answer !== "" && answer.toLowerCase().includes(value.toLowerCase());
}

function ordered(compare) {
    return (answer, value) =>
        ["number", "string"].includes(typeof answer) &&
        typeof answer === typeof value &&
        answer !== "" &&
        compare(answer, value);
}

const TESTS = {
    "=": isSame,
    "!=": (answer, value) => !isSame(answer, value),
    ">": ordered((answer, value) => answer > value),
    ">=": ordered((answer, value) => answer >= value),
    "<": ordered((answer, value) => answer < value),
    "<=": ordered((answer, value) => answer <= value),
    in: isIn,
    "not in": (answer, values) => !isIn(answer, values),
    contains,
    set: (answer) => !isEmpty(answer),
    "not set": (answer) => isEmpty(answer),
};

function lineHolds(line, answers) {
    if (!isObject(line) || typeof line.op !== "string" || !Object.hasOwn(TESTS, line.op)) {
        return false;
    }
    const answer = typeof line.key === "string" && Object.hasOwn(answers, line.key) ? answers[line.key] : undefined;
    return TESTS[line.op](answer, line.value);
}

/**
 * @param {Object|null|false|undefined} condition nothing holds always
 * @param {Object} answers key → answer
 * @returns {boolean}
 */
export function holds(condition, answers) {
    if (isEmpty(condition) || condition === false) {
        return true;
    }
    const [how, ...others] = isObject(condition) ? Object.keys(condition) : [];
    if (others.length || !["all", "any"].includes(how) || !Array.isArray(condition[how])) {
        return false;
    }
    const lines = condition[how];
    if (!lines.length) {
        return true;
    }
    const holdsLine = (line) => lineHolds(line, answers);
    return how === "all" ? lines.every(holdsLine) : lines.some(holdsLine);
}

/** @returns {string[]} the keys of the questions that a condition asks about */
export function keysOf(condition) {
    const lines = isObject(condition) ? Object.values(condition).flat() : [];
    return lines.filter((line) => typeof line?.key === "string").map((line) => line.key);
}
