import { Component, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { loadJS } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { ANY, layOut } from "./layout";

const LIBRARY = "/service_desk/static/lib/dagre/dagre.min.js";
/** Narrower than this the workflow runs from top to bottom. */
const WIDE = 900;

/** A workflow as a drawing: a click on an arrow or a stage edits it, a line from stage to stage makes a move. */
export class WorkflowDiagram extends Component {
    static template = "service_desk.WorkflowDiagram";
    static props = { ...standardFieldProps };

    setup() {
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.svg = useRef("svg");
        this.state = useState({ line: null, wide: window.innerWidth >= WIDE });
        this.markerId = `o_service_desk_arrow_${this.props.record.id}`;
        onWillStart(() => loadJS(LIBRARY));
        useExternalListener(window, "resize", () => {
            this.state.wide = window.innerWidth >= WIDE;
        });
        useExternalListener(window, "pointermove", (ev) => this.onPointerMove(ev));
        useExternalListener(window, "pointerup", (ev) => this.onPointerUp(ev));
    }

    get diagram() {
        return this.props.record.data[this.props.name] || { stages: [], moves: [], problems: [] };
    }

    get drawing() {
        return layOut(this.diagram, _t("Any stage"), this.state.wide ? "LR" : "TB");
    }

    get titles() {
        return { start: _t("Tickets begin here"), pull: _t("Pull to another stage") };
    }

    get legend() {
        return [
            { state: "new", label: _t("New") },
            { state: "open", label: _t("In progress") },
            { state: "waiting", label: _t("Waiting") },
            { state: "solved", label: _t("Solved") },
            { state: "closed", label: _t("Closed") },
            { state: "cancelled", label: _t("Cancelled") },
        ];
    }

    arrowTitle(arrow) {
        const notes = [arrow.name];
        if (arrow.guarded) {
            notes.push(_t("not for everybody, or something must be filled"));
        }
        if (arrow.requester) {
            notes.push(_t("a reply of the requester makes it, too"));
        }
        return notes.join(" · ");
    }

    // ------------------------------------------------------------------ dialogs
    /** What is changed here is changed in the database: the form is saved first. */
    async open(props) {
        if (!(await this.props.record.save())) {
            return;
        }
        this.dialog.add(FormViewDialog, {
            ...props,
            onRecordSaved: () => this.props.record.load(),
        });
    }

    openMove(id) {
        if (!id) {
            return;
        }
        return this.open({
            resModel: "service_desk.transition",
            resId: id,
            title: _t("Move"),
            removeRecord: async () => {
                await this.orm.unlink("service_desk.transition", [id]);
                await this.props.record.load();
            },
        });
    }

    openStage(id) {
        if (id && id !== ANY) {
            return this.open({ resModel: "service_desk.stage", resId: id, title: _t("Stage") });
        }
    }

    async addMove(source, target) {
        if (!(await this.props.record.save())) {
            return;
        }
        const context = { default_workflow_id: this.props.record.resId };
        if (source) {
            context.default_from_stage_id = source;
        }
        if (target) {
            context.default_to_stage_id = target;
        }
        return this.open({ resModel: "service_desk.transition", title: _t("New Move"), context });
    }

    openProblem(problem) {
        return problem.transition_id
            ? this.openMove(problem.transition_id)
            : this.openStage(problem.stage_id);
    }

    onKeydown(ev, press, add) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            press();
        } else if (add && (ev.key === "+" || ev.key === "Insert")) {
            ev.preventDefault();
            add();
        }
    }

    // --------------------------------------------------- a line from stage to stage
    point(ev) {
        const box = this.svg.el.getBoundingClientRect();
        const { width, height } = this.svg.el.viewBox.baseVal;
        return {
            x: ((ev.clientX - box.left) * width) / box.width,
            y: ((ev.clientY - box.top) * height) / box.height,
        };
    }

    onHandleDown(ev, node) {
        ev.preventDefault();
        ev.stopPropagation();
        ev.target.releasePointerCapture?.(ev.pointerId);
        const { x, y } = this.point(ev);
        this.state.line = { source: node.id, x1: x, y1: y, x2: x, y2: y };
    }

    onPointerMove(ev) {
        if (this.state.line) {
            const { x, y } = this.point(ev);
            Object.assign(this.state.line, { x2: x, y2: y });
        }
    }

    onPointerUp(ev) {
        const { line } = this.state;
        if (!line) {
            return;
        }
        this.state.line = null;
        const under = document.elementFromPoint(ev.clientX, ev.clientY);
        const target = Number(under?.closest("[data-stage]")?.dataset.stage);
        if (target && target !== line.source) {
            this.addMove(line.source, target);
        }
    }
}

registry.category("fields").add("service_desk_workflow_diagram", {
    component: WorkflowDiagram,
    supportedTypes: ["json"],
});
