import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { readDefinition } from "../form/reading";

/** Reads forms for those who ask about their answers; rows of a list that ask at once ask together. */
export const formsService = {
    dependencies: ["orm"],
    start(env, { orm }) {
        const asked = new Map();

        async function read({ model, id, definition }) {
            if (!model) {
                return definition ? readDefinition(definition, user.context.lang) : null;
            }
            const fields = { "service_desk.offering": "form_id", "service_desk.form": "draft_definition" };
            const [found] = id && fields[model] ? await orm.silent.read(model, [id], [fields[model]]) : [];
            if (model === "service_desk.offering") {
                return found?.form_id ? read({ model: "service_desk.form", id: found.form_id[0] }) : null;
            }
            return found ? readDefinition(found.draft_definition, user.context.lang) : null;
        }

        /**
         * @param {{model: string, id: number}|{definition: Object}} source
         * @returns {Promise<Object|null>} as readDefinition gives it, null where there is no form
         */
        function load(source) {
            const name = JSON.stringify(source);
            if (!asked.has(name)) {
                asked.set(name, read(source).finally(() => asked.delete(name)));
            }
            return asked.get(name);
        }

        /** What boxes of records need, by the rights of the user. */
        const callbacks = {
            search: (question, text) => orm.silent.call("service_desk.form", "find_records", [question.kind, text]),
            load: (question, ids) => orm.silent.call("service_desk.form", "name_records", [question.kind, ids]),
        };
        return { load, callbacks };
    },
};

registry.category("services").add("service_desk.forms", formsService);
