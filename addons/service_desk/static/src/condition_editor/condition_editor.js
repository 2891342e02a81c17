import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { inputOf } from "../form/kinds";
import { isComplete, needsValue, operatorLabel, operatorsOf, valueQuestion } from "./operators";

let count = 0;

/** Builds a condition on answers, question by question, without code. */
export class ConditionEditor extends Component {
    static template = "service_desk.ConditionEditor";
    static props = {
        condition: { optional: true },
        /** questions as read by form/reading.js: those that may be asked about */
        questions: Array,
        onChange: Function,
        callbacks: { type: Object, optional: true },
        /** what no condition means */
        emptyText: { type: String, optional: true },
    };

    setup() {
        this.id = `o_service_desk_condition_${++count}`;
        Object.assign(this, { inputOf, needsValue, operatorLabel, operatorsOf, valueQuestion });
        this.state = useState(this.read(this.props.condition));
        onWillUpdateProps(({ condition }) => {
            if (JSON.stringify(condition || null) !== JSON.stringify(this.condition)) {
                Object.assign(this.state, this.read(condition));
            }
        });
    }

    read(condition) {
        const how = condition?.any ? "any" : "all";
        const lines = Array.isArray(condition?.[how]) ? condition[how] : [];
        return { how, lines: lines.map((line) => ({ ...line })) };
    }

    /** What is complete; an unfinished line waits for its value. */
    get condition() {
        const lines = this.state.lines.filter(isComplete).map(({ key, op, value }) => (needsValue(op) ? { key, op, value } : { key, op }));
        return lines.length ? { [this.state.how]: lines } : null;
    }

    tell() {
        this.props.onChange(this.condition);
    }

    questionOf(line) {
        return this.props.questions.find(({ key }) => key === line.key);
    }

    add() {
        const [question] = this.props.questions;
        this.state.lines.push({ key: question.key, op: operatorsOf(question)[0] });
        this.tell();
    }

    remove(place) {
        this.state.lines.splice(place, 1);
        this.tell();
    }

    setHow(how) {
        this.state.how = how;
        this.tell();
    }

    setQuestion(line, key) {
        line.key = key;
        line.op = operatorsOf(this.questionOf(line))[0];
        line.value = undefined;
        this.tell();
    }

    setOperator(line, op) {
        const question = this.questionOf(line);
        if (valueQuestion(question, op).kind !== valueQuestion(question, line.op).kind) {
            line.value = undefined;
        }
        line.op = op;
        this.tell();
    }

    setValue(line, value) {
        line.value = value;
        this.tell();
    }

    isUnfinished(line) {
        return !isComplete(line);
    }

    lineLabel(place) {
        return _t("Condition %s", place + 1);
    }

    removeLabel(place) {
        return _t("Remove condition %s", place + 1);
    }

    get howChoices() {
        return [
            ["all", _t("all of these hold")],
            ["any", _t("any of these holds")],
        ];
    }
}
