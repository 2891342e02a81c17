import { formatDate, formatDateTime, deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatNumber } from "../form/numbers";
import { needsValue, operatorLabel } from "./operators";

function sayOne(value, question) {
    const option = question.options?.find(({ key }) => key === value);
    if (option) {
        return option.label;
    }
    if (typeof value === "boolean") {
        return value ? _t("Yes") : _t("No");
    }
    if (question.kind === "date" && value) {
        return formatDate(deserializeDate(value));
    }
    if (question.kind === "datetime" && value) {
        return formatDateTime(deserializeDateTime(value), { showSeconds: false });
    }
    return typeof value === "number" && ["number", "money"].includes(question.kind) ? formatNumber(value) : String(value ?? "");
}

function sayLine({ key, op, value }, questions) {
    const question = questions.find((one) => one.key === key);
    if (!question) {
        return _t("%s (not there any more)", key);
    }
    const begin = `${question.label} ${operatorLabel(op, question) || op}`;
    if (!needsValue(op)) {
        return begin;
    }
    const values = (Array.isArray(value) ? value : [value]).map((one) => sayOne(one, question));
    return `${begin} ${values.join(", ")}`;
}

/**
 * @param {Object|null|false} condition
 * @param {Array} questions
 * @returns {string} "Amount is at least 1,000; What is Till", empty where there is no condition
 */
export function sayCondition(condition, questions) {
    const how = condition?.any ? "any" : "all";
    const lines = (condition?.[how] || []).map((line) => sayLine(line, questions));
    return lines.join(how === "any" ? _t(" or ") : _t(" and "));
}
