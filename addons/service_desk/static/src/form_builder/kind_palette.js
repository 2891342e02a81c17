import { Component } from "@odoo/owl";

const ICONS = {
    section: "fa-header",
    text: "fa-minus",
    long_text: "fa-align-left",
    number: "fa-hashtag",
    money: "fa-money",
    date: "fa-calendar",
    datetime: "fa-clock-o",
    boolean: "fa-toggle-on",
    choice: "fa-dot-circle-o",
    choices: "fa-check-square-o",
    contact: "fa-user-o",
    employee: "fa-id-badge",
    asset: "fa-desktop",
    location: "fa-map-marker",
    product: "fa-cube",
    files: "fa-paperclip",
    table: "fa-table",
};

/** The kinds of questions that can be added. */
export class KindPalette extends Component {
    static template = "service_desk.KindPalette";
    static props = { kinds: Array, onAdd: Function };

    get kinds() {
        return this.props.kinds.map(([key, label]) => ({ key, label, icon: ICONS[key] || "fa-link" }));
    }
}
