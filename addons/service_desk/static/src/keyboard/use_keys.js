import { useExternalListener } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { isCommandKey, keyOf } from "../core/keys";
import { KeyboardHelp } from "./keyboard_help";

/**
 * Single keys as commands, while nobody types and no dialog is open.
 *
 * @param {Record<string, (ev: KeyboardEvent) => boolean|void>} commands by key; ``false`` leaves the key alone
 */
export function useKeys(commands) {
    const ui = useService("ui");
    const dialog = useService("dialog");
    const root = ui.activeElement;
    const all = { "?": () => dialog.add(KeyboardHelp), ...commands };
    useExternalListener(window, "keydown", (ev) => {
        if (!isCommandKey(ev) || ui.isBlocked || ui.activeElement !== root) {
            return;
        }
        if (document.querySelector(".o-dropdown--menu, .o_popover")) {
            return; // an open menu has its own keys
        }
        const key = keyOf(ev);
        const command = key !== "enter" && ev.shiftKey && key !== "?" ? undefined : all[key];
        if (command && command(ev) !== false) {
            ev.preventDefault();
        }
    });
}
