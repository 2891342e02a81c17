import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { readDefinition } from "../form/reading";

/**
 * What boxes of records need: `search` finds what may be answered to a question of a form, `load` names records by the
 * rights of the user.
 *
 * @param {Object} [more] arguments of find_records: partner_id, draft
 */
export function recordCallbacks(orm, formId, more = {}) {
    let models = null;
    async function load(question, ids) {
        models ??= (await orm.silent.call("service_desk.form", "get_builder_facts", [])).models;
        const model = models[question.kind];
        const rows = model ? await orm.silent.searchRead(model, [["id", "in", ids]], ["display_name"]) : [];
        return rows.map((row) => ({ id: row.id, name: row.display_name }));
    }
    const search = (question, text) =>
        orm.silent.call("service_desk.form", "find_records", [[formId], question.path || question.key, text], more);
    return { load, search };
}

/** Reads forms for those who ask about their answers; rows of a list that ask at once ask together. */
export const formsService = {
    dependencies: ["orm"],
    start(env, { orm }) {
        const asked = new Map();

        async function formIdOf({ model, id }) {
            if (model !== "service_desk.offering" || !id) {
                return id;
            }
            const [offering] = await orm.silent.read(model, [id], ["form_id"]);
            return offering?.form_id && offering.form_id[0];
        }

        async function read(source) {
            if (source.definition) {
                return { ...readDefinition(source.definition, user.context.lang), callbacks: {} };
            }
            const formId = await formIdOf(source);
            const [form] = formId ? await orm.silent.read("service_desk.form", [formId], ["draft_definition"]) : [];
            return form
                ? { ...readDefinition(form.draft_definition, user.context.lang), callbacks: recordCallbacks(orm, formId) }
                : null;
        }

        /**
         * @param {{model: string, id: number}|{definition: Object}} source
         * @returns {Promise<Object|null>} as readDefinition gives it, with callbacks; null where there is no form
         */
        function load(source) {
            const name = JSON.stringify(source);
            if (!asked.has(name)) {
                asked.set(name, read(source).finally(() => asked.delete(name)));
            }
            return asked.get(name);
        }
        return { load };
    },
};

registry.category("services").add("service_desk.forms", formsService);
