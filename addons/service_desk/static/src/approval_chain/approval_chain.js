import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component } from "@odoo/owl";

const ICONS = {
    waiting: "fa-circle-o",
    pending: "fa-hourglass-half",
    approved: "fa-check",
    refused: "fa-times",
    skipped: "fa-minus",
    expired: "fa-clock-o",
    cancelled: "fa-ban",
    asked_back: "fa-question",
    delegated: "fa-share",
};

/** The steps of an approval as a chain, the newest round first. */
export class ApprovalChainField extends Component {
    static template = "service_desk.ApprovalChainField";
    static props = { ...standardFieldProps };

    get rounds() {
        return this.props.record.data[this.props.name] || [];
    }

    icon(state) {
        return ICONS[state] || "fa-circle-o";
    }

    moment(text) {
        return text ? toLocaleDateTimeString(deserializeDateTime(text)) : "";
    }
}

registry.category("fields").add("service_desk_approval_chain", {
    component: ApprovalChainField,
    supportedTypes: ["json"],
});
