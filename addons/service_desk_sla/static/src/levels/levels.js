import { Component, onMounted, status, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Countdown } from "../countdown/countdown";
import { toMs } from "../countdown/reading";
import { serverNow } from "../countdown/server_time";
import { useTicker } from "../countdown/ticker";
import { momentText, workTime } from "../countdown/words";
import { ClockTrack } from "./clock_track";
import { ClockExplanation } from "./explanation";
import { Legs } from "./legs";
import { placeOf, tickText, ticksOf, windowOf } from "./scale";

const MODEL = "service_desk.ticket";
const MARK_ICONS = {
    opened: "fa-plus",
    answered: "fa-reply",
    wrote: "fa-comment-o",
    arrived: "fa-map-marker",
    retargeted: "fa-exchange",
    corrected: "fa-pencil",
    reopened: "fa-undo",
    solved: "fa-check",
    ended: "fa-ban",
};
/** A label of the axis takes about this many pixels. */
const LABEL_WIDE = 85;

/** The page "Service Levels" of a ticket: each clock on one axis, who used the minutes, and why it is so. */
export class ServiceLevels extends Component {
    static template = "service_desk_sla.ServiceLevels";
    static components = { ClockTrack, Countdown, Legs };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.ui = useService("ui");
        this.keepLast = new KeepLast();
        this.state = useState({ levels: null, now: serverNow() });
        this.loadedFor = "";
        onMounted(() => this.load(this.props.record));
        useRecordObserver((record) => {
            const known = `${record.resId}/${record.data.write_date}`;
            if (known && status(this) === "mounted") {
                this.load(record);
            }
        });
        useTicker((now) => {
            this.state.now = now;
            return 60_000;
        });
    }

    /** Fetch anew when another ticket is shown, or this one was saved. */
    async load(record) {
        const state = `${record.resId}/${record.data.write_date || ""}`;
        if (!record.resId || state === this.loadedFor) {
            return;
        }
        this.loadedFor = state;
        const levels = await this.keepLast.add(
            this.orm.silent.call(MODEL, "get_service_levels", [[record.resId]])
        );
        Object.assign(this.state, { levels, now: serverNow() });
    }

    // --------------------------------------------------------------- the picture
    get clocks() {
        return this.state.levels.clocks.filter((clock) => clock.spans?.length);
    }

    /** From when until when the picture goes. */
    get frame() {
        return windowOf(this.clocks, this.state.now);
    }

    get ticks() {
        const { frame } = this;
        const most = this.ui.isSmall ? 4 : Math.max(4, Math.floor(820 / LABEL_WIDE));
        return ticksOf(frame, most).map((tick) => ({
            ...tick,
            x: placeOf(frame, tick.at),
            text: tickText(tick),
        }));
    }

    get marks() {
        const { frame } = this;
        return this.state.levels.marks.map((mark, index) => ({
            key: index,
            x: placeOf(frame, toMs(mark.at)),
            icon: MARK_ICONS[mark.kind] || "fa-circle",
            title: `${mark.text}: ${momentText(toMs(mark.at))}`,
        }));
    }

    get nowPlace() {
        return this.clocks.some((clock) => ["running", "paused"].includes(clock.state))
            ? placeOf(this.frame, this.state.now)
            : null;
    }

    // ----------------------------------------------------------------- one clock
    /** A board of one clock, as the countdown wants it. */
    boardOf(clock) {
        const { now, hours } = this.state.levels;
        return { now, hours, clocks: [clock] };
    }

    whoseText(clock) {
        return [clock.whose, clock.agreement].filter(Boolean).join(" · ");
    }

    dueText(clock) {
        if (clock.state === "paused") {
            return clock.reason ? _t("stands still: %s", clock.reason) : _t("stands still");
        }
        if (clock.state === "cancelled") {
            return clock.reason ? _t("cancelled: %s", clock.reason) : _t("cancelled");
        }
        if (clock.state === "stopped") {
            return _t("stopped %s", momentText(toMs(clock.stopped)));
        }
        return clock.due ? _t("due %s", momentText(toMs(clock.due))) : "";
    }

    usedText(clock) {
        return _t("used %(used)s of %(target)s", { used: workTime(clock.used), target: clock.target_text });
    }

    explain(clock) {
        this.dialog.add(ClockExplanation, { ticketId: this.props.record.resId, clock });
    }
}

registry.category("view_widgets").add("service_desk_levels", {
    component: ServiceLevels,
    fieldDependencies: [{ name: "write_date", type: "datetime", readonly: true }],
});
