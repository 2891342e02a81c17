import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const WAIT = 120;
const NOTHING = { rows: [], number: "", is_number: false, is_more: false };

/** One box for a number in any notation or a part of a name; Enter takes the marked contact. */
export class CallerSearch extends Component {
    static template = "service_desk.CallerSearch";
    static props = {
        text: String,
        focusCount: Number,
        onChosen: Function,
        onStranger: Function,
        onText: Function,
        onReady: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.input = useRef("input");
        this.state = useState({ found: NOTHING, active: 0, isOpen: false, isSearching: false });
        this.searchSoon = useDebounced(() => this.search(), WAIT);
        this.searchedFor = "";
        this.props.onReady(this);
        useEffect(
            () => {
                this.input.el.focus();
                this.input.el.select();
            },
            () => [this.props.focusCount]
        );
    }

    get options() {
        const { rows } = this.state.found;
        return this.props.text.trim() ? [...rows, { id: "new", kind: "new" }] : rows;
    }

    get activeId() {
        return this.state.isOpen && this.options.length ? `o_service_desk_caller_${this.state.active}` : undefined;
    }

    onInput(ev) {
        this.props.onText(ev.target.value);
        this.state.isOpen = true;
        this.searchSoon();
    }

    async search() {
        const text = this.input.el.value.trim();
        this.searchedFor = text;
        this.state.isSearching = true;
        try {
            const found = text.length < 2
                ? NOTHING
                : await this.keepLast.add(this.orm.silent.call("service_desk.call", "search_callers", [text]));
            this.show(found);
        } finally {
            this.state.isSearching = false;
        }
    }

    /** Show what was found, also what came with a call. */
    show(found) {
        Object.assign(this.state, { found, active: 0, isOpen: true });
    }

    async onKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (step) {
            ev.preventDefault();
            const count = this.options.length;
            this.state.isOpen = true;
            this.state.active = count ? (this.state.active + step + count) % count : 0;
        } else if (ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            await this.takeActive();
        } else if (ev.key === "Escape") {
            this.state.isOpen = false;
        }
    }

    /** Take the marked contact; of what was typed a moment ago, the answer is waited for. */
    async takeActive() {
        const text = this.input.el.value.trim();
        if (!text) {
            return;
        }
        if (text !== this.searchedFor || this.state.isSearching) {
            this.searchSoon.cancel();
            await this.search();
        }
        this.take(this.options[this.state.active]);
    }

    take(option) {
        this.state.isOpen = false;
        if (option.kind === "new") {
            const { is_number: isNumber, number } = this.state.found;
            const text = this.props.text.trim();
            this.props.onStranger(isNumber ? { number: number || text, name: "" } : { number: "", name: text });
        } else {
            this.props.onChosen(option, this.state.found);
        }
    }

    iconOf(option) {
        return { person: "fa-user-o", site: "fa-map-marker", firm: "fa-building-o", new: "fa-plus" }[option.kind];
    }
}
