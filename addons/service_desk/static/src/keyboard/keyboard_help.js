import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";

const GROUPS = [
    {
        title: _t("On a ticket"),
        keys: [
            ["R", _t("Answer")],
            ["N", _t("Internal note")],
            ["S", _t("Solve")],
            ["W", _t("Wait")],
            ["A", _t("Assign to me")],
            ["G", _t("Merge")],
            ["M", _t("Macros")],
            ["1 … 9", _t("Apply the macro of this digit")],
            ["Alt Shift 1 … 9", _t("The same while writing")],
            ["J", _t("Next ticket of the list")],
            ["K", _t("Previous ticket of the list")],
            ["U", _t("Back to the list")],
            ["P", _t("Show or hide the requester's panel")],
        ],
    },
    {
        title: _t("In the list"),
        keys: [
            ["J", _t("Next row")],
            ["K", _t("Previous row")],
            ["Enter", _t("Open the ticket")],
            ["X", _t("Select the row")],
            ["A", _t("Assign the selected tickets to me")],
            ["N", _t("Take the best ticket that waits")],
            ["M", _t("Macros for the selected tickets")],
            ["G", _t("Merge the selected tickets")],
            ["V", _t("Show or hide the side preview")],
        ],
    },
    {
        title: _t("Everywhere"),
        keys: [
            ["/", _t("Search")],
            ["?", _t("This map")],
            ["Alt", _t("Show the keys of all buttons")],
            ["Ctrl K", _t("Command palette")],
            ["Alt Shift P", _t("Open the phone screen")],
            ["Alt Shift C", _t("Open the card of who calls")],
            ["Ctrl Enter", _t("Send what you write")],
            ["Esc", _t("Leave a field")],
        ],
    },
];

/** The keyboard map. */
export class KeyboardHelp extends Component {
    static template = "service_desk.KeyboardHelp";
    static components = { Dialog };
    static props = { close: Function };

    setup() {
        this.title = _t("Keyboard");
        this.groups = GROUPS;
    }
}
