import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { MinutesField } from "@service_desk/minutes_field/minutes_field";

/**
 * Working time is said in hours and minutes: a day of it has as many hours as its calendar.
 *
 * @param {number} seconds
 * @returns {string} "50 h 5 min"
 */
export function formatSeconds(seconds) {
    const minutes = Math.floor((seconds || 0) / 60);
    const parts = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
    if (!minutes) {
        return "";
    }
    if (!parts.hours) {
        return _t("%(minutes)s min", parts);
    }
    return parts.minutes ? _t("%(hours)s h %(minutes)s min", parts) : _t("%(hours)s h", parts);
}

/** A length of working time that is kept in seconds. */
export class SecondsField extends MinutesField {
    get text() {
        return formatSeconds(this.props.record.data[this.props.name]);
    }
}

/** A length of working time that is kept in minutes. */
export class WorkingMinutesField extends MinutesField {
    get text() {
        return formatSeconds(60 * this.props.record.data[this.props.name]);
    }
}

const fields = registry.category("fields");
fields.add("service_desk_seconds", {
    component: SecondsField,
    displayName: _t("Length of Time (seconds)"),
    supportedTypes: ["integer"],
});
fields.add("service_desk_working_minutes", {
    component: WorkingMinutesField,
    displayName: _t("Working Time (minutes)"),
    supportedTypes: ["integer"],
});
