import { localization } from "@web/core/l10n/localization";
import { insertThousandsSep } from "@web/core/utils/numbers";

const SPACES = /[\s\u00a0\u202f]/g;
const PLAIN = /^-?(\d+(\.\d*)?|\.\d+)$/;

/** A number of more digits is not kept exactly. */
const MOST_DIGITS = 15;

/**
 * Reads a number as people type it.
 *
 * @param {string} text
 * @returns {number|string|undefined} the text as it is where it is no number: the server says so
 */
export function parseNumber(text) {
    const { decimalPoint, thousandsSep } = localization;
    let clean = text.replace(SPACES, "").replace("−", "-");
    if (thousandsSep && thousandsSep !== decimalPoint && isGrouped(clean, thousandsSep)) {
        clean = clean.split(thousandsSep).join("");
    }
    clean = clean.replace(decimalPoint, ".").replace(",", ".");
    if (PLAIN.test(clean) && clean.replace(/[-.]/g, "").length <= MOST_DIGITS) {
        return Number(clean);
    }
    return text.trim() || undefined;
}

/** "12,5" in an English screen means twelve and a half: only groups of three are thousands. */
function isGrouped(text, separator) {
    const [whole] = text.split(localization.decimalPoint);
    return whole.split(separator).slice(1).every((group) => group.length === 3);
}

/**
 * @param {string|number|undefined} value
 * @returns {string} with the language's own separators
 */
export function formatNumber(value) {
    if (value === undefined || value === null || value === false) {
        return "";
    }
    const text = String(value);
    if (!PLAIN.test(text)) {
        return text;
    }
    const { decimalPoint, grouping, thousandsSep } = localization;
    const [whole, fraction] = text.split(".");
    const grouped = insertThousandsSep(whole, thousandsSep, grouping);
    return fraction ? `${grouped}${decimalPoint}${fraction}` : grouped;
}
