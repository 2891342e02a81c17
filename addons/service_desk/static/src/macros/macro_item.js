import { Component } from "@odoo/owl";

/** One macro in the menu: its name, what it does, its key. */
export class MacroItem extends Component {
    static template = "service_desk.MacroItem";
    static props = {
        macro: Object,
        name: { type: String, optional: true },
        searchValue: { type: String, optional: true },
        executeCommand: { type: Function, optional: true },
        slots: { type: Object, optional: true },
        "*": true,
    };

    get icon() {
        const icons = { answer: "fa-reply", note: "fa-sticky-note-o", none: "fa-bolt" };
        return icons[this.props.macro.message_kind];
    }
}
