import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { useClock } from "../core/clock";
import { formatDuration, secondsSince } from "../core/duration";

/** A moment in the past as the time that has passed since, counting on by itself. */
export class SinceField extends Component {
    static template = "service_desk.SinceField";
    static props = {
        ...standardFieldProps,
        warnAfter: { type: Number, optional: true },
        alarmAfter: { type: Number, optional: true },
    };
    static defaultProps = { warnAfter: 60, alarmAfter: 240 };

    setup() {
        this.clock = useClock();
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get seconds() {
        // read the clock: it is what makes the text new
        return this.clock.now && this.value ? secondsSince(this.value) : 0;
    }

    get text() {
        return this.value ? formatDuration(this.seconds) : "";
    }

    get tooltip() {
        return this.value ? formatDateTime(this.value) : "";
    }

    /** @returns {"calm"|"warning"|"alarm"} how long it is already */
    get age() {
        const minutes = this.seconds / 60;
        if (minutes >= this.props.alarmAfter) {
            return "alarm";
        }
        return minutes >= this.props.warnAfter ? "warning" : "calm";
    }

    get ageClass() {
        return { calm: "", warning: "text-warning-emphasis fw-bold", alarm: "text-danger fw-bold" }[this.age];
    }
}

export const sinceField = {
    component: SinceField,
    displayName: _t("Time Since"),
    supportedTypes: ["datetime"],
    supportedOptions: [
        { label: _t("Warn after (minutes)"), name: "warn_after", type: "number" },
        { label: _t("Alarm after (minutes)"), name: "alarm_after", type: "number" },
    ],
    isEmpty: (record, name) => !record.data[name],
    extractProps: ({ options }) => ({
        warnAfter: options.warn_after,
        alarmAfter: options.alarm_after,
    }),
};

registry.category("fields").add("service_desk_since", sinceField);
