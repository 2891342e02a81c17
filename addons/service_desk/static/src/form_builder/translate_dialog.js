import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { x2ManyCommands } from "@web/core/orm_service";
import { FORM_SPEC } from "./rows";

const TEXTS = ["name", "help_text", "placeholder", "pattern_hint"];
const MODEL = "service_desk.form";

/** Every text of a form beside its text in another language. */
export class TranslateDialog extends Component {
    static template = "service_desk.TranslateDialog";
    static components = { Dialog };
    static props = { store: Object, languages: Array, close: Function };

    setup() {
        this.orm = useService("orm");
        this.title = _t("Translate the Form");
        this.state = useState({ lang: this.others[0]?.[0], lines: [] });
        onWillStart(() => this.load());
    }

    get others() {
        return this.props.languages.filter(([code]) => code !== user.context.lang);
    }

    async read(lang) {
        const [form] = await this.orm.webRead(MODEL, [this.props.store.formId], { specification: FORM_SPEC, context: { lang } });
        return form.question_ids;
    }

    async load() {
        const [own, other] = await Promise.all([this.read(user.context.lang), this.read(this.state.lang)]);
        this.state.lines = own.flatMap((row, place) => this.linesOf(row, other[place], []));
    }

    /** @param {Array} path of what it belongs to, outermost first: [field, id] */
    linesOf(row, other, path) {
        const lines = TEXTS.filter((name) => row[name]).map((name) => ({
            text: row[name],
            value: other[name] || "",
            old: other[name] || "",
            isLong: name === "help_text",
            depth: path.length,
            name,
            path: [...path, row.id],
        }));
        for (const field of ["option_ids", "column_ids"]) {
            (row[field] || []).forEach((child, place) => {
                lines.push(...this.linesOf(child, other[field][place], [...path, row.id, field]));
            });
        }
        return lines;
    }

    async setLang(lang) {
        this.state.lang = lang;
        await this.load();
    }

    commandOf({ name, path, value }) {
        let command = { [name]: value };
        for (const step of path.toReversed()) {
            command = typeof step === "number" ? x2ManyCommands.update(step, command) : { [step]: [command] };
        }
        return command;
    }

    async save() {
        const commands = this.state.lines.filter(({ old, value }) => value !== old).map((line) => this.commandOf(line));
        if (commands.length) {
            const options = { specification: {}, context: { lang: this.state.lang } };
            await this.orm.webSave(MODEL, [this.props.store.formId], { question_ids: commands }, options);
            await this.props.store.reload();
        }
        this.props.close();
    }
}
