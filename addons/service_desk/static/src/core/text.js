import { createDocumentFragmentFromContent } from "@web/core/utils/html";

const BLOCKS = /^(P|DIV|UL|OL|LI|H[1-6]|BLOCKQUOTE|PRE|TR|TABLE)$/;

/**
 * Turn a prepared HTML text into what a plain composer can show: paragraphs, lists and links survive.
 *
 * @param {string|ReturnType<import("@odoo/owl").markup>} html
 * @returns {string}
 */
export function htmlToText(html) {
    const lines = [""];
    const write = (text) => (lines[lines.length - 1] += text);
    const breakLine = () => lines[lines.length - 1].trim() && lines.push("");
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) {
            write(node.textContent.replace(/\s+/g, " "));
            return;
        }
        if (node.nodeName === "BR") {
            lines.push("");
            return;
        }
        const isBlock = BLOCKS.test(node.nodeName);
        if (isBlock) {
            breakLine();
        }
        if (node.nodeName === "LI") {
            write("- ");
        }
        node.childNodes.forEach(walk);
        const href = node.nodeName === "A" && node.getAttribute("href");
        if (href && href.replace(/^mailto:/, "") !== node.textContent.trim()) {
            write(` (${href})`);
        }
        if (isBlock) {
            breakLine();
        }
    };
    createDocumentFragmentFromContent(html).body.childNodes.forEach(walk);
    return lines.map((line) => line.trim()).join("\n").trim();
}
