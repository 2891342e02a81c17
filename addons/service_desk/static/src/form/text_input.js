import { Component } from "@odoo/owl";
import { inputProps } from "./input_props";

/** One line of text. */
export class TextInput extends Component {
    static template = "service_desk.FormTextInput";
    static props = inputProps;

    get isLong() {
        return this.props.question.kind === "long_text";
    }

    onInput(ev) {
        this.props.onChange(ev.target.value);
    }
}
