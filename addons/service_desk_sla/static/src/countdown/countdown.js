import { Component, onWillRender } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { chosenClock, readClock, toMs } from "./reading";
import { learnServerTime, serverNow } from "./server_time";
import { useTicker } from "./ticker";
import { TONES } from "./tones";
import { compactTime, momentText, workTime } from "./words";

/** How long until the next deadline of a ticket: counts by itself, in words for those who ask, never by colour alone. */
export class Countdown extends Component {
    static template = "service_desk_sla.Countdown";
    static props = {
        board: { type: [Object, Boolean], optional: true },
        isChip: { type: Boolean, optional: true },
        isNameless: { type: Boolean, optional: true },
    };

    setup() {
        this.seen = null;
        this.shown = { tone: "", text: "" };
        onWillRender(() => {
            this.learn();
            this.shown = this.look(serverNow());
        });
        useTicker((now) => {
            const look = this.look(now);
            if (look.text !== this.shown.text || look.tone !== this.shown.tone) {
                this.render();
            }
            return look.nextIn;
        });
    }

    /** A board that was not seen yet tells the server's time. */
    learn() {
        const { board } = this.props;
        if (board && this.seen !== board) {
            this.seen = board;
            learnServerTime(toMs(board.now));
        }
    }

    get clock() {
        return chosenClock(this.props.board);
    }

    /** @returns {{tone: string, text: string, nextIn: number}} how it looks at a moment, and when that may change */
    look(now) {
        const { clock } = this;
        if (!clock) {
            return { tone: "", text: "", nextIn: Infinity };
        }
        const reading = readClock(this.props.board, clock, now);
        return { tone: reading.tone, text: this.textOf(clock, reading), nextIn: reading.nextIn };
    }

    textOf(clock, reading) {
        switch (reading.tone) {
            case "met":
                return _t("met");
            case "cancelled":
                return "";
            case "late":
                return compactTime(Math.min(-1, reading.seconds));
            case "paused":
                return clock.reason || compactTime(reading.left);
            default:
                return compactTime(reading.seconds);
        }
    }

    get tone() {
        return TONES[this.shown.tone] || TONES.running;
    }

    /** Whether something else on this ticket was missed, though this clock is in time. */
    get missedBefore() {
        return (
            !["missed", "late"].includes(this.shown.tone) &&
            this.props.board.clocks.some((clock) => clock.kind === "sla" && clock.missed && !clock.excused)
        );
    }

    /** All clocks in words, computed when somebody points at it or reads it out. */
    get tooltip() {
        const now = serverNow();
        const { board } = this.props;
        const lines = [this.sentence(this.clock, now)];
        for (const clock of board.clocks) {
            if (clock !== this.clock && clock.kind === "sla" && clock.state !== "cancelled") {
                lines.push(this.sentence(clock, now));
            }
        }
        lines.push(_t("Agreement: %s", this.clock.agreement));
        return lines.join("\n");
    }

    sentence(clock, now) {
        const { tone, left } = readClock(this.props.board, clock, now);
        const metric = clock.metric;
        const time = workTime(left);
        const due = clock.due ? momentText(toMs(clock.due)) : "";
        switch (tone) {
            case "met":
                return _t("%(metric)s: kept", { metric });
            case "late":
                return _t("%(metric)s: missed, %(time)s late", { metric, time });
            case "excused":
                return _t("%(metric)s: missed, excused", { metric });
            case "paused":
                if (clock.left === null) {
                    return _t("%(metric)s: stands still (%(reason)s)", { metric, reason: clock.reason });
                }
                return clock.reason
                    ? _t("%(metric)s: stands still (%(reason)s), working time left: %(time)s", {
                          metric,
                          reason: clock.reason,
                          time,
                      })
                    : _t("%(metric)s: stands still, working time left: %(time)s", { metric, time });
            case "missed":
                return due
                    ? _t("%(metric)s: was due %(due)s, late by working time: %(time)s", { metric, due, time })
                    : _t("%(metric)s: missed, late by working time: %(time)s", { metric, time });
            default:
                return _t("%(metric)s: due %(due)s, working time left: %(time)s", { metric, due, time });
        }
    }
}

/** The countdown as a field: put it on `sla_due_at`, by which a list sorts. */
export class CountdownField extends Component {
    static template = "service_desk_sla.CountdownField";
    static components = { Countdown };
    static props = { ...standardFieldProps, isChip: { type: Boolean, optional: true } };

    get board() {
        return this.props.record.data.sla_board;
    }
}

export const countdownField = {
    component: CountdownField,
    displayName: _t("Countdown to the Deadline"),
    supportedTypes: ["datetime"],
    supportedOptions: [{ label: _t("With the name of the metric"), name: "chip", type: "boolean" }],
    fieldDependencies: [{ name: "sla_board", type: "json", readonly: true }],
    isEmpty: (record) => !record.data.sla_board?.clocks?.length,
    extractProps: ({ options }) => ({ isChip: Boolean(options.chip) }),
};

registry.category("fields").add("service_desk_countdown", countdownField);
