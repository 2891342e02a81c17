import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

/** The agent's own switch: whether new tickets are given to him. */
export class WorkSwitch extends Component {
    static template = "service_desk.WorkSwitch";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({ accepts: session.service_desk_accepts_work });
    }

    get title() {
        return this.state.accepts ? _t("New tickets are given to me") : _t("No new tickets are given to me");
    }

    async toggle() {
        this.state.accepts = await this.orm.call("service_desk.agent", "switch_own_work", [!this.state.accepts]);
        this.notification.add(this.title, { type: this.state.accepts ? "success" : "warning" });
    }
}

registry.category("systray").add(
    "service_desk.work_switch",
    { Component: WorkSwitch, isDisplayed: () => session.service_desk_accepts_work !== undefined },
    { sequence: 45 }
);
