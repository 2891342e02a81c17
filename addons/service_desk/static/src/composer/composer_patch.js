import { toRaw, useEffect } from "@odoo/owl";
import { Composer } from "@mail/core/common/composer";
import { patch } from "@web/core/utils/patch";
import { useService } from "@web/core/utils/hooks";
import { NewerMessagesDialog } from "./newer_messages_dialog";
import { offerUndo } from "./undo_send";

const TICKET = "service_desk.ticket";

patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        this.deskPresence = useService("service_desk.presence");
        this.deskSeenId = this.isTicketComposer ? this.newestTicketMessageId : 0;
        // who writes before the conversation is there sees it as it comes
        useEffect(
            () => {
                this.deskSeenId ??= this.newestTicketMessageId;
            },
            () => [this.isTicketComposer && this.thread.isLoaded]
        );
    },

    get isTicketComposer() {
        return this.thread?.model === TICKET && !this.props.composer.message;
    },

    get isTicketAnswer() {
        return this.isTicketComposer && this.props.type !== "note";
    },

    /** What the writer had before his eyes when he began. */
    get newestTicketMessageId() {
        const thread = toRaw(this.thread);
        return thread.isLoaded ? thread.newestPersistentMessage?.id ?? 0 : undefined;
    },

    onInput(ev) {
        super.onInput(...arguments);
        if (this.isTicketAnswer) {
            this.deskPresence.typing();
        }
    },

    onFocusout() {
        super.onFocusout(...arguments);
        if (this.isTicketComposer) {
            this.deskPresence.stopTyping();
        }
    },

    /** A macro that waits for its text brings its changes along with the message. */
    get extraData() {
        const data = super.extraData;
        const macroId = toRaw(this.props.composer).deskMacroId;
        if (!this.isTicketComposer || !macroId) {
            return data;
        }
        return { ...data, context: { ...data?.context, service_desk_macro_id: macroId } };
    },

    async sendMessage() {
        if (this.isTicketAnswer && !this.isSendButtonDisabled) {
            if (this.isAskingDesk) {
                return;
            }
            this.isAskingDesk = true;
            try {
                if (!(await this.mayAnswer())) {
                    return;
                }
            } finally {
                this.isAskingDesk = false;
            }
        }
        return super.sendMessage(...arguments);
    },

    /**
     * Two people must not answer twice: show what came since the writer began, and ask.
     *
     * @returns {Promise<boolean>} whether to send
     */
    async mayAnswer() {
        if (this.deskSeenId === undefined) {
            return true; // the conversation was not even shown yet
        }
        const thread = toRaw(this.thread);
        const newer = await this.env.services.orm.call(TICKET, "get_newer_messages", [
            [thread.id],
            this.deskSeenId,
        ]);
        if (!newer.length) {
            return true;
        }
        thread.fetchNewMessages();
        this.deskSeenId = newer[0].id;
        return new Promise((resolve) => {
            this.env.services.dialog.add(
                NewerMessagesDialog,
                { messages: newer, onDecide: resolve },
                { onClose: () => resolve(false) }
            );
        });
    },

    async _sendMessage(value, postData) {
        const isAnswer = this.isTicketAnswer;
        const isTicket = this.isTicketComposer;
        const message = await super._sendMessage(...arguments);
        if (isTicket && message) {
            this.deskPresence.posted();
        }
        if (isAnswer && message) {
            offerUndo(this.env, {
                message,
                value,
                attachments: [...(postData.attachments || [])],
                thread: toRaw(this.props.composer.thread),
            });
        }
        return message;
    },
});
