import { Component } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";

/** Shows what others wrote while an answer was being written. */
export class NewerMessagesDialog extends Component {
    static template = "service_desk.NewerMessagesDialog";
    static components = { Dialog };
    static props = { messages: Array, onDecide: Function, close: Function };

    get title() {
        return this.props.messages.some((message) => message.by_agent)
            ? _t("Somebody has answered already")
            : _t("The requester has written again");
    }

    dateOf(message) {
        return formatDateTime(deserializeDateTime(message.date));
    }

    decide(isSent) {
        this.props.onDecide(isSent);
        this.props.close();
    }
}
