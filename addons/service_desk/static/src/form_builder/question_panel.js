import { Component, onMounted, useRef } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { TranslationDialog } from "@web/views/fields/translation_dialog";
import { ConditionEditor } from "../condition_editor/condition_editor";
import { inputOf } from "../form/kinds";
import { ColumnEditor } from "./column_editor";
import { LimitsEditor } from "./limits_editor";
import { OptionEditor } from "./option_editor";
import { isQuestion, questionsBefore, toQuestion } from "./rows";

const CHOICES = ["choice", "choices"];
const WITH_PLACEHOLDER = ["text", "long_text", "number", "money", "choice"];
/** Records, files and rows begin empty; who asks is filled in by what is known of him. */
const WITH_DEFAULT = ["text", "long_text", "number", "money", "boolean", "choice", "choices", "date"];
const WITH_LIMITS = ["text", "long_text", "number", "money", "date", "datetime", "choices", "files", "table"];

/** Everything about the chosen question. */
export class QuestionPanel extends Component {
    static template = "service_desk.QuestionPanel";
    static components = { ColumnEditor, ConditionEditor, LimitsEditor, OptionEditor };
    static props = { store: Object, row: Object, facts: Object, kindLabel: Function };

    setup() {
        this.dialog = useService("dialog");
        this.name = useRef("name");
        this.inputOf = inputOf;
        onMounted(() => this.onMounted());
    }

    /** The label of a new question is written first. */
    onMounted() {
        if (this.props.store.freshKeys[this.props.row.cid] && !this.props.store.idOf(this.props.row.cid)) {
            this.name.el.focus();
            this.name.el.select();
        }
    }

    /** Boxes of records ask the draft, which is on the server by then. */
    get callbacks() {
        return this.props.store.callbacks;
    }

    get row() {
        return this.props.row;
    }

    get isSection() {
        return !isQuestion(this.row);
    }

    get hasOptions() {
        return CHOICES.includes(this.row.kind);
    }

    get hasPlaceholder() {
        return WITH_PLACEHOLDER.includes(this.row.kind);
    }

    get hasDefault() {
        return WITH_DEFAULT.includes(this.row.kind);
    }

    get hasLimits() {
        return WITH_LIMITS.includes(this.row.kind);
    }

    get isTranslatable() {
        return localization.multiLang;
    }

    get question() {
        return { ...toQuestion(this.row), isInCell: true, placeholder: "" };
    }

    get earlier() {
        return questionsBefore(this.props.store.rows, this.row.cid);
    }

    get earlierDays() {
        return this.earlier.filter(({ kind }) => ["date", "datetime"].includes(kind));
    }

    get prefills() {
        return this.props.facts.prefills.filter(({ kinds }) => kinds.includes(this.row.kind));
    }

    get problems() {
        return this.props.store.problemsOf(this.row);
    }

    /** Kinds that the question may become: what it was asked as a column stays one. */
    get kinds() {
        return this.props.facts.kinds.filter(([kind]) => kind !== "section");
    }

    get need() {
        if (this.row.is_required) {
            return "always";
        }
        return this.row.required_if || this.needsSometimes ? "sometimes" : "never";
    }

    get needs() {
        return [
            ["never", _t("May stay empty")],
            ["always", _t("Must be answered")],
            ["sometimes", _t("Must be answered if…")],
        ];
    }

    setNeed(need) {
        this.needsSometimes = need === "sometimes";
        this.update({ is_required: need === "always", ...(need === "sometimes" ? {} : { required_if: false }) });
        this.render();
    }

    setKind(kind) {
        const values = { kind, rules: false, prefill: false };
        if (CHOICES.includes(kind) && !this.row.option_ids.length) {
            values.option_ids = [1, 2].map((number) => this.props.store.newOption({ option_ids: [] }, _t("Option %s", number)));
            values.option_ids[1].key = "option_2";
            values.option_ids[1].sequence = 20;
        }
        if (kind === "table" && !this.row.column_ids.length) {
            values.column_ids = [this.props.store.newColumn({ column_ids: [] }, _t("Column 1"))];
        }
        this.update(values);
    }

    update(values) {
        this.props.store.update(this.row.cid, values);
    }

    setText(name, text) {
        this.update({ [name]: text || false });
    }

    setDefault(value) {
        this.props.store.setRule(this.row.cid, "default", value);
    }

    get defaultValue() {
        return this.row.rules?.default;
    }

    /** The standard dialog for all languages, when the text is on the server. */
    async translate(fieldName) {
        const { row, store } = this.props;
        if (!(await store.save())) {
            return;
        }
        this.dialog.add(TranslationDialog, {
            fieldName,
            resModel: "service_desk.form.question",
            resId: store.idOf(row.cid),
            userLanguageValue: row[fieldName] || "",
            isComingFromTranslationAlert: false,
            onSave: () => store.reload(),
        });
    }
}
