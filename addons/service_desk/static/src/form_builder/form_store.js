import { _t } from "@web/core/l10n/translation";
import { recordCallbacks } from "../condition_editor/forms_service";
import { Draft, newCid } from "./draft";
import { latinKey, renameOption, renameQuestion } from "./keys";
import { CHILDREN, FORM_SPEC, newRow, renumber } from "./rows";

const MODEL = "service_desk.form";
const PAUSE_MS = 700;

/** A form that is being built: its draft is saved by itself, publishing is a step of its own. */
export class FormStore {
    constructor(orm, formId) {
        this.orm = orm;
        this.formId = formId;
        this.draft = new Draft(CHILDREN);
        this.callbacks = recordCallbacks(orm, formId);
        this.head = {};
        this.problems = [];
        this.status = "saved";
        this.refusal = "";
        this.selected = null;
        /** rows whose key still follows the label: nothing published names it */
        this.freshKeys = {};
        this.timer = null;
        this.saving = null;
    }

    get rows() {
        return this.draft.rows;
    }

    get selectedRow() {
        return this.rows.find(({ cid }) => cid === this.selected);
    }

    async load() {
        const [read] = await this.orm.webRead(MODEL, [this.formId], { specification: FORM_SPEC });
        this.takeHead(read);
        this.draft.load(read.question_ids);
        await this.check();
    }

    /** Read again what others, or other windows, have written; the steps to undo are over then. */
    async reload() {
        const place = this.rows.findIndex(({ cid }) => cid === this.selected);
        await this.load();
        this.selected = this.rows[place]?.cid || null;
    }

    takeHead({ display_name, service_id, version_number, is_changed }) {
        this.head = { name: display_name, service: service_id?.display_name || "", version_number, is_changed };
    }

    async check() {
        this.problems = this.rows.length ? await this.orm.silent.call(MODEL, "get_problems", [[this.formId]]) : [];
    }

    problemsOf(row) {
        return this.problems.filter(({ key }) => key && key === row.key).map(({ message }) => message);
    }

    get generalProblems() {
        const keys = this.rows.map(({ key }) => key);
        return this.problems.filter(({ key }) => !keys.includes(key)).map(({ label, message }) => (label ? `${label}: ${message}` : message));
    }

    // ------------------------------------------------------------------ changes
    change(change, step) {
        this.draft.change(change, step);
        this.saveSoon();
    }

    undo() {
        this.draft.undo();
        this.saveSoon();
    }

    redo() {
        this.draft.redo();
        this.saveSoon();
    }

    /** Put a new question behind the selected one; it is selected then. */
    add(kind, name) {
        const cid = newCid();
        this.change((rows) => {
            const row = newRow(cid, kind, name);
            row.key = this.freeKey(rows, name);
            if (["choice", "choices"].includes(kind)) {
                row.option_ids = [1, 2].map((number) => this.newOption(row, _t("Option %s", number)));
            }
            if (kind === "table") {
                row.column_ids = [this.newColumn(row, _t("Column 1"))];
            }
            const place = rows.findIndex((one) => one.cid === this.selected);
            rows.splice(place < 0 ? rows.length : place + 1, 0, row);
            renumber(rows);
        });
        this.freshKeys[cid] = true;
        this.selected = cid;
    }

    freeKey(rows, name, own) {
        return latinKey(name, rows.filter(({ cid }) => cid !== own).map(({ key }) => key));
    }

    newOption(row, name) {
        const cid = newCid();
        this.freshKeys[cid] = true;
        const taken = row.option_ids.map(({ key }) => key);
        return { cid, name, key: latinKey(name, taken, "option"), sequence: (row.option_ids.length + 1) * 10 };
    }

    newColumn(row, name) {
        const cid = newCid();
        this.freshKeys[cid] = true;
        const column = newRow(cid, "text", name);
        delete column.column_ids;
        return Object.assign(column, { key: this.freeKey(row.column_ids, name), sequence: (row.column_ids.length + 1) * 10 });
    }

    duplicate(cid) {
        const copy = newCid();
        this.change((rows) => {
            const place = rows.findIndex((row) => row.cid === cid);
            const row = this.copyOf(rows[place], copy);
            row.key = this.freeKey(rows, row.name);
            rows.splice(place + 1, 0, row);
            renumber(rows);
        });
        this.freshKeys[copy] = true;
        this.selected = copy;
    }

