import { _t } from "@web/core/l10n/translation";
import { formatNumber } from "./numbers";

const STEP = 1024;

/**
 * @param {number} bytes
 * @returns {string} "1.5 MB"
 */
export function formatBytes(bytes) {
    const units = [_t("B"), _t("KB"), _t("MB"), _t("GB")];
    let [value, place] = [bytes, 0];
    while (value >= STEP && place < units.length - 1) {
        value /= STEP;
        place++;
    }
    return `${formatNumber(Math.round(value * 10) / 10)} ${units[place]}`;
}
