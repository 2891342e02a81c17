import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { readTable, readTarget, sayTarget } from "./amounts";

/** One target of a row, typed as people say it. */
export class TargetCell extends Component {
    static template = "service_desk_sla.TargetCell";
    static props = { ...standardFieldProps, metricId: Number, label: { type: String, optional: true } };

    setup() {
        this.input = useRef("input");
        this.notification = useService("notification");
        this.state = useState({ isWrong: false });
        /** somebody has typed what is not written yet: nothing else is ever taken from the box */
        this.isTyped = false;
        useEffect(
            (input, text) => {
                if (input && !this.isTyped) {
                    input.value = text;
                }
            },
            () => [this.input.el, this.text]
        );
        const { model } = this.props.record;
        useBus(model.bus, "NEED_LOCAL_CHANGES", ({ detail }) => detail.proms.push(this.commit()));
        useBus(model.bus, "WILL_SAVE_URGENTLY", () => this.commit());
    }

    get cells() {
        return this.props.record.data[this.props.name] || {};
    }

    get cell() {
        return this.cells[this.props.metricId];
    }

    get text() {
        return sayTarget(this.cell);
    }

    async commit() {
        const input = this.input.el;
        if (!input || !this.isTyped) {
            return;
        }
        const cell = readTarget(input.value);
        this.state.isWrong = cell === undefined;
        if (this.state.isWrong) {
            const asked = _t("“%s” is no target. Write for instance 30 min, 4 h or 2 days.", input.value);
            this.notification.add(asked, { type: "danger" });
            return;
        }
        this.isTyped = false;
        input.value = sayTarget(cell);
        await this.write(cell);
    }

    write(cell) {
        const cells = { ...this.cells };
        delete cells[this.props.metricId];
        if (cell) {
            cells[this.props.metricId] = cell;
        }
        return this.props.record.update({ [this.props.name]: cells });
    }

    /** The form can be saved from the first letter on. */
    onInput() {
        this.isTyped = this.input.el.value !== this.text;
        this.props.record.model.bus.trigger("FIELD_IS_DIRTY", this.isTyped);
        this.state.isWrong = false;
    }

    onBlur() {
        this.commit();
    }

    onPaste(ev) {
        const table = readTable(ev.clipboardData.getData("text/plain"));
        if (table && this.env.pasteTargets) {
            ev.preventDefault();
            this.isTyped = false;
            this.env.pasteTargets(this.props.record, this.props.metricId, table);
        }
    }
}

export const targetCell = {
    component: TargetCell,
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ metricId: options.metric_id, label: options.label }),
};

registry.category("fields").add("service_desk_target_cell", targetCell);
