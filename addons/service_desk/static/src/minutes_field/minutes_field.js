import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { formatDuration } from "../core/duration";

/**
 * @param {number} minutes
 * @returns {string} "2 h 5 min"
 */
export function formatMinutes(minutes) {
    return minutes ? formatDuration(minutes * 60) : "";
}

/** A length of time that is kept in minutes, said as people say it. */
export class MinutesField extends Component {
    static template = "service_desk.MinutesField";
    static props = { ...standardFieldProps };

    get text() {
        return formatMinutes(this.props.record.data[this.props.name]);
    }
}

export const minutesField = {
    component: MinutesField,
    displayName: _t("Length of Time (minutes)"),
    supportedTypes: ["float", "integer"],
};

registry.category("fields").add("service_desk_minutes", minutesField);
registry.category("formatters").add("service_desk_minutes", formatMinutes);
