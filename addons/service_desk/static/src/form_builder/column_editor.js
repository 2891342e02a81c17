import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { OptionEditor } from "./option_editor";

const NO_COLUMN = ["section", "table", "files"];

/** The columns of a table: questions of their own, without conditions. */
export class ColumnEditor extends Component {
    static template = "service_desk.ColumnEditor";
    static components = { OptionEditor };
    static props = { store: Object, row: Object, kinds: Array };

    columnLabel(place) {
        return _t("Column %s", place + 1);
    }

    get kinds() {
        return this.props.kinds.filter(([kind]) => !NO_COLUMN.includes(kind));
    }

    change(change, step) {
        const { row, store } = this.props;
        store.change((rows) => {
            const owner = store.draft.find(row.cid, rows);
            change(owner.column_ids, owner);
            owner.column_ids.forEach((column, place) => {
                column.sequence = (place + 1) * 10;
            });
        }, step);
    }

    name(column, text) {
        const { store } = this.props;
        this.change((columns) => {
            const own = columns.find(({ cid }) => cid === column.cid);
            own.name = text;
            if (store.freshKeys[own.cid]) {
                own.key = store.freeKey(columns, text, own.cid);
            }
        }, `${column.cid}.name`);
    }

    setKind(column, kind) {
        this.change((columns) => {
            const own = columns.find(({ cid }) => cid === column.cid);
            Object.assign(own, { kind, rules: false });
            if (["choice", "choices"].includes(kind) && !own.option_ids.length) {
                own.option_ids = [this.props.store.newOption(own, _t("Option %s", 1))];
            }
        });
    }

    setRequired(column, isRequired) {
        this.change((columns) => {
            columns.find(({ cid }) => cid === column.cid).is_required = isRequired;
        });
    }

    hasOptions(column) {
        return ["choice", "choices"].includes(column.kind);
    }

    add() {
        this.change((columns, owner) => columns.push(this.props.store.newColumn(owner, _t("Column %s", columns.length + 1))));
    }

    remove(place) {
        this.change((columns) => columns.splice(place, 1));
    }

    move(place, step) {
        const target = place + step;
        if (target >= 0 && target < this.props.row.column_ids.length) {
            this.change((columns) => columns.splice(target, 0, ...columns.splice(place, 1)));
        }
    }
}