    copyOf(row, cid) {
        const copy = { ...JSON.parse(JSON.stringify(row)), cid };
        for (const name of ["option_ids", "column_ids"]) {
            if (copy[name]) {
                copy[name] = copy[name].map((child) => this.copyOf(child, newCid()));
            }
        }
        return copy;
    }

    remove(cid) {
        const place = this.rows.findIndex((row) => row.cid === cid);
        this.change((rows) => rows.splice(place, 1));
        const next = this.rows[Math.min(place, this.rows.length - 1)];
        this.selected = next ? next.cid : null;
    }

    /** @param {number} place where it stands afterwards */
    move(cid, place) {
        this.change((rows) => {
            const [row] = rows.splice(rows.findIndex((one) => one.cid === cid), 1);
            rows.splice(Math.max(0, Math.min(place, rows.length)), 0, row);
            renumber(rows);
        });
    }

    /** Change values of a question; the key follows the label of one that is new. */
    update(cid, values) {
        const step = `${cid}.${Object.keys(values).join()}`;
        this.change((rows) => {
            const row = this.draft.find(cid, rows);
            Object.assign(row, values);
            if ("name" in values && this.freshKeys[cid] && rows.includes(row)) {
                const key = this.freeKey(rows, values.name, cid);
                renameQuestion(rows, row.key, key);
                row.key = key;
            }
        }, step);
    }

    setRule(cid, name, value) {
        const { rules, ...row } = this.draft.find(cid);
        const next = { ...(rules || {}), [name]: value };
        if (value === undefined || value === null || value === "") {
            delete next[name];
        }
        this.update(row.cid, { rules: Object.keys(next).length ? next : false });
    }

    /** Name an option; its key follows while it is new. */
    nameOption(question, cid, name) {
        this.change((rows) => {
            const owner = this.draft.find(question.cid, rows);
            const option = owner.option_ids.find((one) => one.cid === cid);
            option.name = name;
            if (this.freshKeys[cid]) {
                const taken = owner.option_ids.filter((one) => one !== option).map(({ key }) => key);
                const key = latinKey(name, taken, "option");
                renameOption(rows, owner, option.key, key);
                option.key = key;
            }
        }, `${cid}.name`);
    }

    // ------------------------------------------------------------------- saving
    saveSoon() {
        clearTimeout(this.timer);
        this.status = "waiting";
        this.timer = setTimeout(() => this.save(), PAUSE_MS);
    }

    /** The rows as they can be saved: a question without a text yet bears a name of its own. */
    get sendable() {
        const named = (row, name) => ({ ...row, name: row.name?.trim() ? row.name : name });
        return JSON.parse(JSON.stringify(this.rows)).map((row) => ({
            ...named(row, _t("Question")),
            option_ids: row.option_ids.map((option) => named(option, _t("Option"))),
            column_ids: row.column_ids.map((column) => ({
                ...named(column, _t("Column")),
                option_ids: column.option_ids.map((option) => named(option, _t("Option"))),
            })),
        }));
    }

    /** Save what has changed, one call after the other; a refusal is told and what was typed stays. */
    async save() {
        clearTimeout(this.timer);
        while (this.saving) {
            await this.saving;
        }
        this.saving = this.send();
        try {
            return await this.saving;
        } finally {
            this.saving = null;
        }
    }

    async send() {
        const sent = this.sendable;
        const commands = this.draft.diff(this.draft.saved, sent, CHILDREN);
        if (!commands.length) {
            this.status = "saved";
            return true;
        }
        this.status = "saving";
        try {
            const options = { specification: FORM_SPEC };
            const [read] = await this.orm.webSave(MODEL, [this.formId], { question_ids: commands }, options);
            this.draft.confirm(sent, read.question_ids);
            this.takeHead(read);
            await this.check();
            this.refusal = "";
            this.status = this.status === "saving" ? "saved" : this.status;
            return true;
        } catch (error) {
            this.status = "refused";
            this.refusal = error.data?.message || error.message;
            return false;
        }
    }

    async publish() {
        if (!(await this.save())) {
            return false;
        }
        await this.orm.call(MODEL, "action_publish", [[this.formId]]);
        this.freshKeys = {};
        const [read] = await this.orm.webRead(MODEL, [this.formId], { specification: FORM_SPEC });
        this.takeHead(read);
        return true;
    }

    idOf(cid) {
        return this.draft.ids[cid];
    }
}
