import { Component, onPatched, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** The options of a choice: Enter adds the next, a list of lines may be pasted. */
export class OptionEditor extends Component {
    static template = "service_desk.OptionEditor";
    static props = { store: Object, row: Object };

    setup() {
        this.list = useRef("list");
        this.wanted = null;
        onPatched(() => this.giveFocus());
    }

    /** The box may not be drawn yet: it gets the focus as soon as it is. */
    giveFocus() {
        const box = this.wanted !== null && this.list.el.querySelectorAll("input")[this.wanted];
        if (box) {
            this.wanted = null;
            box.focus();
        }
    }

    optionLabel(place) {
        return _t("Option %s", place + 1);
    }

    deleteLabel(place) {
        return _t("Delete option %s", place + 1);
    }

    get options() {
        return this.props.row.option_ids;
    }

    change(change) {
        const { row, store } = this.props;
        store.change((rows) => {
            const owner = store.draft.find(row.cid, rows);
            change(owner.option_ids, owner);
            owner.option_ids.forEach((option, place) => {
                option.sequence = (place + 1) * 10;
            });
        });
    }

    name(option, text) {
        this.props.store.nameOption(this.props.row, option.cid, text);
    }

    add(place = this.options.length) {
        this.wanted = place;
        this.change((options, owner) => options.splice(place, 0, this.props.store.newOption(owner, "")));
    }

    remove(place) {
        this.wanted = Math.max(0, place - 1);
        this.change((options) => options.splice(place, 1));
    }

    move(place, step) {
        const target = place + step;
        if (target >= 0 && target < this.options.length) {
            this.wanted = target;
            this.change((options) => options.splice(target, 0, ...options.splice(place, 1)));
        }
    }

    onKeydown(ev, place) {
        if (ev.key === "Enter") {
            this.add(place + 1);
        } else if (ev.altKey && ["ArrowUp", "ArrowDown"].includes(ev.key)) {
            this.move(place, ev.key === "ArrowUp" ? -1 : 1);
        } else if (ev.key === "Backspace" && !ev.target.value && this.options.length > 1) {
            this.remove(place);
        } else {
            return;
        }
        ev.preventDefault();
    }

    /** A pasted list becomes an option for each line. */
    onPaste(ev, place) {
        const lines = ev.clipboardData.getData("text").split("\n").map((line) => line.trim()).filter(Boolean);
        if (lines.length < 2) {
            return;
        }
        ev.preventDefault();
        this.change((options, owner) => {
            const isEmpty = !options[place].name;
            lines.forEach((line, number) => {
                const option = this.props.store.newOption(owner, line);
                options.splice(place + number + (isEmpty ? 0 : 1), 0, option);
            });
            if (isEmpty) {
                options.splice(place + lines.length, 1);
            }
        });
    }
}
