import { onMounted, onWillUnmount, useExternalListener, useSubEnv } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { keyOf } from "../core/keys";
import { lastTicket } from "../core/last_ticket";
import { useKeys } from "../keyboard/use_keys";
import { TicketDesk } from "./ticket_desk";

/** The form of a ticket: its keys, its macros, and who else is there. */
export class TicketFormController extends FormController {
    setup() {
        super.setup();
        this.presence = useService("service_desk.presence");
        this.ticketDesk = new TicketDesk(this, {
            macros: useService("service_desk.macros"),
            mailStore: useService("mail.store"),
        });
        useSubEnv({ ticketDesk: this.ticketDesk });
        if (this.env.inDialog) {
            return;
        }
        this.setupKeys();
        onMounted(() => this.joinPresence(this.model.root.resId));
        onWillUnmount(() => this.presence.leave());
    }

    setupKeys() {
        const desk = this.ticketDesk;
        const macroKeys = {};
        for (let digit = 1; digit <= 9; digit++) {
            macroKeys[digit] = () => desk.applyMacroKey(String(digit));
        }
        useKeys({
            ...macroKeys,
            r: () => desk.openComposer("message"),
            n: () => desk.openComposer("note"),
            m: () => desk.openMacros(),
            s: () => this.press(".o_service_desk_move[data-state='solved']"),
            w: () => this.press(".o_service_desk_move[data-state='waiting']"),
            a: () => this.press("[name='action_assign_to_me']"),
            g: () => this.press("[name='action_open_merge_wizard']"),
            j: () => this.press(".o_pager_next", document),
            k: () => this.press(".o_pager_previous", document),
            u: () => this.press(".o_back_button", document),
            p: () => this.press(".o_service_desk_panel_toggle"),
        });
        useExternalListener(
            window,
            "keydown",
            (ev) => this.onMacroKey(ev),
            { capture: true }
        );
    }

    /** Alt+Shift+digit works while writing, too; Alt+digit alone belongs to Odoo's menu. */
    onMacroKey(ev) {
        const key = keyOf(ev);
        if (ev.altKey && ev.shiftKey && !ev.ctrlKey && /^[1-9]$/.test(key) && !this.ui.isBlocked) {
            ev.preventDefault();
            ev.stopImmediatePropagation();
            this.ticketDesk.applyMacroKey(key);
        }
    }

    /** Press a button as the mouse would; tells whether there was one. */
    press(selector, root = this.rootRef.el) {
        const button = root.querySelector(selector);
        if (!button || button.disabled) {
            return false;
        }
        button.click();
    }

    /** The button "Macros" asks here, where the text can go into the composer. */
    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name === "action_open_macros" && !this.env.inDialog) {
            this.ticketDesk.openMacros();
            return false;
        }
        return super.beforeExecuteActionButton(...arguments);
    }

    onWillLoadRoot(nextConfiguration) {
        super.onWillLoadRoot(...arguments);
        if (!this.env.inDialog) {
            this.joinPresence(nextConfiguration.resId);
        }
    }

    joinPresence(resId) {
        lastTicket.id = resId || lastTicket.id;
        this.presence.join(resId || false, () => this.ticketDesk.thread?.fetchNewMessages());
    }
}

registry.category("views").add("service_desk_ticket_form", {
    ...formView,
    Controller: TicketFormController,
});
