import { _t } from "@web/core/l10n/translation";

/** The lists below a row of a form. */
export const CHILDREN = { option_ids: {}, column_ids: { option_ids: {} } };

const OPTION_FIELDS = ["name", "key", "sequence"];
const ROW_FIELDS = [
    "name", "key", "kind", "sequence", "help_text", "placeholder", "is_required", "required_if", "shown_if",
    "prefill", "rules", "pattern_hint",
];

function toSpec(names) {
    return Object.fromEntries(names.map((name) => [name, {}]));
}

const OPTIONS = { fields: toSpec(OPTION_FIELDS) };
/** What is read of a form. */
export const FORM_SPEC = {
    display_name: {},
    service_id: { fields: { display_name: {} } },
    version_number: {},
    is_changed: {},
    active: {},
    question_ids: {
        fields: {
            ...toSpec(ROW_FIELDS),
            option_ids: OPTIONS,
            column_ids: { fields: { ...toSpec(ROW_FIELDS), option_ids: OPTIONS } },
        },
    },
};

/** @returns {Object} a row as it begins; its cid is given by who puts it in */
export function newRow(cid, kind, name) {
    return {
        cid,
        name,
        key: "",
        kind,
        sequence: 0,
        help_text: false,
        placeholder: false,
        is_required: false,
        required_if: false,
        shown_if: false,
        prefill: false,
        rules: false,
        pattern_hint: false,
        option_ids: [],
        column_ids: [],
    };
}

/** Number the rows by their place, as the server sorts them. */
export function renumber(rows) {
    rows.forEach((row, place) => {
        row.sequence = (place + 1) * 10;
    });
}

/** @returns {Object} the question as the renderer draws it, from a row of the draft */
export function toQuestion(row, table = null) {
    const rules = row.rules || {};
    const { max_mb, types } = rules;
    return {
        ...rules,
        key: row.key || row.cid,
        kind: row.kind,
        label: row.name || _t("(no text yet)"),
        help: row.help_text || "",
        placeholder: row.placeholder || "",
        required: row.is_required,
        options: row.option_ids.map(({ key, name, cid }) => ({ key: key || cid, label: name })),
        path: table?.key ? `${table.key}.${row.key}` : row.key,
        columns: (row.column_ids || []).map((column) => toQuestion(column, row)),
        accept: types?.map((type) => `.${type}`).join(","),
        max_bytes: max_mb && max_mb * 1024 * 1024,
    };
}

/** @returns {boolean} whether the row is a question and not the beginning of a section */
export function isQuestion(row) {
    return row.kind !== "section";
}

/** @returns {Object[]} questions that have answers before this row is shown */
export function questionsBefore(rows, cid) {
    const place = rows.findIndex((row) => row.cid === cid);
    return rows.slice(0, place).filter(isQuestion).map((row) => toQuestion(row));
}
