import { onMounted, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const TICK = 30_000;
const listeners = new Set();
let timer = null;

function tick() {
    if (document.visibilityState === "hidden") {
        return; // nobody looks: the next tick after showing up is right again
    }
    for (const listener of listeners) {
        listener();
    }
}

/**
 * Re-render the component every half minute; one timer serves every counter on the screen.
 *
 * @returns {{ now: number }} reactive; read it while rendering
 */
export function useClock() {
    const clock = useState({ now: Date.now() });
    const update = () => (clock.now = Date.now());
    onMounted(() => {
        listeners.add(update);
        timer ??= browser.setInterval(tick, TICK);
    });
    onWillUnmount(() => {
        listeners.delete(update);
        if (!listeners.size) {
            browser.clearInterval(timer);
            timer = null;
        }
    });
    return clock;
}
