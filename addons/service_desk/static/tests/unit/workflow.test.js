import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, press, queryAll, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

const STAGES = [
    { id: 1, name: "New", state: "new", start: true },
    { id: 2, name: "In progress", state: "open", start: false },
    { id: 3, name: "Solved", state: "solved", start: false },
];
const MOVES = [
    { id: 11, name: "Start", source: 1, target: 2, requester: false, guarded: false },
    { id: 12, name: "Solve", source: 2, target: 3, requester: false, guarded: true },
    { id: 13, name: "Re-open", source: 3, target: 2, requester: true, guarded: false },
    { id: 14, name: "Finish", source: 0, target: 3, requester: false, guarded: false },
];

class Workflow extends models.Model {
    _name = "service_desk.workflow";

    name = fields.Char();
    diagram = fields.Json();

    _records = [
        {
            id: 1,
            name: "Repairs",
            diagram: {
                stages: STAGES,
                moves: MOVES,
                problems: [{ level: "danger", text: "“New” is a dead end", stage_id: 1 }],
            },
        },
    ];
}

class Transition extends models.Model {
    _name = "service_desk.transition";

    name = fields.Char();
    _records = MOVES.map(({ id, name }) => ({ id, name }));
    _views = { form: `<form><field name="name"/></form>` };
}

class Stage extends models.Model {
    _name = "service_desk.stage";

    name = fields.Char();
    fold = fields.Boolean();
    _records = STAGES.map(({ id, name }) => ({ id, name }));
    _views = { form: `<form><field name="name"/></form>` };
}

class MovingTicket extends models.Model {
    _name = "service_desk.ticket";

    name = fields.Char();
    stage_id = fields.Many2one({ relation: "service_desk.stage" });
    available_moves = fields.Json();
    duration_tracking = fields.Json();
    is_rotting = fields.Boolean();
    rotting_days = fields.Integer();
    _records = [
        {
            id: 1,
            name: "Printer",
            stage_id: 2,
            available_moves: [
                {
                    id: 12,
                    name: "Mend it",
                    target: 3,
                    state: "solved",
                    style: "success",
                    hotkey: "s",
                    confirm: "",
                    button: true,
                    method: "action_move",
                    args: [12],
                },
            ],
        },
    ];
}

defineMailModels();
defineModels([Workflow, Transition, Stage, MovingTicket]);

function mountWorkflow() {
    return mountView({
        resModel: "service_desk.workflow",
        resId: 1,
        type: "form",
        arch: `<form><field name="name"/><field name="diagram" widget="service_desk_workflow_diagram"/></form>`,
    });
}

describe("diagram", () => {
    beforeEach(mountWorkflow);

    test("draws stages, arrows and warnings", async () => {
        expect(".o_service_desk_diagram .o_node").toHaveCount(4, { message: "three stages and any" });
        expect(".o_node.o_state_solved > text").toHaveText("Solved");
        expect(".o_arrow").toHaveCount(4);
        expect(".o_arrow[data-move='12']").toHaveClass("o_arrow_guarded");
        expect(".o_arrow[data-move='14']").toHaveClass("o_arrow_any");
        expect(".o_service_desk_problems li").toHaveText("“New” is a dead end");
        const xs = queryAll(".o_node:not(.o_state_any) rect").map((rect) => +rect.getAttribute("x"));
        expect([...xs].sort((a, b) => a - b)).toEqual(xs, { message: "in the order of the stages" });
    });

    test("a click on an arrow opens the move, on a stage the stage", async () => {
        await click(queryFirst(".o_arrow[data-move='12'] .o_arrow_label"));
        await contains(".modal .o_field_widget[name=name] input").edit("Repair");
        await contains(".modal .o_form_button_save").click();
        expect(".modal").toHaveCount(0);
        await click(queryFirst(".o_node[data-stage='2'] rect"));
        await animationFrame();
        expect(".modal .o_field_widget[name=name] input").toHaveValue("In progress");
    });

    test("everything is reached by the keyboard", async () => {
        queryFirst(".o_arrow[data-move='11']").focus();
        await press("Enter");
        await animationFrame();
        expect(".modal .o_field_widget[name=name] input").toHaveValue("Start");
    });
});

test("a ticket offers the words of its workflow, and only the stages it can go to", async () => {
    onRpc("service_desk.ticket", "action_move", ({ args }) => {
        expect.step(`move ${args[1]}`);
        return true;
    });
    await mountView({
        resModel: "service_desk.ticket",
        resId: 1,
        type: "form",
        arch: `<form>
            <header>
                <widget name="service_desk_moves"/>
                <field name="available_moves" invisible="1"/>
                <field name="is_rotting" invisible="1"/>
                <field name="rotting_days" invisible="1"/>
                <field name="stage_id" widget="service_desk_stage" options="{'clickable': '1', 'fold_field': 'fold'}"/>
            </header>
            <field name="name"/>
        </form>`,
    });
    expect(".o_service_desk_move").toHaveCount(1);
    expect(".o_service_desk_move").toHaveText("Mend it");
    expect(".o_service_desk_move").toHaveClass("btn-success");
    expect(".o_service_desk_move").toHaveAttribute("data-hotkey", "shift+s");
    expect(".o_arrow_button[data-value='1']").toHaveProperty("disabled", true);
    expect(".o_arrow_button[data-value='3']").toHaveProperty("disabled", false);
    await contains(".o_service_desk_move").click();
    await contains(".o_arrow_button[data-value='3']").click();
    expect.verifySteps(["move 12", "move 12"]);
});
