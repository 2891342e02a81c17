import { Component, onMounted, status, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { STATE_BADGES } from "../core/badges";
import { useClock } from "../core/clock";

const FOLDED_KEY = "service_desk.requester_panel.folded";

/** Who asks, what he asked before, what was promised: beside the ticket, without leaving it. */
export class RequesterPanel extends Component {
    static template = "service_desk.RequesterPanel";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useState(useService("ui"));
        this.clock = useClock();
        this.keepLast = new KeepLast();
        const folded = browser.localStorage.getItem(FOLDED_KEY);
        this.state = useState({
            person: false,
            sections: [],
            isLoaded: false,
            isFolded: folded === null ? this.ui.isSmall : folded === "1",
        });
        this.loadedFor = "";
        // Fetched once drawn: a form that is drawn anew while it starts would ask twice.
        onMounted(() => this.load(this.props.record));
        useRecordObserver((record) => {
            // read what decides, so that its change is seen
            const known = `${record.resId}/${record.data.write_date}`;
            if (known && status(this) === "mounted") {
                this.load(record);
            }
        });
    }

    /** Fetch anew when another ticket is shown, or this one was saved. */
    async load(record) {
        // write_date changes with every save; nothing else may cost a call
        const state = `${record.resId}/${record.data.write_date || ""}`;
        if (!record.resId) {
            Object.assign(this.state, { person: false, sections: [], isLoaded: false });
            this.loadedFor = "";
            return;
        }
        if (state === this.loadedFor) {
            return;
        }
        this.loadedFor = state;
        const panel = await this.keepLast.add(
            this.orm.silent.call("service_desk.ticket", "get_requester_panel", [[record.resId]])
        );
        Object.assign(this.state, { person: panel.person, sections: panel.sections, isLoaded: true });
    }

    toggle() {
        this.state.isFolded = !this.state.isFolded;
        browser.localStorage.setItem(FOLDED_KEY, this.state.isFolded ? "1" : "0");
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

    openAll(section) {
        this.action.doAction(section.action);
    }
}

registry.category("view_widgets").add("service_desk_requester_panel", {
    component: RequesterPanel,
    fieldDependencies: [{ name: "write_date", type: "datetime", readonly: true }],
});
