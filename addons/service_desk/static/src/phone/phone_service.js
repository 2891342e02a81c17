import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const MENU = "service_desk.service_desk_menu_phone";
/** Tells the other tabs that the card was opened or waved away here. */
const HANDLED_KEY = "service_desk.phone.handled";
/** A pop-up that nobody has taken back is gone after so long. */
export const FORGET_AFTER = 90_000;

/** The calls that ring at this agent's place, as the exchange tells them. */
export class PhoneCalls {
    constructor(env, { bus_service: bus, action, notification }) {
        this.action = action;
        this.notification = notification;
        this.state = reactive({ calls: [] });
        /** The phone screen while it is open; it takes calls itself when nothing is being typed there. */
        this.screen = null;
        bus.subscribe("service_desk.call", (payload) => this.receive(payload));
        browser.addEventListener("storage", (ev) => {
            if (ev.key === HANDLED_KEY) {
                this.remove(Number(ev.newValue));
            }
        });
    }

    receive(call) {
        if (call.state === "over") {
            this.remove(call.call_id);
            this.screen?.onCallOver(call);
            return;
        }
        const known = this.state.calls.find((other) => other.call_id === call.call_id);
        if (known) {
            Object.assign(known, call);
        } else if (!this.screen?.takeCall(call)) {
            this.state.calls.push(call);
            browser.setTimeout(() => this.remove(call.call_id), FORGET_AFTER);
        }
    }

    remove(callId) {
        this.state.calls = this.state.calls.filter((call) => call.call_id !== callId);
    }

    /** Open the caller's card; what somebody is just writing for another caller is not swept away. */
    async open(call) {
        if (!this.screen) {
            this.dismiss(call);
            await this.action.doAction("service_desk.service_desk_phone_action", {
                additionalContext: { service_desk_call_id: call.call_id },
                clearBreadcrumbs: true,
            });
        } else if (this.screen.takeCall(call, { force: true })) {
            this.dismiss(call);
        } else {
            this.notification.add(_t("Save what you are writing first: Ctrl+Enter."), { type: "warning" });
        }
    }

    dismiss(call) {
        this.remove(call.call_id);
        browser.localStorage.setItem(HANDLED_KEY, String(call.call_id));
    }
}

export const phoneService = {
    dependencies: ["bus_service", "action", "command", "menu", "notification"],
    start(env, services) {
        env.bus.addEventListener("WEB_CLIENT_READY", () => addKey(services), { once: true });
        return new PhoneCalls(env, services);
    },
};

/** One key from everywhere, for those who have the menu. */
function addKey({ command, menu, action }) {
    if (menu.getAll().some((item) => item.xmlid === MENU)) {
        command.add(
            _t("Phone"),
            () => action.doAction("service_desk.service_desk_phone_action", { clearBreadcrumbs: true }),
            { hotkey: "alt+shift+p", global: true, category: "app" }
        );
    }
}

registry.category("services").add("service_desk.phone", phoneService);
