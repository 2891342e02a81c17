import { useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { lastTicket } from "../core/last_ticket";
import { useKeys } from "../keyboard/use_keys";
import { TicketPreview } from "./ticket_preview";

const SPLIT_KEY = "service_desk.list.split";

/** Marks the row that keys and the preview mean. */
export class TicketListRenderer extends ListRenderer {
    static props = [...ListRenderer.props, "cursor?"];

    getRowClass(record) {
        const isCurrent = this.props.cursor?.id && record.resId === this.props.cursor.id;
        return `${super.getRowClass(record)}${isCurrent ? " o_service_desk_row_current" : ""}`;
    }

    async onCellClicked(record, column, ev, newWindow) {
        if (this.props.cursor?.isSplit && !newWindow && !this.props.list.editedRecord) {
            if (record.resId !== this.props.cursor.id && !record.selected) {
                this.props.cursor.id = record.resId;
                return; // beside an open preview a click looks, a second one opens
            }
        }
        return super.onCellClicked(...arguments);
    }
}

/** The list of tickets: rows by key, and a ticket beside the list. */
export class TicketListController extends ListController {
    static template = "service_desk.TicketListView";
    static components = { ...ListController.components, TicketPreview };

    setup() {
        super.setup();
        this.macros = useService("service_desk.macros");
        this.ui = useState(useService("ui"));
        this.cursor = useState({
            id: lastTicket.id,
            isSplit: browser.localStorage.getItem(SPLIT_KEY) === "1",
        });
        useEffect(
            (id) => this.showRow(id),
            () => [this.cursor.id]
        );
        if (!this.env.inDialog) {
            this.setupKeys();
        }
    }

    setupKeys() {
        const selected = (action) => this.withSelection(action);
        useKeys({
            j: () => this.move(1),
            k: () => this.move(-1),
            arrowdown: (ev) => this.isAtRow(ev) && this.move(1),
            arrowup: (ev) => this.isAtRow(ev) && this.move(-1),
            enter: (ev) => this.isAtRow(ev) && this.openCurrent(),
            x: () => this.toggleCurrent(),
            v: () => this.toggleSplit(),
            a: () => selected((ids) => this.assignToMe(ids)),
            n: () => this.pullNext(),
            m: () => selected((ids) => this.openMacros(ids)),
            g: () => selected((ids) => this.openMerge(ids)),
            "/": () => this.env.searchModel.trigger("focus-search"),
        });
    }

    // ------------------------------------------------------------------- rows
    /** Every record that is on the screen, of open groups too. */
    get rows() {
        const rows = [];
        const collect = (list) => {
            if (list.groups) {
                list.groups.filter((group) => !group.isFolded).forEach((group) => collect(group.list));
            } else {
                rows.push(...list.records);
            }
        };
        collect(this.model.root);
        return rows;
    }

    get current() {
        return this.rows.find((record) => record.resId === this.cursor.id);
    }

    get hasSplit() {
        return this.cursor.isSplit && !this.ui.isSmall && !this.env.inDialog;
    }

    /** Odoo has arrow keys of its own inside the table; ours serve where nothing has the focus. */
    isAtRow(ev) {
        return ev.target === document.body || ev.target.matches(".o_list_renderer, .o_content");
    }

    move(step) {
        const rows = this.rows;
        if (!rows.length) {
            return false;
        }
        const at = rows.findIndex((record) => record.resId === this.cursor.id);
        const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step;
        if (next >= 0 && next < rows.length) {
            this.cursor.id = rows[next].resId;
        }
        // leave the search box's or a button's focus, so that Enter means the row
        document.activeElement?.blur();
    }

    showRow(id) {
        if (id) {
            this.rootRef.el?.querySelector(".o_service_desk_row_current")?.scrollIntoView({ block: "nearest" });
        }
    }

    openCurrent() {
        if (!this.current) {
            return false;
        }
        this.openRecord(this.current);
    }

    openId(id) {
        const record = this.rows.find((candidate) => candidate.resId === id);
        if (record) {
            this.openRecord(record);
        }
    }

    async toggleCurrent() {
        await this.current?.toggleSelection();
    }

    toggleSplit() {
        this.cursor.isSplit = !this.cursor.isSplit;
        browser.localStorage.setItem(SPLIT_KEY, this.cursor.isSplit ? "1" : "0");
        if (this.cursor.isSplit && !this.current) {
            this.cursor.id = this.rows[0]?.resId ?? false;
        }
    }

    // -------------------------------------------------------------- selections
    /** Do something to the selected tickets, or to the row at which the keys are. */
    withSelection(action) {
        const selected = this.model.root.selection;
        const records = selected.length ? selected : this.current ? [this.current] : [];
        if (!records.length) {
            return false;
        }
        action(records.map((record) => record.resId), records);
    }

    async assignToMe(ids) {
        await this.orm.call("service_desk.ticket", "action_assign_to_me", [ids]);
        await this.model.load();
    }

    async openMerge(ids) {
        const action = await this.orm.call("service_desk.ticket", "action_open_merge_wizard", [ids]);
        await this.actionService.doAction(action, { onClose: () => this.model.load() });
    }

    /** The best ticket that waits in one's teams, whatever the list shows. */
    async pullNext() {
        await this.actionService.doAction(await this.orm.call("service_desk.ticket", "action_pull_next", []));
    }

    openMacros(ids) {
        const records = this.rows.filter((record) => ids.includes(record.resId));
        const teams = records.map((record) => record.data.team_id?.id).filter(Boolean);
        this.macros.open({
            ticketIds: ids,
            teamIds: [...new Set(teams)],
            afterApply: () => this.model.load(),
        });
    }
}

registry.category("views").add("service_desk_ticket_list", {
    ...listView,
    Controller: TicketListController,
    Renderer: TicketListRenderer,
});
