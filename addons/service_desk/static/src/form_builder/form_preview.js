import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { recordCallbacks } from "../condition_editor/forms_service";
import { FormFields, answersToSend } from "../form/form_fields";
import { RecordInput } from "../form/record_input";

const MODEL = "service_desk.form";

/** The form as somebody else meets it; what is answered here is checked and forgotten. */
export class FormPreview extends Component {
    static template = "service_desk.FormPreview";
    static components = { FormFields, Layout, RecordInput };
    static props = { ...standardActionServiceProps };
    static path = "form-preview";

    setup() {
        this.orm = useService("orm");
        const { context = {}, params = {} } = this.props.action;
        this.formId = params.form_id || context.active_id || this.props.resId;
        this.display = { controlPanel: {} };
        this.files = [];
        this.whoQuestion = { key: "who", kind: "contact", placeholder: _t("Me"), options: [], columns: [] };
        this.whoCallbacks = {
            search: async (_question, text) => {
                const found = await this.orm.silent.call("res.partner", "name_search", [], { name: text, limit: 8 });
                return found.map(([id, name]) => ({ id, name }));
            },
            load: (_question, ids) => ids.map((id) => ({ id, name: this.state.whoName })),
        };
        this.state = useState({
            lang: user.context.lang,
            who: false,
            whoName: "",
            isDraft: true,
            isPhone: false,
            definition: {},
            answers: {},
            errors: {},
            isAccepted: false,
        });
        onWillStart(() => this.start());
    }

    async start() {
        const [facts, [form]] = await Promise.all([
            this.orm.call(MODEL, "get_builder_facts", []),
            this.orm.read(MODEL, [this.formId], ["display_name", "version_number", "is_changed"]),
        ]);
        this.languages = facts.languages;
        this.form = form;
        this.env.config.setDisplayName(_t("Preview: %s", form.display_name));
        await this.load();
    }

    get hasQuestions() {
        return Boolean(this.state.definition.questions?.length);
    }

    get callbacks() {
        const records = recordCallbacks(this.orm, this.formId, { partner_id: this.state.who, draft: this.state.isDraft });
        return {
            search: records.search,
            load: (question, ids) => (question.kind === "files" ? this.files : this.named(records, question, ids)),
            upload: (_question, file) => this.keep(file),
        };
    }

    /** Names of what is filled in beforehand come with it. */
    async named(records, question, ids) {
        const names = this.names?.[question.kind] || {};
        const known = ids.filter((id) => names[id]).map((id) => ({ id, name: names[id] }));
        return known.length === ids.length ? known : records.load(question, ids);
    }

    /** No file leaves the browser. */
    keep(file) {
        const kept = { id: this.files.length + 1, name: file.name, size: file.size };
        this.files.push(kept);
        return kept;
    }

    async load({ keepsAnswers = false } = {}) {
        const { isDraft, lang, who } = this.state;
        const preview = await this.orm.call(MODEL, "get_preview", [[this.formId]], { partner_id: who, lang, draft: isDraft });
        this.names = preview.names;
        Object.assign(this.state, { definition: preview.definition, errors: {}, isAccepted: false });
        if (!keepsAnswers) {
            this.state.answers = preview.answers;
        }
    }

    async setLang(lang) {
        this.state.lang = lang;
        await this.load({ keepsAnswers: true });
    }

    async setWho(id) {
        this.state.who = id || false;
        await this.load();
    }

    async setDraft(isDraft) {
        this.state.isDraft = isDraft;
        await this.load();
    }

    onChange(answers) {
        this.state.answers = answers;
        this.state.isAccepted = false;
    }

    async send() {
        const { answers, definition, isDraft, lang, who } = this.state;
        const { errors } = await this.orm.call(MODEL, "try_answers", [[this.formId], answersToSend(definition, answers)], {
            partner_id: who,
            draft: isDraft,
            files: this.files,
            context: { lang },
        });
        this.state.errors = errors;
        this.state.isAccepted = !Object.keys(errors).length;
    }

    async startAgain() {
        this.files = [];
        await this.load();
    }
}

registry.category("actions").add("service_desk_form_preview", FormPreview);
