import { Component, useRef, useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const WAIT = 150;

/** For whom an agent asks: a contact by name, number or firm. */
export class PersonPicker extends Component {
    static template = "service_desk.PersonPicker";
    static props = { onChosen: Function, onClosed: Function };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.input = useRef("autofocus");
        this.state = useState({ rows: [], active: 0, text: "" });
        this.searchSoon = useDebounced(() => this.search(), WAIT);
        useAutofocus();
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.searchSoon();
    }

    async search() {
        const text = this.state.text.trim();
        const found = text.length < 2 ? { rows: [] } : await this.keepLast.add(
            this.orm.silent.call("service_desk.call", "search_callers", [text])
        );
        Object.assign(this.state, { rows: found.rows, active: 0 });
    }

    onKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        const { length } = this.state.rows;
        if (step && length) {
            ev.preventDefault();
            this.state.active = (this.state.active + step + length) % length;
        } else if (ev.key === "Enter" && length) {
            ev.preventDefault();
            this.props.onChosen(this.state.rows[this.state.active]);
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.onClosed();
        }
    }
}
