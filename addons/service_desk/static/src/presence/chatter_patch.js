import { Chatter } from "@mail/chatter/web_portal/chatter";
import { patch } from "@web/core/utils/patch";
import { PresenceBar } from "./presence_bar";

Object.assign(Chatter.components, { PresenceBar });

patch(Chatter.prototype, {
    setup() {
        super.setup(...arguments);
        // The form of a ticket opens the composer by key and by macro.
        if (this.env.ticketDesk && this.props.threadModel === "service_desk.ticket") {
            this.env.ticketDesk.chatter = this;
        }
    },
});
