import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatDuration } from "@service_desk/core/duration";
import { MinutesField } from "@service_desk/minutes_field/minutes_field";

/**
 * @param {number} seconds
 * @returns {string} "2 h 5 min"
 */
export function formatSeconds(seconds) {
    return seconds ? formatDuration(seconds) : "";
}

/** A length of time that is kept in seconds, said as people say it. */
export class SecondsField extends MinutesField {
    get text() {
        return formatSeconds(this.props.record.data[this.props.name]);
    }
}

export const secondsField = {
    component: SecondsField,
    displayName: _t("Length of Time (seconds)"),
    supportedTypes: ["integer"],
};

registry.category("fields").add("service_desk_seconds", secondsField);
registry.category("formatters").add("service_desk_seconds", formatSeconds);
