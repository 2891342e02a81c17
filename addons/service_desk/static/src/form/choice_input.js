import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { inputProps } from "./input_props";

/** More than these are a list to unfold. */
const MOST_BUTTONS = 6;

/** One of several: buttons while they are few, else a list. */
export class ChoiceInput extends Component {
    static template = "service_desk.FormChoiceInput";
    static props = inputProps;

    static isGroup(question) {
        return question.options.length <= MOST_BUTTONS && !question.isInCell;
    }

    get isList() {
        return !ChoiceInput.isGroup(this.props.question);
    }

    onSelect(ev) {
        this.props.onChange(ev.target.value || undefined);
    }

    choose(option) {
        this.props.onChange(option.key);
    }

    clear() {
        this.props.onChange(undefined);
    }
}

/** Any of several. */
export class ChoicesInput extends Component {
    static template = "service_desk.FormChoicesInput";
    static props = inputProps;
    static isGroup = () => true;

    get chosen() {
        return this.props.value || [];
    }

    toggle(option) {
        const chosen = this.chosen.includes(option.key)
            ? this.chosen.filter((key) => key !== option.key)
            : this.props.question.options
                  .map(({ key }) => key)
                  .filter((key) => key === option.key || this.chosen.includes(key));
        this.props.onChange(chosen.length ? chosen : undefined);
    }
}

/** Yes or no; nothing chosen is neither. */
export class YesNoInput extends Component {
    static template = "service_desk.FormYesNoInput";
    static props = inputProps;
    static isGroup = (question) => !question.isInCell;

    get choices() {
        return [
            { value: true, name: "yes", label: _t("Yes") },
            { value: false, name: "no", label: _t("No") },
        ];
    }

    get current() {
        return { true: "yes", false: "no" }[this.props.value] || "";
    }

    onSelect(ev) {
        this.props.onChange({ yes: true, no: false }[ev.target.value]);
    }
}
