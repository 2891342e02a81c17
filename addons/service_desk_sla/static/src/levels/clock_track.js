import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { toMs } from "../countdown/reading";
import { longTime, momentText } from "../countdown/words";
import { boxOf, closedOf, placeOf, segmentsOf } from "./scale";

const KINDS = {
    run: _t("Running"),
    pause: _t("Standing still"),
    missed: _t("Running after the target was missed"),
};

/** One clock on the common axis: closed hours, what ran, what stood still and why, what was missed, and the deadline. */
export class ClockTrack extends Component {
    static template = "service_desk_sla.ClockTrack";
    static props = {
        clock: Object,
        hours: { type: [Array, { value: null }], optional: true },
        frame: Object,
        now: Number,
    };

    get closed() {
        return closedOf(this.props.hours, this.props.frame).map((gap) => ({
            key: gap.from,
            ...boxOf(this.props.frame, gap.from, gap.to),
        }));
    }

    /** Closed time inside the spans: it uses nothing and is shown pale. */
    get dimmed() {
        const segments = segmentsOf(this.props.clock, this.props.now);
        const from = segments[0]?.from ?? 0;
        const to = segments.at(-1)?.to ?? 0;
        return closedOf(this.props.hours, this.props.frame)
            .map((gap) => ({ from: Math.max(gap.from, from), to: Math.min(gap.to, to) }))
            .filter((gap) => gap.to > gap.from)
            .map((gap) => ({ key: gap.from, ...boxOf(this.props.frame, gap.from, gap.to) }));
    }

    get segments() {
        return segmentsOf(this.props.clock, this.props.now).map((segment) => ({
            key: `${segment.from}${segment.kind}`,
            kind: segment.kind,
            title: this.titleOf(segment),
            ...boxOf(this.props.frame, segment.from, segment.to),
        }));
    }

    titleOf({ from, to, kind, reason, hand }) {
        const lines = [
            reason ? _t("%(kind)s: %(reason)s", { kind: String(KINDS[kind]), reason }) : String(KINDS[kind]),
            `${momentText(from)} – ${momentText(to)}`,
            _t("By the clock on the wall: %s", longTime((to - from) / 1000)),
        ];
        if (hand) {
            lines.push(_t("In whose hands: %s", hand));
        }
        return lines.join("\n");
    }

    /** Instants that matter to this clock alone. */
    get flags() {
        const { clock, frame } = this.props;
        const flags = [
            { key: "warn", at: toMs(clock.warn), title: _t("Warning") },
            { key: "due", at: toMs(clock.due) ?? toMs(clock.missed_at), title: _t("Due") },
            ...(clock.targets || []).slice(1).map((target, index) => ({
                key: `target${index}`,
                at: toMs(target.at),
                title: _t("New target: %s", target.text),
            })),
            { key: "stop", at: toMs(clock.stopped), title: _t("Stopped") },
        ];
        return flags
            .filter((flag) => flag.at !== null)
            .map((flag) => ({
                ...flag,
                kind: flag.key.replace(/\d+$/, ""),
                x: placeOf(frame, flag.at),
                title: `${flag.title}: ${momentText(flag.at)}`,
            }));
    }

    get nowPlace() {
        const { clock, frame, now } = this.props;
        return ["running", "paused"].includes(clock.state) ? placeOf(frame, now) : null;
    }

    /** The bar in one sentence for those who do not see it. */
    get label() {
        const parts = segmentsOf(this.props.clock, this.props.now).map((segment) =>
            this.titleOf(segment).replaceAll("\n", ", ")
        );
        return [this.props.clock.metric, ...parts, ...this.flags.map((flag) => flag.title)].join("; ");
    }
}
