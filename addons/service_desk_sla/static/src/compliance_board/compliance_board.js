import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Twelve months of an agreement, one row of bars for each metric: kept, missed, excused. */
export class ComplianceBoard extends Component {
    static template = "service_desk_sla.ComplianceBoard";
    static props = { ...standardFieldProps };

    get board() {
        return this.props.record.data[this.props.name] || { months: [], metrics: [] };
    }

    /** The highest bar of a metric has the full height. */
    bars(metric) {
        const sizes = metric.cells.map((cell) => (cell ? cell.met + cell.missed + cell.excused : 0));
        const highest = Math.max(1, ...sizes);
        return metric.cells.map((cell, index) => ({
            key: index,
            month: this.board.months[index],
            percent: cell ? this.percent(cell.percent) : "",
            title: cell ? this.title(cell, this.board.months[index]) : "",
            parts: cell
                ? ["missed", "excused", "met"]
                      .filter((name) => cell[name])
                      .map((name) => ({ name, height: Math.max(3, (60 * cell[name]) / highest) }))
                : [],
        }));
    }

    percent(value) {
        if (value === null || value === undefined) {
            return "–";
        }
        return `${formatFloat(value, { digits: [5, value % 1 ? 1 : 0] })} %`;
    }

    title(cell, month) {
        return _t("%(month)s: %(met)s met, %(missed)s missed, %(excused)s excused", { month, ...cell });
    }
}

export const complianceBoard = {
    component: ComplianceBoard,
    displayName: _t("Compliance by Month"),
    supportedTypes: ["json"],
};

registry.category("fields").add("service_desk_compliance_board", complianceBoard);
