import { onMounted, status, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { PersonPanel } from "./person_panel";

const FOLDED_KEY = "service_desk.requester_panel.folded";

/** Who asks, what he asked before, what was promised: beside the ticket, without leaving it. */
export class RequesterPanel extends PersonPanel {
    static template = "service_desk.RequesterPanel";
    static props = { ...standardWidgetProps };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.ui = useState(useService("ui"));
        this.keepLast = new KeepLast();
        const folded = browser.localStorage.getItem(FOLDED_KEY);
        this.state = useState({
            person: false,
            sections: [],
            isLoaded: false,
            isFolded: folded === null ? this.ui.isSmall : folded === "1",
        });
        this.loadedFor = "";
        // Fetched once drawn: a form that is drawn anew while it starts would ask twice.
        onMounted(() => this.load(this.props.record));
        useRecordObserver((record) => {
            // read what decides, so that its change is seen
            const known = `${record.resId}/${record.data.write_date}`;
            if (known && status(this) === "mounted") {
                this.load(record);
            }
        });
    }

    /** Fetch anew when another ticket is shown, or this one was saved. */
    async load(record) {
        // write_date changes with every save; nothing else may cost a call
        const state = `${record.resId}/${record.data.write_date || ""}`;
        if (!record.resId) {
            Object.assign(this.state, { person: false, sections: [], isLoaded: false });
            this.loadedFor = "";
            return;
        }
        if (state === this.loadedFor) {
            return;
        }
        this.loadedFor = state;
        const panel = await this.keepLast.add(
            this.orm.silent.call("service_desk.ticket", "get_requester_panel", [[record.resId]])
        );
        Object.assign(this.state, { person: panel.person, sections: panel.sections, isLoaded: true });
    }

    toggle() {
        this.state.isFolded = !this.state.isFolded;
        browser.localStorage.setItem(FOLDED_KEY, this.state.isFolded ? "1" : "0");
    }
}

registry.category("view_widgets").add("service_desk_requester_panel", {
    component: RequesterPanel,
    fieldDependencies: [{ name: "write_date", type: "datetime", readonly: true }],
});
