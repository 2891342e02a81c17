import { holds } from "./conditions";

/** An answer as conditions compare it: a text without the blanks around it. */
function tidy(value) {
    return typeof value === "string" ? value.trim() : value;
}

function isNothing(value) {
    return value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
}

/**
 * Which questions are asked, and what was answered to them. An answer to a question that is not asked any more does not
 * count: neither for the questions after it nor for the server, which refuses it.
 *
 * @param {Object} form of readDefinition
 * @param {Object} answers
 * @returns {{keys: Set<string>, answers: Object}}
 */
export function shownOf(form, answers) {
    const shown = { keys: new Set(), answers: {} };
    for (const question of form.questions) {
        const section = form.sectionOf[question.section];
        if (holds(section?.shown_if, shown.answers) && holds(question.shown_if, shown.answers)) {
            shown.keys.add(question.key);
            const value = tidy(answers[question.key]);
            if (!isNothing(value)) {
                shown.answers[question.key] = value;
            }
        }
    }
    return shown;
}

/** @returns {boolean} whether a question that is asked must be answered */
export function isRequired(question, shownAnswers) {
    const needed = question.required_if;
    return Boolean(question.required || (needed && holds(needed, shownAnswers)));
}
