import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { groupsOf, pathTo, tintOf, treeOf } from "./catalog_data";
import { CatalogTree } from "./catalog_tree";
import { PersonPicker } from "./person_picker";
import { RequestPage } from "./request_page";

const WAIT = 200;
const NOTHING = { services: [], offerings: [], person: {}, can_choose_person: false };
const BADGES = { draft: "text-bg-warning", retired: "text-bg-secondary" };

/** The catalog of services: find what one needs, ask for it; agents ask for others as well. */
export class CatalogPage extends Component {
    static template = "service_desk.CatalogPage";
    static components = { CatalogTree, PersonPicker, RequestPage };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.searchSoon = useDebounced(() => this.search(), WAIT);
        const { context = {} } = this.props.action;
        this.state = useState({
            catalog: NOTHING,
            partnerId: context.service_desk_partner_id || false,
            isPicking: false,
            serviceId: false,
            offering: null,
            text: "",
            /** ids of what was found, the best first; null while nothing is looked for */
            hits: null,
        });
        this.searchId = false;
        useAutofocus({ refName: "search", mobile: false });
        onWillStart(async () => {
            await this.load();
            this.state.isPicking = Boolean(context.service_desk_for_others && !this.state.partnerId);
        });
    }

    async load() {
        const catalog = await this.orm.call("service_desk.catalog", "get_catalog", [this.state.partnerId]);
        this.nodes = new Map(catalog.services.map((service) => [service.id, service]));
        Object.assign(this.state, { catalog, serviceId: false, offering: null, text: "", hits: null });
    }

    // ----------------------------------------------------------------- the tree
    get tree() {
        return treeOf(this.state.catalog.services, this.state.catalog.offerings);
    }

    get path() {
        return pathTo(this.nodes, this.state.serviceId);
    }

    get openIds() {
        return this.path.map(({ id }) => id);
    }

    get service() {
        return this.nodes.get(this.state.serviceId) || false;
    }

    chooseService(id) {
        Object.assign(this.state, { serviceId: id, offering: null, text: "", hits: null });
    }

    // ---------------------------------------------------------------- the cards
    /** Cards in groups, one for each service of the next level; what was found is one group, the best first. */
    get groups() {
        const { catalog, hits, serviceId } = this.state;
        if (hits) {
            const byId = new Map(catalog.offerings.map((offering) => [offering.id, offering]));
            const cards = hits.map((id) => byId.get(id)).filter(Boolean);
            return cards.length ? [{ key: "found", cards }] : [];
        }
        return groupsOf(this.tree, catalog, serviceId);
    }

    /** What tells where an offering belongs, unless the group says so already. */
    placeOf(offering, group) {
        return group.service?.id === offering.service_id ? "" : this.nodes.get(offering.service_id)?.name;
    }

    tint(offering) {
        return tintOf(pathTo(this.nodes, offering.service_id));
    }

    badgeOf(offering) {
        return BADGES[offering.state];
    }

    /** What is no offer yet, or no more, opens for those who work on it. */
    choose(offering) {
        if (offering.state !== "published") {
            this.edit(offering);
            return;
        }
        if (this.searchId) {
            this.orm.silent.call("service_desk.catalog", "note_choice", [this.searchId, offering.id]);
            this.searchId = false;
        }
        this.state.offering = offering;
    }

    edit(offering) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "service_desk.offering",
            res_id: offering.id,
            views: [[false, "form"]],
        });
    }

    back() {
        this.state.offering = null;
    }

    // ------------------------------------------------------------------- search
    onText(ev) {
        this.state.text = ev.target.value;
        this.searchSoon();
    }

    async search() {
        const text = this.state.text.trim();
        if (text.length < 2) {
            this.state.hits = null;
            return;
        }
        const { partnerId } = this.state;
        const found = await this.keepLast.add(
            this.orm.silent.call("service_desk.catalog", "search_catalog", [text], { partner_id: partnerId, limit: 24 })
        );
        if (this.state.text.trim() === text) {
            this.searchId = found.search_id;
            Object.assign(this.state, { hits: found.hits.map((hit) => hit.offering_id), offering: null });
        }
    }

    clearSearch() {
        Object.assign(this.state, { text: "", hits: null });
    }

    onSearchKeydown(ev) {
        const [first] = this.groups[0]?.cards || [];
        if (ev.key === "Enter" && this.state.hits && first) {
            this.choose(first);
        } else if (ev.key === "Escape") {
            this.clearSearch();
        }
    }

    // ------------------------------------------------------------------- person
    async choosePerson(row) {
        Object.assign(this.state, { partnerId: row ? row.id : false, isPicking: false });
        await this.load();
    }

    get title() {
        const { name } = this.state.catalog.person;
        return this.isForOther ? _t("What does %s need?", name) : _t("What do you need?");
    }

    get isForOther() {
        return Boolean(this.state.partnerId);
    }

    plainTicket() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "service_desk.ticket",
            views: [[false, "form"]],
            context: { default_partner_id: this.state.partnerId, default_name: this.state.text },
        });
    }
}

registry.category("actions").add("service_desk_catalog", CatalogPage);
