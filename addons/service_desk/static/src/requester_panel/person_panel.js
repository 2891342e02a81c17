import { Component } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";
import { STATE_BADGES } from "../core/badges";
import { useClock } from "../core/clock";

/** What draws a person and the sections about him: beside a ticket, on the phone screen. */
export class PersonPanel extends Component {
    static template = "service_desk.RequesterPanel";
    static props = ["*"];

    setup() {
        this.action = useService("action");
        this.clock = useClock();
    }

    toggleSection(section) {
        section.folded = !section.folded;
    }

    badgeClass(badge) {
        return STATE_BADGES[badge.kind] || badge.class || "text-bg-secondary";
    }

    countOf(section) {
        return section.count >= 100 ? "99+" : section.count;
    }

    momentOf(row) {
        return row.datetime ? deserializeDateTime(row.datetime) : null;
    }

    /** "3 days ago" for what was, date and hour for what is promised. */
    relative(row) {
        return this.clock.now && this.momentOf(row).toRelative();
    }

    titleOf(row) {
        return row.datetime ? `${row.text}\n${this.exact(row)}` : row.text;
    }

    exact(row) {
        return formatDateTime(this.momentOf(row));
    }

    /** The hour where the requester is, when that is not where the agent is. */
    get localTime() {
        const { tz } = this.state.person || {};
        const there = tz && this.clock.now && luxon.DateTime.now().setZone(tz);
        return there && there.isValid && there.offset !== luxon.DateTime.now().offset
            ? there.toFormat("HH:mm")
            : "";
    }

    phoneHref(phone) {
        return `tel:${phone.replace(/[^\d+]/g, "")}`;
    }

    urlOf({ model, id }) {
        return model === "service_desk.ticket" ? `/odoo/service-desk/${id}` : `/odoo/${model}/${id}`;
    }

    /** A click opens here; with Ctrl or the middle button the browser opens a tab by itself. */
    open(ev, { model, id }) {
        if (ev.ctrlKey || ev.metaKey || ev.shiftKey || ev.button) {
            return;
        }
        ev.preventDefault();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    askForPerson() {
        this.action.doAction("service_desk.service_desk_new_request_action", {
            additionalContext: { service_desk_partner_id: this.state.person.id },
        });
    }

    openAll(section) {
        this.action.doAction(section.action);
    }
}
