import { Component, onWillUpdateProps, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { inputOf, isGroup } from "./kinds";
import { readDefinition } from "./reading";
import "./table_input";
import { isRequired, shownOf } from "./visibility";

let count = 0;

/** One question with its label, help and error. */
export class FormField extends Component {
    static template = "service_desk.FormField";
    static props = {
        question: Object,
        value: { optional: true },
        id: String,
        isRequired: { type: Boolean, optional: true },
        isReadonly: { type: Boolean, optional: true },
        error: { type: String, optional: true },
        errors: { type: Object, optional: true },
        callbacks: { type: Object, optional: true },
        onChange: Function,
    };

    get isGroup() {
        return isGroup(this.props.question);
    }

    get input() {
        return inputOf(this.props.question);
    }

    get labelId() {
        return `${this.props.id}_label`;
    }

    get describedBy() {
        const { error, id, question } = this.props;
        const ids = [question.help && `${id}_help`, error && `${id}_error`].filter(Boolean);
        return ids.join(" ") || undefined;
    }

    get inputProps() {
        const { callbacks, error, errors, id, isReadonly, onChange, question, value } = this.props;
        return {
            callbacks,
            describedBy: this.describedBy,
            errors,
            id,
            isInvalid: Boolean(error),
            isReadonly,
            isRequired: this.props.isRequired,
            labelId: this.labelId,
            onChange,
            question,
            value,
        };
    }
}

/**
 * @param {Object} definition as published
 * @param {Object} answers as the form keeps them, also those to questions that are not asked any more
 * @returns {Object} the answers that the server takes
 */
export function answersToSend(definition, answers) {
    return shownOf(readDefinition(definition), answers).answers;
}

/**
 * The form of an offering: the same on the portal, in the backend and in the preview.
 *
 * It keeps no answers: whoever shows it gives them and is told of each change. What it needs from a server it asks through
 * `callbacks`: `search(question, text)` and `load(question, ids)` give `[{id, name, detail}]`, `upload(question, file)`
 * gives `{id, name, size}`.
 */
export class FormFields extends Component {
    static template = "service_desk.FormFields";
    static components = { FormField };
    static props = {
        /** as published */
        definition: Object,
        /** key → answer */
        answers: Object,
        /** called with all answers and the key of the changed one */
        onChange: Function,
        /** key → sentence, as the server refused */
        errors: { type: Object, optional: true },
        callbacks: { type: Object, optional: true },
        /** code of the reader's language, for instance ru_RU */
        lang: { type: String, optional: true },
        isReadonly: { type: Boolean, optional: true },
    };
    static defaultProps = { errors: {}, callbacks: {}, lang: "en_US" };

    setup() {
        this.id = `o_service_desk_form_${++count}`;
        this.root = useRef("root");
        this.summary = useRef("summary");
        this.state = useState({ mended: {} });
        this.read(this.props);
        onWillUpdateProps((next) => this.onNext(next));
        useEffect(
            (errors) => {
                if (Object.keys(errors).length) {
                    this.summary.el?.focus();
                }
            },
            () => [this.props.errors]
        );
    }

    read({ definition, lang }) {
        this.form = readDefinition(definition, lang);
    }

    onNext(next) {
        if (next.definition !== this.props.definition || next.lang !== this.props.lang) {
            this.read(next);
        }
        if (next.errors !== this.props.errors) {
            this.state.mended = {};
        }
    }

    /** Sections with the questions that the answers so far leave. */
    get sections() {
        const shown = shownOf(this.form, this.props.answers);
        return this.form.sections
            .map((section) => ({
                ...section,
                questions: section.questions
                    .filter(({ key }) => shown.keys.has(key))
                    .map((question) => ({ ...question, isNeeded: isRequired(question, shown.answers) })),
            }))
            .filter(({ questions }) => questions.length);
    }

    idOf(question) {
        return `${this.id}_${question.key}`;
    }

    /** What has been changed since it was refused is not marked any more. */
    errorOf(question) {
        return this.state.mended[question.key] ? undefined : this.props.errors[question.key];
    }

    get refused() {
        return this.sections
            .flatMap(({ questions }) => questions)
            .map((question) => ({ question, text: this.errorOf(question) || this.cellErrorOf(question) }))
            .filter(({ text }) => text);
    }

    cellErrorOf(question) {
        const begin = `${question.key}.`;
        const key = Object.keys(this.props.errors).find((name) => name.startsWith(begin));
        return key && !this.state.mended[question.key] ? this.props.errors[key] : undefined;
    }

    get refusedTitle() {
        const { length } = this.refused;
        return length === 1 ? _t("One answer needs another look") : _t("%s answers need another look", length);
    }

    goTo(question) {
        const field = this.root.el.querySelector(`[data-key="${question.key}"]`);
        field.scrollIntoView({ block: "center" });
        field.querySelector("[aria-invalid=true], input, select, textarea, button")?.focus();
    }

    set(question, value) {
        const answers = { ...this.props.answers };
        if (value === undefined || value === "" || value === null) {
            delete answers[question.key];
        } else {
            answers[question.key] = value;
        }
        this.state.mended[question.key] = true;
        this.props.onChange(answers, question.key);
    }
}
