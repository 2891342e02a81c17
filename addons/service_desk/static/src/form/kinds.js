import { registry } from "@web/core/registry";
import { ChoiceInput, ChoicesInput, YesNoInput } from "./choice_input";
import { DateInput } from "./date_input";
import { FileInput } from "./file_input";
import { NumberInput } from "./number_input";
import { RecordInput } from "./record_input";
import { TextInput } from "./text_input";

/** kind of question → the component that takes its answer; an add-on adds its kinds here. */
export const formKinds = registry.category("service_desk.form_kinds");

formKinds
    .add("text", TextInput)
    .add("long_text", TextInput)
    .add("number", NumberInput)
    .add("money", NumberInput)
    .add("date", DateInput)
    .add("datetime", DateInput)
    .add("boolean", YesNoInput)
    .add("choice", ChoiceInput)
    .add("choices", ChoicesInput)
    .add("files", FileInput);

/**
 * @param {Object} question
 * @returns {typeof import("@odoo/owl").Component} what an add-on has not named is a record that is searched
 */
export function inputOf(question) {
    return formKinds.get(question.kind, RecordInput);
}

/** @returns {boolean} whether the question is a legend over several boxes instead of a label of one */
export function isGroup(question) {
    return inputOf(question).isGroup?.(question) || false;
}
