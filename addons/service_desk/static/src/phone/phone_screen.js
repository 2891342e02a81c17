import { Component, onMounted, onPatched, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { STATE_BADGES } from "../core/badges";
import { CallerCard } from "./caller_card";
import { CallerSearch } from "./caller_search";
import { PhoneDraft } from "./draft";
import { LikelyTickets } from "./likely_tickets";
import { newPress } from "./press";
import { ServicePicker } from "./service_picker";

const OPEN_STATES = ["new", "open", "waiting"];
/** A call that somebody waits in. */
const LIVE_STATES = ["new", "ringing", "answered"];
const NO_CHOICE = { serviceId: false, typeId: "", impact: "1", urgency: "2" };
/** What of the screen is the work of a hand, and so is kept when the session is lost. */
const KEPT = ["text", "caller", "story", "serviceId", "typeId", "impact", "urgency", "target", "isPublic", "waits", "press"];

function empty() {
    return {
        text: "",
        /** who calls: {id, name, detail} of a contact, or {number, name, firm, ofFirm} of a stranger */
        caller: null,
        card: null,
        story: "",
        /** the open ticket he calls about; false means a new one */
        target: false,
        isPublic: false,
        waits: true,
        call: null,
        isServiceChosen: false,
        press: newPress(),
        ...NO_CHOICE,
    };
}

/** From a ringing telephone to a saved ticket, without a mouse. */
export class PhoneScreen extends Component {
    static template = "service_desk.PhoneScreen";
    static components = { CallerCard, CallerSearch, LikelyTickets, ServicePicker };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.phone = useService("service_desk.phone");
        this.draft = new PhoneDraft();
        this.keepLast = new KeepLast();
        this.root = useRef("root");
        this.wanted = "";
        this.options = { services: [], types: [], impact: [], urgency: [], priority: [], matrix: {} };
        this.state = useState({
            ...empty(),
            ...this.draft.load(),
            focusCount: 0,
            isSaving: false,
            saved: null,
        });
        onWillStart(async () => {
            this.options = await this.orm.call("service_desk.call", "get_phone_screen", []);
            // a choice in a list is a text
            this.options.types.forEach((type) => (type.key = String(type.id)));
        });
        onMounted(() => this.start());
        onPatched(() => this.giveFocus());
        onWillUnmount(() => {
            this.phone.screen = null;
        });
    }

    start() {
        this.phone.screen = this;
        const { context = {}, params = {} } = this.props.action;
        const callId = context.service_desk_call_id || params.call_id;
        const ringing = this.phone.state.calls[0];
        if (this.state.caller) {
            this.restore();
        } else if (callId) {
            this.loadCall(callId);
        } else if (ringing && this.takeCall(ringing)) {
            this.phone.dismiss(ringing);
        }
    }

    restore() {
        if (this.state.caller.id) {
            this.loadCard(this.state.caller.id);
        }
        this.focusStory();
    }

    // ------------------------------------------------------------------ the call
    get isBusy() {
        return Boolean(this.state.caller && this.state.story.trim());
    }

    /** @returns {boolean} whether the call is shown here */
    takeCall(call, { force = false } = {}) {
        if (this.isBusy || (this.state.caller && !force)) {
            return false;
        }
        this.loadCall(call.call_id, { isAsked: force });
        return true;
    }

    /** A new page is told the last minute again: a call that is over by then is shown only if asked for. */
    async loadCall(callId, { isAsked = true } = {}) {
        const call = await this.orm.silent.call("service_desk.call", "get_call", [callId]);
        if (!isAsked && (this.isBusy || !LIVE_STATES.includes(call.state))) {
            return;
        }
        this.clear();
        this.state.call = call;
        this.state.text = call.number;
        const { rows } = call.found;
        if (rows.length === 1) {
            this.chooseCaller(rows[0]);
        } else if (rows.length) {
            this.searchComponent.show(call.found);
            this.focusSearch();
        } else {
            this.chooseStranger({ number: call.number, name: call.caller_name });
        }
    }

    onCallOver(call) {
        if (this.state.call?.call_id !== call.call_id) {
            return;
        }
        if (!call.is_mine && !this.isBusy) {
            this.reset();
        } else {
            this.state.call.state = "ended";
        }
    }

    // ---------------------------------------------------------------- the caller
    onText(text) {
        this.state.text = text;
        this.state.saved = null;
    }

    chooseCaller(row) {
        this.state.caller = { id: row.id, name: row.name, detail: row.detail };
        this.state.card = null;
        this.state.target = false;
        this.keep();
        this.focusStory();
        this.loadCard(row.id);
    }

    async loadCard(partnerId) {
        const card = await this.keepLast.add(
            this.orm.silent.call("service_desk.call", "get_card", [partnerId])
        );
        if (this.state.caller?.id !== partnerId) {
            return;
        }
        this.state.card = card;
        if (!this.state.isServiceChosen && card.service_id) {
            this.state.serviceId = card.service_id;
        }
    }

    async chooseStranger({ number, name }) {
        this.state.caller = { id: false, number, name, firm: false, ofFirm: true };
        this.state.card = null;
        this.state.target = false;
        this.keep();
        this.focus("#o_service_desk_name");
        if (number) {
            const { firm } = await this.orm.silent.call("service_desk.call", "get_stranger", [number]);
            if (this.state.caller && !this.state.caller.id) {
                this.state.caller.firm = firm;
            }
        }
    }

    get callerTitle() {
        const { name, number } = this.state.caller;
        return name || number;
    }

    /** His open tickets, and those of his colleagues, to choose from. */
    get openTickets() {
        const sections = this.state.card?.sections || [];
        return sections
            .flatMap((section) => section.rows)
            .filter((row) => row.record?.model === "service_desk.ticket" && OPEN_STATES.includes(row.badge?.kind))
            .map((row) => ({ id: row.record.id, number: row.label, name: row.text, badge: row.badge }));
    }

    // ---------------------------------------------------------------- the ticket
    get target() {
        return this.openTickets.find((ticket) => ticket.id === this.state.target) || false;
    }

    get targets() {
        return [{ id: false }, ...this.openTickets];
    }

    badgeClass(badge) {
        return STATE_BADGES[badge.kind] || "text-bg-secondary";
    }

    /** The first line, as the server takes it. */
    get subject() {
        return this.state.story.trim().split("\n")[0];
    }

    setTarget(id) {
        this.state.target = id;
        this.keep();
    }

    moveTarget(step) {
        const ids = this.targets.map((target) => target.id);
        const place = ids.indexOf(this.state.target);
        this.setTarget(ids[(place + step + ids.length) % ids.length]);
    }

    get priority() {
        const value = this.options.matrix[`${this.state.impact}${this.state.urgency}`] || "1";
        return this.options.priority.find(([key]) => key === value)?.[1] || "";
    }

    chooseService(serviceId) {
        this.state.serviceId = serviceId;
        this.state.isServiceChosen = true;
        this.keep();
    }

    // --------------------------------------------------------------------- keys
    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.save();
        } else if (ev.key === "Enter" && ev.altKey) {
            ev.preventDefault();
            this.addTo(this.likely?.first);
        } else if (ev.altKey && (ev.key === "ArrowDown" || ev.key === "ArrowUp")) {
            ev.preventDefault();
            this.moveTarget(ev.key === "ArrowDown" ? 1 : -1);
        } else if (ev.key === "Escape" && !ev.defaultPrevented) {
            this.focusSearch();
        }
    }

    /** The box may not be drawn yet: it gets the focus as soon as it is. */
    focus(selector) {
        this.wanted = selector;
        this.giveFocus();
    }

    giveFocus() {
        const box = this.wanted && this.root.el?.querySelector(this.wanted);
        if (box) {
            this.wanted = "";
            box.focus();
        }
    }

    focusStory() {
        this.focus("#o_service_desk_story");
    }

    focusSearch() {
        this.wanted = "";
        this.state.focusCount++;
    }

    // --------------------------------------------------------------------- save
    keep() {
        this.draft.save(Object.fromEntries(KEPT.map((name) => [name, this.state[name]])));
    }

    save() {
        return this.submit(() => (this.target ? this.append() : this.register()));
    }

    /** Write it to a ticket that is the same matter: as a note, for it may be another's. */
    async addTo(ticket) {
        if (ticket) {
            await this.submit(() => this.append({ target: ticket.id, isPublic: false, waits: true }));
        }
    }

    /** One press, one result: a second press waits for the first and makes nothing new. */
    async submit(send) {
        if (this.state.isSaving || !this.state.caller || !this.state.story.trim()) {
            this.root.el.querySelector("#o_service_desk_story")?.focus();
            return;
        }
        this.state.isSaving = true;
        this.keep();
        try {
            const saved = await send();
            this.reset();
            this.state.saved = saved;
        } finally {
            // a refusal is shown by its own dialog; all that was typed stays
            this.state.isSaving = false;
        }
    }

    get callId() {
        return this.state.call?.call_id || false;
    }

    register() {
        const { caller, press, story, typeId, impact, urgency } = this.state;
        const choices = {
            service_id: this.state.serviceId,
            type_id: Number(typeId) || false,
            impact,
            urgency,
        };
        return this.orm.call("service_desk.call", "register_ticket", [press, this.callerOf(caller), story, choices, this.callId]);
    }

    callerOf(caller) {
        const number = this.state.call?.number || (/\d{3}/.test(this.state.text) ? this.state.text : "");
        return caller.id
            ? { partner_id: caller.id, number }
            : {
                  number: caller.number || "",
                  name: caller.name,
                  firm_id: (caller.ofFirm && caller.firm?.id) || false,
              };
    }

    append({ target, isPublic, waits } = this.state) {
        const { caller, press, story } = this.state;
        const args = [press, target, story, isPublic, waits, this.callId, this.callerOf(caller)];
        return this.orm.call("service_desk.call", "append_to_ticket", args);
    }

    clear() {
        Object.assign(this.state, empty(), { saved: null });
        this.draft.clear();
    }

    /** Ready for the next caller. */
    reset() {
        this.clear();
        this.focusSearch();
    }

    openSaved() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "service_desk.ticket",
            res_id: this.state.saved.ticket_id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("service_desk_phone", PhoneScreen);
