import { Component, onWillStart, onWillUnmount, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useDebounced } from "@web/core/utils/timing";
import { inputProps } from "./input_props";

const PAUSE_MS = 250;

/** A contact, an asset, a product, an address: found by typing, by the rights of who answers. */
export class RecordInput extends Component {
    static template = "service_desk.FormRecordInput";
    static props = inputProps;

    setup() {
        this.keepLast = new KeepLast();
        this.box = useRef("box");
        this.state = useState({ text: "", name: "", rows: [], marked: 0, isOpen: false });
        this.searchSoon = useDebounced(() => this.search(), PAUSE_MS);
        onWillStart(() => this.loadName(this.props.value));
        onWillUpdateProps((next) => {
            if (next.value !== this.props.value && next.value !== this.chosenId) {
                return this.loadName(next.value);
            }
        });
        onWillUnmount(() => this.keepLast.add(new Promise(() => {})));
    }

    async loadName(id) {
        this.chosenId = id;
        const [row] = id ? await this.props.callbacks.load(this.props.question, [id]) : [];
        this.state.name = this.state.text = row?.name || "";
    }

    get placeholder() {
        return _t("Type to search");
    }

    get listId() {
        return `${this.props.id}_list`;
    }

    get activeId() {
        return this.state.isOpen && this.state.rows.length ? `${this.listId}_${this.state.marked}` : undefined;
    }

    async search() {
        const { callbacks, question } = this.props;
        const text = this.state.text === this.state.name ? "" : this.state.text;
        const rows = await this.keepLast.add(Promise.resolve(callbacks.search(question, text)));
        Object.assign(this.state, { rows, marked: 0, isOpen: document.activeElement === this.box.el });
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.searchSoon();
    }

    onKeydown(ev) {
        const { rows, isOpen } = this.state;
        if (ev.key === "ArrowDown" && !isOpen) {
            this.search();
        } else if (["ArrowDown", "ArrowUp"].includes(ev.key) && rows.length) {
            const step = ev.key === "ArrowDown" ? 1 : -1;
            this.state.marked = (this.state.marked + step + rows.length) % rows.length;
        } else if (ev.key === "Enter" && isOpen && rows.length) {
            this.choose(rows[this.state.marked]);
        } else if (ev.key === "Escape" && isOpen) {
            this.state.isOpen = false;
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    choose(row) {
        this.chosenId = row.id;
        Object.assign(this.state, { name: row.name, text: row.name, isOpen: false });
        this.props.onChange(row.id);
    }

    /** What is left in the box is a chosen record or nothing. */
    onBlur() {
        this.state.isOpen = false;
        if (!this.state.text.trim() && this.props.value) {
            this.chosenId = undefined;
            this.state.name = "";
            this.props.onChange(undefined);
        }
        this.state.text = this.state.name;
    }
}
