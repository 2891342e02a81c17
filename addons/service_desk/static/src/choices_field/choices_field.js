import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Several codes of a selection, kept as text with commas; the labels are those of another field. */
export class ChoicesField extends Component {
    static template = "service_desk.ChoicesField";
    static components = { SelectMenu };
    static props = {
        ...standardFieldProps,
        choicesField: { type: String },
        placeholder: { type: String, optional: true },
    };

    get choices() {
        const { selection } = this.props.record.fields[this.props.choicesField];
        return selection.map(([value, label]) => ({ value, label }));
    }

    get value() {
        const text = this.props.record.data[this.props.name] || "";
        return text.split(",").map((code) => code.trim()).filter(Boolean);
    }

    get labels() {
        const label = Object.fromEntries(this.choices.map((choice) => [choice.value, choice.label]));
        return this.value.map((code) => label[code] || code);
    }

    onSelect(codes) {
        this.props.record.update({ [this.props.name]: codes.join(",") || false });
    }
}

export const choicesField = {
    component: ChoicesField,
    displayName: _t("Choices"),
    supportedTypes: ["char"],
    extractProps: ({ options, placeholder }) => ({ choicesField: options.choices, placeholder }),
};

registry.category("fields").add("service_desk_choices", choicesField);
