import { useState, useSubEnv, onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { ListRenderer } from "@web/views/list/list_renderer";
import { readTarget } from "./amounts";

const CELLS = "cells";
const KEYS = ["priority", "type_id", "service_id", "offering_id"];
/** What an agreement is about, when nothing is said yet. */
const USUAL = ["first_response", "resolution"];

/** A list of rows in which each metric is a column. */
export class TargetGridRenderer extends ListRenderer {
    static props = [...ListRenderer.props, "metrics?"];

    processAllColumn(allColumns, list) {
        const columns = super.processAllColumn(allColumns, list);
        return columns.flatMap((column) =>
            column.name === CELLS ? (this.props.metrics || []).map((metric) => this.metricColumn(column, metric)) : [column]
        );
    }

    metricColumn(column, metric) {
        return {
            ...column,
            id: `${column.id}_${metric.id}`,
            label: metric.name,
            widget: "service_desk_target_cell",
            field: registry.category("fields").get("service_desk_target_cell"),
            options: { metric_id: metric.id, label: metric.name },
            hasLabel: true,
        };
    }

    getCellClass(column, record) {
        const classes = super.getCellClass(column, record);
        return column.name === CELLS ? `${classes} o_service_desk_target_${column.options.metric_id}` : classes;
    }

    isSortable() {
        return false;
    }

    /** What a row does not name, it is for all of. */
    getFormattedValue(column, record) {
        const text = super.getFormattedValue(column, record);
        return text || !KEYS.includes(column.name) ? text : _t("All");
    }

    /** Columns of metrics share the name of their field; the one that was clicked is told by its class. */
    focusCell(column, forward = true) {
        if (column?.name === CELLS) {
            const place = `.o_selected_row .o_service_desk_target_${column.options.metric_id} input`;
            const input = this.tableRef.el.querySelector(place);
            if (input) {
                this.focus(input);
                this.lastEditedCell = { column, record: this.editedRecord };
                return;
            }
        }
        super.focusCell(column, forward);
    }

    async onCellClicked(record, column, ev, newWindow) {
        if (column.name === CELLS && record.isInEdition && this.editedRecord === record) {
            if (!ev.target.closest("input")) {
                this.focusCell(column);
            }
            return;
        }
        await super.onCellClicked(record, column, ev, newWindow);
    }
}

/** The table of targets of an agreement: rows say for which tickets, columns are metrics. */
export class TargetGrid extends X2ManyField {
    static template = "service_desk_sla.TargetGrid";
    static components = { ...X2ManyField.components, ListRenderer: TargetGridRenderer, Dropdown, DropdownItem };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.metrics = [];
        this.shown = useState({ ids: [] });
        onWillStart(async () => {
            this.metrics = await this.orm.silent.searchRead("service_desk.metric", [], ["name", "code"]);
        });
        useSubEnv({ pasteTargets: (...args) => this.paste(...args) });
    }

    get usedIds() {
        return new Set(this.list.records.flatMap((record) => Object.keys(record.data[CELLS] || {})).map(Number));
    }

    get columns() {
        const used = this.usedIds;
        const isShown = ({ id, code }) =>
            used.has(id) || this.shown.ids.includes(id) || (!used.size && USUAL.includes(code));
        return this.metrics.filter(isShown);
    }

    get others() {
        const shown = this.columns;
        return this.metrics.filter((metric) => !shown.includes(metric));
    }

    get isTable() {
        return this.props.viewMode === "list";
    }

    get rendererProps() {
        const props = super.rendererProps;
        return this.isTable ? { ...props, metrics: this.columns } : props;
    }

    addMetric({ id }) {
        // what is shown by custom stays when the first target of another metric comes
        this.shown.ids = [...new Set([...this.shown.ids, ...this.columns.map((metric) => metric.id), id])];
    }

    /** Puts a table of a spreadsheet at a cell and below and beside it; rows that are lacking are added. */
    async paste(record, metricId, table) {
        const columns = this.columns;
        const left = columns.findIndex((metric) => metric.id === metricId);
        const top = this.list.records.indexOf(record);
        const read = table.map((row) => row.map((text) => readTarget(text)));
        if (read.flat().includes(undefined)) {
            const text = table.flat().find((one) => readTarget(one) === undefined);
            this.notificationService.add(_t("“%s” is no target. Nothing was pasted.", text), { type: "danger" });
            return;
        }
        this.shown.ids = columns.map((metric) => metric.id);
        await this.list.leaveEditMode({ canAbandon: false });
        for (const [offset, targets] of read.entries()) {
            const row = this.list.records[top + offset] || (await this.list.addNewRecord({ mode: "readonly", position: "bottom" }));
            const cells = { ...row.data[CELLS] };
            for (const [place, target] of targets.entries()) {
                const metric = columns[left + place];
                if (metric && target) {
                    cells[metric.id] = target;
                } else if (metric) {
                    delete cells[metric.id];
                }
            }
            await row.update({ [CELLS]: cells });
        }
    }
}

export const targetGrid = { ...x2ManyField, component: TargetGrid, displayName: _t("Table of Targets") };

registry.category("fields").add("service_desk_target_grid", targetGrid);
