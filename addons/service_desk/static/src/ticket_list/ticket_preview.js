import { Component, markup, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { STATE_BADGES } from "../core/badges";
import { useClock } from "../core/clock";
import { formatDuration, secondsSince } from "../core/duration";

/** Rows passed quickly by key are not fetched. */
const SETTLE = 150;

/** A ticket beside the list: head, description and newest messages, to read and decide. */
export class TicketPreview extends Component {
    static template = "service_desk.TicketPreview";
    static props = {
        ticketId: [Number, Boolean],
        onOpen: Function,
        onMove: Function,
        onClose: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.clock = useClock();
        this.keepLast = new KeepLast();
        this.state = useState({ ticket: false });
        onWillStart(() => {
            this.load(this.props.ticketId);
        });
        onWillUpdateProps((next) => {
            if (next.ticketId !== this.props.ticketId) {
                this.load(next.ticketId);
            }
        });
    }

    async load(ticketId) {
        if (!ticketId) {
            this.state.ticket = false;
            return;
        }
        await this.keepLast.add(new Promise((resolve) => setTimeout(resolve, SETTLE)));
        const ticket = await this.keepLast.add(
            this.orm.silent.call("service_desk.ticket", "get_preview", [[ticketId]])
        );
        // markup: both are HTML fields, sanitised by the server when they were saved
        ticket.description = ticket.description && markup(ticket.description);
        for (const message of ticket.messages) {
            message.body = markup(message.body);
        }
        this.state.ticket = ticket;
    }

    get badge() {
        return STATE_BADGES[this.state.ticket.state];
    }

    get stars() {
        return Number(this.state.ticket.priority);
    }

    ago(value) {
        return this.clock.now && deserializeDateTime(value).toRelative();
    }

    exact(value) {
        return formatDateTime(deserializeDateTime(value));
    }

    get waitsFor() {
        return formatDuration(secondsSince(deserializeDateTime(this.state.ticket.needs_reply_since)));
    }
}
