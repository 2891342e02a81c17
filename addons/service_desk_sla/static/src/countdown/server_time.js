import { session } from "@web/session";

/**
 * What the server's clock is ahead of this computer's, in milliseconds: a countdown must not believe a wrong PC.
 *
 * The page brings the server's time along (`session.service_desk_now`); it was on its way since the first byte.
 */
let offset = 0;

function arrivedAt() {
    const [page] = performance.getEntriesByType?.("navigation") || [];
    return page?.responseStart ? performance.timeOrigin + page.responseStart : Date.now();
}

/** @param {number} [serverMs] the server's time when the page was sent */
export function setServerTime(serverMs, receivedAt = Date.now()) {
    offset = serverMs ? serverMs - receivedAt : 0;
}

/**
 * What the server says can only be older than now: a clock that was set back meanwhile is found out by it.
 *
 * @param {number} serverMs
 */
export function learnServerTime(serverMs) {
    offset = Math.max(offset, serverMs - Date.now());
}

/** @returns {number} the time by the server's clock, in milliseconds */
export function serverNow() {
    return Date.now() + offset;
}

setServerTime(session.service_desk_now, arrivedAt());
