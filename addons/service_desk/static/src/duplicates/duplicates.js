import { Component, onMounted, status, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { STATE_BADGES } from "../core/badges";
import { useClock } from "../core/clock";

const MODEL = "service_desk.ticket";
const DELAY = 400;

/** Tickets that may be the same matter: while one is written, and on a new one until somebody has decided. */
export class TicketDuplicates extends Component {
    static template = "service_desk.TicketDuplicates";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.clock = useClock();
        this.keepLast = new KeepLast();
        this.state = useState({ rows: [], isFolded: false });
        this.loadedFor = "";
        const later = useDebounced((record) => this.load(record), DELAY);
        onMounted(() => this.load(this.props.record));
        useRecordObserver((record) => {
            // read what decides, so that its change is seen
            const known = this.keyOf(record);
            if (known !== this.loadedFor && status(this) === "mounted") {
                later(record);
            }
        });
    }

    keyOf({ resId, data }) {
        const asked = resId ? data.state : `${data.name}/${data.partner_id?.id}/${data.email_from}/${data.team_id?.id}`;
        return `${resId || "new"}/${asked}`;
    }

    /** Saved tickets are asked about while they are new; what is being written, as soon as there is something. */
    async load(record) {
        const key = this.keyOf(record);
        if (key === this.loadedFor || status(this) === "destroyed") {
            return;
        }
        this.loadedFor = key;
        const rows = await this.keepLast.add(this.fetch(record));
        this.state.rows = rows;
    }

    async fetch({ resId, data }) {
        if (resId) {
            return data.state === "new" && !data.merged_into_id
                ? this.orm.silent.call(MODEL, "get_my_duplicates", [[resId]])
                : [];
        }
        if ((data.name || "").trim().length < 4 && !data.partner_id && !data.email_from) {
            return [];
        }
        const vals = {
            name: data.name || "",
            partner_id: data.partner_id?.id || false,
            email_from: data.email_from || "",
            team_id: data.team_id?.id || false,
        };
        return this.orm.silent.call(MODEL, "get_likely_duplicates", [vals]);
    }

    get canDecide() {
        return Boolean(this.props.record.resId) && !this.props.readonly;
    }

    badgeClass(row) {
        return STATE_BADGES[row.state] || "text-bg-secondary";
    }

    age(row) {
        return this.clock.now && deserializeDateTime(row.create_date).toRelative();
    }

    urlOf(row) {
        return `/odoo/service-desk/${row.id}`;
    }

    async merge(row) {
        const { record } = this.props;
        if (await record.save()) {
            const action = await this.orm.call(MODEL, "action_open_merge_wizard", [
                [record.resId, row.id],
            ]);
            await this.action.doAction(action);
        }
    }

    async link(row) {
        await this.decide(row, "add_relation", ["duplicates", row.number]);
    }

    async notTheSame(row) {
        await this.decide(row, "action_not_same", [row.id]);
    }

    async decide(row, method, args) {
        await this.orm.call(MODEL, method, [[this.props.record.resId], ...args]);
        this.state.rows = this.state.rows.filter((other) => other.id !== row.id);
    }
}

registry.category("view_widgets").add("service_desk_duplicates", {
    component: TicketDuplicates,
    fieldDependencies: [
        { name: "name", type: "char" },
        { name: "partner_id", type: "many2one" },
        { name: "email_from", type: "char" },
        { name: "team_id", type: "many2one" },
        { name: "state", type: "selection" },
        { name: "merged_into_id", type: "many2one", readonly: true },
    ],
});
