import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { isTyping } from "../core/keys";

/** Who calls, over whatever the agent has open. Enter opens the card, unless he is just typing. */
export class CallPopup extends Component {
    static template = "service_desk.CallPopup";
    static props = {};

    setup() {
        this.phone = useService("service_desk.phone");
        this.state = useState(this.phone.state);
        this.root = useRef("root");
        useHotkey("alt+shift+c", () => this.calls.length && this.phone.open(this.calls[0]), {
            global: true,
            bypassEditableProtection: true,
        });
        useEffect(
            (count) => {
                if (count && !isTyping(document.activeElement)) {
                    this.root.el?.querySelector(".btn-primary")?.focus();
                }
            },
            () => [this.calls.length]
        );
    }

    get calls() {
        return this.state.calls;
    }
}

registry.category("main_components").add("service_desk.CallPopup", { Component: CallPopup });
