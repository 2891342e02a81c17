import { Component } from "@odoo/owl";
import { useDateTimePicker } from "@web/core/datetime/datetime_picker_hook";
import { localization } from "@web/core/l10n/localization";
import { deserializeDate, deserializeDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { inputProps } from "./input_props";

/** A day or a moment, typed or picked, in the format of the reader's language. */
export class DateInput extends Component {
    static template = "service_desk.FormDateInput";
    static props = inputProps;

    setup() {
        const component = this;
        useDateTimePicker({
            get format() {
                return component.format;
            },
            get pickerProps() {
                return { type: component.type, value: component.moment, rounding: 5 };
            },
            onApply: (moment) => this.props.onChange(this.toAnswer(moment)),
        });
    }

    get type() {
        return this.props.question.kind === "datetime" ? "datetime" : "date";
    }

    /** Nobody asks for seconds. */
    get format() {
        const { dateFormat, timeFormat } = localization;
        return this.type === "date" ? dateFormat : `${dateFormat} ${timeFormat.replace(":ss", "")}`;
    }

    /** The answer is a day, or a moment in UTC; shown is the clock of who answers. */
    get moment() {
        const { value } = this.props;
        if (!value) {
            return false;
        }
        const moment = this.type === "date" ? deserializeDate(value) : deserializeDateTime(value);
        return moment.isValid ? moment : false;
    }

    toAnswer(moment) {
        if (!moment) {
            return undefined;
        }
        return this.type === "date" ? serializeDate(moment) : serializeDateTime(moment.startOf("minute"));
    }
}
