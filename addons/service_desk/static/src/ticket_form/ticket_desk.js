import { toRaw } from "@odoo/owl";
import { isHtmlEmpty } from "@web/core/utils/html";
import { htmlToText } from "../core/text";

/**
 * What the parts of one open ticket know of each other: the form, its conversation, its panel.
 *
 * Lies in the environment as ``ticketDesk``, so that a composer inside a ticket finds it, and no other one.
 */
export class TicketDesk {
    constructor(controller, { macros, mailStore }) {
        this.controller = controller;
        this.macros = macros;
        this.mailStore = mailStore;
        /** The conversation; it signs in when it is drawn. */
        this.chatter = null;
    }

    get record() {
        return this.controller.model.root;
    }

    get thread() {
        return this.mailStore.Thread.get({ model: "service_desk.ticket", id: this.record.resId });
    }

    /** Save what is open and show the ticket as it is now. */
    async reload() {
        await this.record.load();
        await this.thread?.fetchNewMessages();
    }

    /** @param {"message"|"note"} kind */
    openComposer(kind) {
        this.chatter?.toggleComposer(kind, { force: true });
        this.chatter?.rootRef.el?.scrollIntoView({ block: "nearest" });
    }

    // ------------------------------------------------------------------ macros
    get macroTarget() {
        return {
            ticketIds: [this.record.resId],
            teamIds: this.record.data.team_id ? [this.record.data.team_id.id] : [],
            beforeApply: () => this.record.save(),
            compose: (macro, html) => this.compose(macro, html),
            afterApply: () => this.reload(),
        };
    }

    openMacros() {
        if (this.record.resId) {
            this.macros.open(this.macroTarget);
        }
    }

    applyMacroKey(digit) {
        if (this.record.resId) {
            this.macros.applyKey(digit, this.macroTarget);
        }
    }

    /** Put a macro's text behind what is written already; its changes are made when that is sent. */
    compose(macro, html) {
        this.openComposer(macro.message_kind === "note" ? "note" : "message");
        const composer = toRaw(this.thread.composer);
        const text = htmlToText(html);
        const written = isHtmlEmpty(composer.composerHtml) ? "" : `${composer.composerText.trimEnd()}\n`;
        composer.composerText = written + text;
        composer.deskMacroId = macro.id;
        composer.autofocus++;
    }
}
