import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { ViewButton } from "@web/views/view_button/view_button";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { clickParamsOf, movesOf } from "./moves";

/** The buttons of a ticket: the moves of its workflow, with their own words. */
export class MovesWidget extends Component {
    static template = "service_desk.MovesWidget";
    static components = { Dropdown, DropdownItem, ViewButton };
    static props = { ...standardWidgetProps };

    get moves() {
        return this.props.record.resId ? movesOf(this.props.record).filter((move) => move.button) : [];
    }

    buttonProps(move) {
        return {
            record: this.props.record,
            string: move.name,
            clickParams: clickParamsOf(move),
            className: `btn-${move.style} o_service_desk_move`,
            attrs: {
                "data-state": move.state,
                "data-move": move.id,
                ...(move.hotkey ? { "data-hotkey": `shift+${move.hotkey}` } : {}),
            },
        };
    }
}

registry.category("view_widgets").add("service_desk_moves", {
    component: MovesWidget,
    fieldDependencies: [{ name: "available_moves", type: "json" }],
});
