import { onMounted, onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { serverNow } from "./server_time";

/** Never more often than each second, nor less often than each minute. */
const SHORTEST = 1_000;
const LONGEST = 60_000;

const listeners = new Set();
let timer = null;
let dueAt = Infinity;

function schedule(delay) {
    const wait = Math.min(LONGEST, Math.max(SHORTEST, delay));
    if (timer !== null && dueAt <= Date.now() + wait) {
        return; // something sooner is on its way
    }
    browser.clearTimeout(timer);
    dueAt = Date.now() + wait;
    timer = browser.setTimeout(tick, wait);
}

function tick() {
    timer = null;
    dueAt = Infinity;
    if (document.visibilityState === "hidden") {
        return; // nobody looks: it goes on when the tab is shown again
    }
    const now = serverNow();
    let next = LONGEST;
    for (const listener of listeners) {
        next = Math.min(next, listener(now));
    }
    if (listeners.size) {
        schedule(next);
    }
}

function onVisible() {
    if (document.visibilityState === "visible") {
        browser.clearTimeout(timer);
        tick();
    }
}

/**
 * Be told the time: one timer serves every countdown on the page.
 *
 * @param {(now: number) => number} listener gets the server's time, returns in how many milliseconds it wants
 *      to be called again; what it shows is its own matter, so that a row that looks the same is not drawn anew
 */
export function useTicker(listener) {
    onMounted(() => {
        if (!listeners.size) {
            document.addEventListener("visibilitychange", onVisible);
        }
        listeners.add(listener);
        schedule(listener(serverNow()));
    });
    onWillUnmount(() => {
        listeners.delete(listener);
        if (!listeners.size) {
            document.removeEventListener("visibilitychange", onVisible);
            browser.clearTimeout(timer);
            timer = null;
            dueAt = Infinity;
        }
    });
}
