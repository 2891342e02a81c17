/**
 * The key that was meant, whatever keyboard layout is on: a Latin letter as typed, else by its place.
 *
 * "й" on a Russian layout is the key "q". Digits come by their place, so that Shift does not change them.
 *
 * @param {KeyboardEvent} ev
 * @returns {string} lower case: "r", "1", "?", "/", "arrowdown", "enter", …
 */
export function keyOf(ev) {
    const key = (ev.key || "").toLowerCase();
    const code = ev.code || "";
    if (/^Digit\d$/.test(code) && !(ev.shiftKey && key === "?")) {
        return code.slice(-1);
    }
    if (code === "Slash" && !/^[a-z/?]$/.test(key)) {
        return ev.shiftKey ? "?" : "/";
    }
    if (code === "Slash" && ev.shiftKey) {
        return "?";
    }
    if (/^[a-z]$/.test(key) || !/^Key[A-Z]$/.test(code)) {
        return key;
    }
    return code.slice(-1).toLowerCase();
}

/**
 * @param {EventTarget} target
 * @returns {boolean} whether what is typed there is text
 */
export function isTyping(target) {
    if (!(target instanceof HTMLElement)) {
        return false;
    }
    if (target.isContentEditable || /^(textarea|select)$/i.test(target.tagName)) {
        return true;
    }
    return /^input$/i.test(target.tagName) && !/^(checkbox|radio|button)$/i.test(target.type);
}

/**
 * @param {KeyboardEvent} ev
 * @returns {boolean} whether a single key may be taken as a command
 */
export function isCommandKey(ev) {
    return !(ev.defaultPrevented || ev.ctrlKey || ev.altKey || ev.metaKey || ev.isComposing || isTyping(ev.target));
}
