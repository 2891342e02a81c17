import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { workTime } from "../countdown/words";

/** Who used the working time of a clock: one bar, and the same as a table. */
export class Legs extends Component {
    static template = "service_desk_sla.Legs";
    static props = { legs: Array, metric: String };

    get title() {
        return _t("Who used the working time: %s", this.props.metric);
    }

    get total() {
        return this.props.legs.reduce((sum, leg) => sum + leg.seconds, 0);
    }

    get rows() {
        return this.props.legs.map((leg, index) => ({
            ...leg,
            key: index,
            percent: this.total ? (100 * leg.seconds) / this.total : 0,
            time: workTime(leg.seconds),
        }));
    }
}
