import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { inputProps } from "./input_props";
import { formKinds, inputOf } from "./kinds";

/** Rows of answers to the same questions; on a telephone each row is a card. */
export class TableInput extends Component {
    static template = "service_desk.FormTableInput";
    static props = inputProps;
    static isGroup = () => true;

    setup() {
        this.inputOf = inputOf;
    }

    /** One empty row to begin with. */
    get rows() {
        return this.props.value?.length ? this.props.value : [{}];
    }

    get columns() {
        return this.props.question.columns.map((column) => ({ ...column, isInCell: true }));
    }

    get hasRoom() {
        const most = this.props.question.max_count;
        return !most || this.rows.length < most;
    }

    errorOf(row, column) {
        return this.props.errors?.[`${this.props.question.key}.${row}.${column.key}`];
    }

    removeLabel(row) {
        return _t("Remove row %s", row + 1);
    }

    cellId(row, column) {
        return `${this.props.id}_${row}_${column.key}`;
    }

    set(place, column, value) {
        const rows = this.rows.map((row) => ({ ...row }));
        if (value === undefined) {
            delete rows[place][column.key];
        } else {
            rows[place][column.key] = value;
        }
        this.tell(rows);
    }

    add() {
        this.props.onChange([...this.rows, {}]);
    }

    remove(place) {
        this.tell(this.rows.filter((row, index) => index !== place));
    }

    /** A table of one empty row is no answer. */
    tell(rows) {
        const isEmpty = rows.length < 2 && !Object.keys(rows[0] || {}).length;
        this.props.onChange(isEmpty ? undefined : rows);
    }
}

formKinds.add("table", TableInput);
