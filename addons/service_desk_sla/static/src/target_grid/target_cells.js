import { Component, onWillStart } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { TargetCell } from "./target_cell";

/** All targets of one row, one below the other: the form of a row, as on a phone. */
export class TargetCells extends Component {
    static template = "service_desk_sla.TargetCells";
    static components = { TargetCell };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.metrics = [];
        onWillStart(async () => {
            this.metrics = await this.orm.silent.searchRead("service_desk.metric", [], ["name"]);
        });
    }
}

registry.category("fields").add("service_desk_target_cells", { component: TargetCells, supportedTypes: ["json"] });
