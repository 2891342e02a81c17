import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { inputProps } from "./input_props";
import { formatNumber, parseNumber } from "./numbers";

/** A number or an amount of money; the text stays as typed until the box is left. */
export class NumberInput extends Component {
    static template = "service_desk.FormNumberInput";
    static props = inputProps;

    setup() {
        this.state = useState({ text: formatNumber(this.props.value) });
        onWillUpdateProps((next) => {
            if (next.value !== parseNumber(this.state.text)) {
                this.state.text = formatNumber(next.value);
            }
        });
    }

    get unit() {
        return this.props.question.currency;
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.props.onChange(parseNumber(this.state.text));
    }

    onBlur() {
        this.state.text = formatNumber(parseNumber(this.state.text));
    }
}
