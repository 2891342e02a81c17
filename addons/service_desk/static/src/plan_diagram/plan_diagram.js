import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { WorkflowDiagram } from "../workflow_diagram/workflow_diagram";

const MODEL = "service_desk.fulfilment.plan.task";

/** A plan as a drawing: a click on a task edits it, a line from task to task lets the second wait for the first. */
export class PlanDiagram extends WorkflowDiagram {
    static template = "service_desk.PlanDiagram";

    get titles() {
        return { start: _t("Begins at once"), pull: _t("Pull to the task that comes after") };
    }

    get legend() {
        return [
            { state: "open", label: _t("A person does it") },
            { state: "waiting", label: _t("Only if the answers say so") },
            { state: "solved", label: _t("Done without a person") },
        ];
    }

    arrowTitle(arrow) {
        const names = Object.fromEntries(this.diagram.stages.map((task) => [task.id, task.name]));
        return _t("“%(after)s” comes after “%(before)s”. Click to take the order away.", {
            after: names[arrow.target],
            before: names[arrow.source],
        });
    }

    /** A click on an arrow takes it away: nothing is lost, a line draws it again. */
    async openMove(id) {
        const arrow = this.diagram.moves.find((move) => move.id === id);
        if (arrow) {
            await this.writeOrder(arrow.target, [[3, arrow.source]]);
        }
    }

    openStage(id) {
        return id && this.open({ resModel: MODEL, resId: id, title: _t("Task") });
    }

    async addMove(source, target) {
        if (source && target) {
            await this.writeOrder(target, [[4, source]]);
            return;
        }
        if (await this.props.record.save()) {
            const context = { default_plan_id: this.props.record.resId };
            await this.open({ resModel: MODEL, title: _t("New Task"), context });
        }
    }

    async writeOrder(taskId, commands) {
        if (!(await this.props.record.save())) {
            return;
        }
        try {
            await this.orm.write(MODEL, [taskId], { depends_on_ids: commands });
        } finally {
            await this.props.record.load();
        }
    }
}

registry.category("fields").add("service_desk_plan_diagram", {
    component: PlanDiagram,
    supportedTypes: ["json"],
});
