import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The page "Service Levels" of a ticket. */
export class ServiceLevels extends Component {
    static template = "service_desk_sla.ServiceLevels";
    static props = { ...standardWidgetProps };
}

registry.category("view_widgets").add("service_desk_levels", { component: ServiceLevels });
