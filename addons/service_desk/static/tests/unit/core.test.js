import { markup } from "@odoo/owl";
import { describe, expect, test } from "@odoo/hoot";
import { makeMockEnv } from "@web/../tests/web_test_helpers";
import { isCommandKey, isTyping, keyOf } from "@service_desk/core/keys";
import { formatDuration } from "@service_desk/core/duration";
import { htmlToText } from "@service_desk/core/text";
import { defineTicketModels } from "./ticket_models";

describe.current.tags("headless");
defineTicketModels();

const key = (init) => keyOf(new KeyboardEvent("keydown", init));

test("a key is the same on a Latin and on a Russian layout", () => {
    expect(key({ key: "r", code: "KeyR" })).toBe("r");
    expect(key({ key: "к", code: "KeyR" })).toBe("r");
    expect(key({ key: "Т", code: "KeyN" })).toBe("n");
    expect(key({ key: "a", code: "KeyQ" })).toBe("a"); // French: as printed
});

test("digits, slash and question mark by their place", () => {
    expect(key({ key: "!", code: "Digit1", shiftKey: true })).toBe("1");
    expect(key({ key: "?", code: "Slash", shiftKey: true })).toBe("?");
    expect(key({ key: ",", code: "Slash", shiftKey: true })).toBe("?"); // Russian
    expect(key({ key: ".", code: "Slash" })).toBe("/"); // Russian
    expect(key({ key: "?", code: "Digit7", shiftKey: true })).toBe("?"); // Russian
    expect(key({ key: "ArrowDown", code: "ArrowDown" })).toBe("arrowdown");
});

test("nothing is a command while somebody types", () => {
    const area = document.createElement("textarea");
    const box = document.createElement("input");
    box.type = "checkbox";
    expect(isTyping(area)).toBe(true);
    expect(isTyping(box)).toBe(false);
    expect(isTyping(document.createElement("td"))).toBe(false);
    expect(isCommandKey(new KeyboardEvent("keydown", { key: "r", ctrlKey: true }))).toBe(false);
    expect(isCommandKey(new KeyboardEvent("keydown", { key: "r" }))).toBe(true);
});

test("a length of time has two units at most", async () => {
    await makeMockEnv(); // loads the translations
    expect(String(formatDuration(5))).toBe("now");
    expect(String(formatDuration(7 * 60))).toBe("7 min");
    expect(String(formatDuration(2 * 3600 + 5 * 60))).toBe("2 h 5 min");
    expect(String(formatDuration(3600))).toBe("1 h");
    expect(String(formatDuration(3 * 86400 + 4 * 3600 + 59))).toBe("3 d 4 h");
});

test("a prepared text keeps paragraphs, lists and links in a plain composer", () => {
    const html = `<p>Good <b>day</b>,</p><ul><li>one</li><li>two</li></ul>
        <p>see <a href="https://example.com/x">the page</a><br>Bye</p>`;
    expect(htmlToText(markup(html))).toBe("Good day,\n- one\n- two\nsee the page (https://example.com/x)\nBye");
    expect(htmlToText(markup("<p>1 &lt; 2 &amp;&amp; {{x}} ${y}</p>"))).toBe("1 < 2 && {{x}} ${y}");
});
