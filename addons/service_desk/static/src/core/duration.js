import { _t } from "@web/core/l10n/translation";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Say a length of time in two units at most: "3 d 4 h", "2 h 5 min", "7 min", "now".
 *
 * @param {number} seconds
 * @returns {string}
 */
export function formatDuration(seconds) {
    const total = Math.max(0, Math.floor(seconds));
    const days = Math.floor(total / DAY);
    const hours = Math.floor((total % DAY) / HOUR);
    const minutes = Math.floor((total % HOUR) / MINUTE);
    if (days) {
        return hours
            ? _t("%(days)s d %(hours)s h", { days, hours })
            : _t("%(days)s d", { days });
    }
    if (hours) {
        return minutes
            ? _t("%(hours)s h %(minutes)s min", { hours, minutes })
            : _t("%(hours)s h", { hours });
    }
    return minutes ? _t("%(minutes)s min", { minutes }) : _t("now");
}

/**
 * @param {import("luxon").DateTime} since
 * @returns {number} seconds that have passed
 */
export function secondsSince(since) {
    return luxon.DateTime.now().diff(since, "seconds").seconds;
}
