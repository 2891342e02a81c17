import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { FormFields, answersToSend } from "../form/form_fields";

const MODEL = "service_desk.ticket";

/** The answers of a request, to be corrected by who works on it; the form checks them as it checked the requester's. */
export class CorrectAnswersDialog extends Component {
    static template = "service_desk.CorrectAnswersDialog";
    static components = { Dialog, FormFields };
    static props = { ticketId: Number, onSaved: Function, close: Function };

    setup() {
        this.orm = useService("orm");
        this.http = useService("http");
        this.lang = user.context.lang;
        this.title = _t("Correct the Answers");
        this.files = {};
        this.state = useState({ definition: {}, answers: {}, errors: {}, isSaving: false });
        this.callbacks = {
            search: (question, text) => this.orm.silent.call(MODEL, "find_answer_records", [[this.props.ticketId], question.path, text]),
            load: (question, ids) => this.load(question, ids),
            upload: (_question, file) => this.upload(file),
        };
        onWillStart(async () => {
            const { answers, definition, names } = await this.orm.call(MODEL, "get_answer_form", [[this.props.ticketId]]);
            this.names = names;
            Object.assign(this.state, { answers, definition });
        });
    }

    load({ kind }, ids) {
        const names = this.names[kind] || {};
        return ids.map((id) => this.files[id] || { id, name: names[id] || `#${id}` });
    }

    /** It hangs on nothing until the answers are saved. */
    async upload(file) {
        const params = { csrf_token: odoo.csrf_token, model: MODEL, id: 0, ufile: [file] };
        const text = await this.http.post("/web/binary/upload_attachment", params, "text");
        const [{ error, id, filename }] = JSON.parse(text);
        if (error) {
            throw new Error(error);
        }
        this.files[id] = { id, name: filename, size: file.size };
        return this.files[id];
    }

    async save() {
        const { answers, definition } = this.state;
        this.state.isSaving = true;
        try {
            await this.orm.call(MODEL, "correct_answers", [[this.props.ticketId], answersToSend(definition, answers)]);
            this.props.close();
            await this.props.onSaved();
        } catch (error) {
            if (!error.data?.context?.errors) {
                throw error;
            }
            this.state.errors = error.data.context.errors;
        } finally {
            this.state.isSaving = false;
        }
    }
}

/** Opens the window on the ticket of the form it stands in. */
export class CorrectAnswersButton extends Component {
    static template = "service_desk.CorrectAnswersButton";
    static props = { ...standardWidgetProps };

    setup() {
        this.dialog = useService("dialog");
    }

    async open() {
        const { record } = this.props;
        if (await record.save()) {
            this.dialog.add(CorrectAnswersDialog, { ticketId: record.resId, onSaved: () => record.load() });
        }
    }
}

registry.category("view_widgets").add("service_desk_correct_answers", { component: CorrectAnswersButton });
