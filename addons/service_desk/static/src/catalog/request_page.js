import { Component, markup, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { useService } from "@web/core/utils/hooks";
import { answersToSend, FormFields } from "../form/form_fields";
import { newPress } from "../phone/press";

/** One offering: what it is, what is asked, and what became of it. */
export class RequestPage extends Component {
    static template = "service_desk.RequestPage";
    static components = { FormFields };
    static props = {
        offering: Object,
        tint: String,
        /** for whom an agent asks; false for oneself */
        partnerId: [Number, Boolean],
        canEdit: Boolean,
        isAgent: Boolean,
        onBack: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.press = newPress();
        this.names = {};
        this.state = useState({
            offering: this.props.offering,
            answers: {},
            errors: {},
            name: "",
            text: "",
            isSending: false,
            done: null,
        });
        onWillStart(() => this.load());
    }

    async load() {
        const { offering, partnerId } = this.props;
        const found = await this.orm.call("service_desk.catalog", "get_offering", [offering.id, partnerId]);
        this.names = found.names;
        Object.assign(this.state, { offering: found, answers: { ...found.answers } });
    }

    get lang() {
        return user.lang.replace("-", "_");
    }

    get description() {
        const html = this.state.offering.description || "";
        return html.replace(/<[^>]*>/g, "").trim() ? markup(html) : "";
    }

    get callbacks() {
        return {
            search: (question, text) => this.search(question, text),
            load: (question, ids) => this.nameOf(question, ids),
            upload: (question, file) => this.upload(file),
        };
    }

    async search(question, text) {
        const { offering, partnerId } = this.props;
        const rows = await this.orm.silent.call("service_desk.catalog", "find_answer_records", [
            offering.id,
            question.path || question.key,
            text,
            partnerId,
        ]);
        const names = (this.names[question.kind] ||= {});
        rows.forEach(({ id, name }) => (names[id] = name));
        return rows;
    }

    nameOf({ kind }, ids) {
        return ids.map((id) => ({ id, name: this.names[kind]?.[id] || _t("Chosen") }));
    }

    async upload(file) {
        const url = await getDataURLFromFile(file);
        const datas = url.slice(url.indexOf(",") + 1);
        const [id] = await this.orm.create("ir.attachment", [{ name: file.name, datas }]);
        (this.names.files ||= {})[id] = file.name;
        return { id, name: file.name, size: file.size };
    }

    onAnswers(answers) {
        this.state.answers = answers;
    }

    /** One press, one ticket: a press that was refused, or whose answer was lost, is the same one. */
    async send() {
        if (this.state.isSending) {
            return;
        }
        this.state.isSending = true;
        const { definition, id } = this.state.offering;
        const answers = definition ? answersToSend(definition, this.state.answers) : {};
        const vals = { name: this.state.name.trim(), description: this.state.text.trim() };
        try {
            this.state.done = await this.orm.call("service_desk.catalog", "submit_request", [id, answers, vals], {
                partner_id: this.props.partnerId,
                press: this.press,
            });
            this.state.errors = {};
        } catch (error) {
            const errors = error.data?.context?.errors;
            if (!errors) {
                throw error;
            }
            this.state.errors = errors;
        } finally {
            this.state.isSending = false;
        }
    }

    openTicket() {
        this.open("service_desk.ticket", this.state.done.ticket_id);
    }

    edit() {
        this.open("service_desk.offering", this.props.offering.id);
    }

    open(model, id) {
        this.action.doAction({ type: "ir.actions.act_window", res_model: model, res_id: id, views: [[false, "form"]] });
    }
}
