import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The step of its ladder that a ticket has reached, as a badge; nothing while it has reached none. */
export class StepField extends Component {
    static template = "service_desk.StepField";
    static props = { ...standardFieldProps };

    get step() {
        return this.props.record.data[this.props.name];
    }

    get title() {
        return _t("Escalated: step %s", this.step);
    }
}

export const stepField = {
    component: StepField,
    displayName: _t("Step of Escalation"),
    supportedTypes: ["integer"],
};

registry.category("fields").add("service_desk_step", stepField);
