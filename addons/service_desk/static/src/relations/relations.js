import { Component, onWillStart, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { STATE_BADGES } from "../core/badges";

const MODEL = "service_desk.ticket";
const PROPOSED = 8;

/** What a ticket is tied to: its parent, its children, links in both directions, what was merged into it. */
export class TicketRelations extends Component {
    static template = "service_desk.TicketRelations";
    static components = { AutoComplete };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ relations: null, kind: "relates", round: 0 });
        this.loadedFor = "";
        onWillStart(() => this.load(this.props.record));
        useRecordObserver((record) => {
            const known = `${record.resId}/${record.data.write_date}`;
            if (known && this.loadedFor) {
                this.load(record);
            }
        });
    }

    async load(record, force = false) {
        const state = `${record.resId}/${record.data.write_date || ""}`;
        if (!record.resId || (!force && state === this.loadedFor)) {
            return;
        }
        this.loadedFor = state;
        this.state.relations = await this.keepLast.add(
            this.orm.silent.call(MODEL, "get_relations", [[record.resId]])
        );
    }

    // ------------------------------------------------------------------- rows
    /** All ties in the order in which they matter. */
    get groups() {
        const { survivor, parent, children, merged, links, progress } = this.state.relations;
        return [
            { key: "survivor", title: _t("Goes on in"), rows: survivor ? [survivor] : [] },
            { key: "parent", title: _t("Parent"), rows: parent ? [parent] : [], removable: "parent" },
            { key: "children", title: _t("Children"), rows: children, removable: "child", progress },
            { key: "links", title: _t("Links"), rows: links, removable: "link" },
            { key: "merged", title: _t("Merged into this ticket"), rows: merged },
        ].filter((group) => group.rows.length);
    }

    progressText({ done, total }) {
        return _t("%(done)s of %(total)s done", { done, total });
    }

    percent(progress) {
        return Math.round((100 * progress.done) / progress.total);
    }

    badgeClass(row) {
        return STATE_BADGES[row.state] || "text-bg-secondary";
    }

    urlOf(row) {
        return `/odoo/service-desk/${row.id}`;
    }

    /** A click opens here; with Ctrl or the middle button the browser opens a tab by itself. */
    open(ev, row) {
        if (ev.ctrlKey || ev.metaKey || ev.shiftKey || ev.button) {
            return;
        }
        ev.preventDefault();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    // ----------------------------------------------------------------- change
    get sources() {
        return [{ options: (text) => this.propose(text), optionSlot: "ticket" }];
    }

    /** Tickets by number, words or requester, as the search box finds them. */
    async propose(text) {
        if (!text.trim()) {
            return [];
        }
        const found = await this.orm.silent.searchRead(
            MODEL,
            [["query", "ilike", text.trim()], ["id", "!=", this.props.record.resId]],
            ["number", "name", "state"],
            { limit: PROPOSED }
        );
        return found.map((row) => ({
            label: `${row.number} ${row.name}`,
            data: row,
            onSelect: () => this.add(row.number),
        }));
    }

    /** A number that was typed whole needs no choice. */
    onKeydown(ev) {
        const text = (ev.target.value || "").trim();
        if (ev.key === "Enter" && /^[a-z0-9]+-\d+$/i.test(text)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.add(text);
        }
    }

    async add(number) {
        await this.change("add_relation", [this.state.kind, number]);
        this.state.round++; // an empty field for the next one
    }

    async remove(group, row) {
        await this.change("remove_relation", [group.removable, row.link_id || row.id]);
    }

    async change(method, args) {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        await this.orm.call(MODEL, method, [[record.resId], ...args]);
        await record.load();
        await this.load(record, true);
    }
}

registry.category("view_widgets").add("service_desk_relations", {
    component: TicketRelations,
    fieldDependencies: [{ name: "write_date", type: "datetime", readonly: true }],
});
