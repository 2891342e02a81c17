import { Component, onMounted, onWillStart, onWillUnmount, useExternalListener, useRef, useState } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Layout } from "@web/search/layout";
import { FormCanvas } from "./form_canvas";
import { FormStore } from "./form_store";
import { KindPalette } from "./kind_palette";
import { QuestionPanel } from "./question_panel";
import { TranslateDialog } from "./translate_dialog";

/** Where the owner of a service builds a form: kinds to the left, the form in the middle, the chosen question to the right. */
export class FormBuilder extends Component {
    static template = "service_desk.FormBuilder";
    static components = { FormCanvas, KindPalette, Layout, QuestionPanel };
    static props = { ...standardActionServiceProps };
    static path = "form-builder";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.root = useRef("root");
        const { context = {}, params = {} } = this.props.action;
        this.formId = params.form_id || context.active_id || this.props.resId;
        this.store = useState(new FormStore(this.orm, this.formId));
        this.facts = { kinds: [], prefills: [] };
        this.display = { controlPanel: {} };
        onWillStart(async () => {
            this.facts = await this.orm.call("service_desk.form", "get_builder_facts", []);
            await this.store.load();
        });
        onMounted(() => this.env.config.setDisplayName(this.store.head.name));
        useSetupAction({ beforeLeave: () => this.store.save(), beforeUnload: (ev) => this.beforeUnload(ev) });
        onWillUnmount(() => clearTimeout(this.store.timer));
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), { capture: true });
    }

    beforeUnload(ev) {
        if (this.store.status !== "saved") {
            this.store.save();
            ev.preventDefault();
            ev.returnValue = "";
        }
    }

    kindLabel(kind) {
        return this.facts.kinds.find(([name]) => name === kind)?.[1] || kind;
    }

    /** Ctrl+Z outside of a box of text undoes the last step; inside it belongs to the box. */
    onKeydown(ev) {
        const isInText = ev.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true]");
        if (!(ev.ctrlKey || ev.metaKey) || isInText || !this.root.el?.contains(ev.target)) {
            return;
        }
        const key = ev.code === "KeyZ" ? (ev.shiftKey ? "redo" : "undo") : ev.code === "KeyY" ? "redo" : "";
        if (key) {
            ev.preventDefault();
            this.store[key]();
        }
    }

    add(kind) {
        this.store.add(kind, kind === "section" ? _t("New section") : this.kindLabel(kind));
    }

    get stateBadge() {
        const { version_number, is_changed } = this.store.head;
        if (!version_number) {
            return { text: _t("Not published yet"), class: "text-bg-secondary" };
        }
        return is_changed || this.store.status !== "saved"
            ? { text: _t("Changed since version %s", version_number), class: "text-bg-warning" }
            : { text: _t("Version %s is published", version_number), class: "text-bg-success" };
    }

    get savingText() {
        const texts = { saved: _t("All changes are saved"), refused: _t("Not saved") };
        return texts[this.store.status] || _t("Saving…");
    }

    get canPublish() {
        const { version_number, is_changed } = this.store.head;
        const isNews = !version_number || is_changed || this.store.status !== "saved";
        return isNews && this.store.rows.some(({ kind }) => kind !== "section") && !this.store.problems.length;
    }

    async publish() {
        if (await this.store.publish()) {
            this.notification.add(_t("Published: requesters are asked this from now on."), { type: "success" });
        }
    }

    get isTranslatable() {
        return localization.multiLang;
    }

    async translate() {
        if (await this.store.save()) {
            this.dialog.add(TranslateDialog, { store: this.store, languages: this.facts.languages });
        }
    }

    async preview() {
        if (await this.store.save()) {
            await this.action.doAction("service_desk.service_desk_form_preview_action", {
                additionalContext: { active_id: this.formId, active_model: "service_desk.form" },
            });
        }
    }
}

registry.category("actions").add("service_desk_form_builder", FormBuilder);
