import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ConditionEditor } from "./condition_editor";
import { sayCondition } from "./condition_text";

/**
 * A condition on the answers of a form, in a field of type json.
 *
 * Option `form`: the field beside it in the view (it may be invisible) that gives the form: a form, an offering, or a
 * definition as json.
 */
export class ConditionField extends Component {
    static template = "service_desk.ConditionField";
    static components = { ConditionEditor };
    static props = {
        ...standardFieldProps,
        formField: { type: String, optional: true },
        emptyText: { type: String, optional: true },
    };

    setup() {
        this.forms = useService("service_desk.forms");
        this.state = useState({ form: null, source: undefined });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((next) => this.load(next));
    }

    sourceOf({ formField, record }) {
        const value = record.data[formField];
        return value && typeof value === "object" && "id" in value
            ? { model: record.fields[formField].relation, id: value.id }
            : { definition: value || null };
    }

    async load(props) {
        const source = this.sourceOf(props);
        const name = JSON.stringify(source);
        if (name !== this.state.source) {
            this.state.source = name;
            const form = await this.forms.load(source);
            if (this.state.source === name) {
                this.state.form = form;
            }
        }
    }

    get isReady() {
        return this.state.source !== undefined;
    }

    get value() {
        return this.props.record.data[this.props.name] || null;
    }

    get text() {
        return sayCondition(this.value, this.state.form?.questions || []) || this.emptyText;
    }

    get emptyText() {
        return this.props.emptyText || _t("Always");
    }

    get missingText() {
        return this.value ? _t("The form that it asks about is not chosen.") : _t("Always. Choose a form to ask about its answers.");
    }

    get callbacks() {
        return this.state.form.callbacks;
    }

    onChange(condition) {
        this.props.record.update({ [this.props.name]: condition || false });
    }
}

export const conditionField = {
    component: ConditionField,
    displayName: _t("Condition on Answers"),
    supportedTypes: ["json"],
    extractProps: ({ options, placeholder }) => ({ formField: options.form, emptyText: placeholder }),
};

registry.category("fields").add("service_desk_condition", conditionField);
