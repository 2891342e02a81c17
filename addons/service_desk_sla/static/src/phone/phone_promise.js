import { useEffect } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";
import { PhoneScreen } from "@service_desk/phone/phone_screen";

/** So long after the last choice the promise is asked for. */
const SETTLE = 300;

patch(PhoneScreen.prototype, {
    setup() {
        super.setup();
        this.state.promise = "";
        useEffect(
            (...asked) => this.askPromise(...asked),
            () => {
                const { caller, target, serviceId, typeId, impact, urgency } = this.state;
                return [caller && !target ? caller.id : null, serviceId, typeId, impact, urgency];
            }
        );
    },

    /** Within what time the ticket will be answered and solved, so that the caller can be told. */
    askPromise(callerId, serviceId, typeId, impact, urgency) {
        this.state.promise = "";
        if (callerId === null) {
            return;
        }
        const choices = { service_id: serviceId, type_id: Number(typeId) || false, impact, urgency };
        let isWanted = true;
        const timer = browser.setTimeout(async () => {
            try {
                const text = await this.orm.silent.call("service_desk.call", "get_promise", [callerId, choices]);
                if (isWanted) {
                    this.state.promise = text;
                }
            } catch {
                // a promise that cannot be told now must not stop a call
            }
        }, SETTLE);
        return () => {
            isWanted = false;
            browser.clearTimeout(timer);
        };
    },
});
