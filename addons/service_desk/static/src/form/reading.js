const NO_SECTION = "";
const BYTES_OF_MB = 1024 * 1024;

/**
 * @param {Object|string|undefined} texts language → text, or a text that is in the right language already
 * @param {string} lang
 * @returns {string} in the reader's language, its like, English, or any
 */
export function textIn(texts, lang) {
    if (typeof texts !== "object" || texts === null) {
        return texts || "";
    }
    const family = (lang || "").split("_")[0];
    const alike = Object.keys(texts).filter((code) => code.split("_")[0] === family);
    const found = [lang, ...alike, "en_US", ...Object.keys(texts)].find((code) => texts[code]);
    return found ? texts[found] : "";
}

function readQuestion(data, lang, table = "") {
    return {
        ...data,
        // names it among all questions of the form
        path: table ? `${table}.${data.key}` : data.key,
        label: textIn(data.label, lang),
        help: textIn(data.help, lang),
        placeholder: textIn(data.placeholder, lang),
        options: (data.options || []).map((option) => ({ ...option, label: textIn(option.label, lang) })),
        columns: (data.columns || []).map((column) => readQuestion(column, lang, data.key)),
        // the browser offers only what the question takes
        accept: data.types?.map((type) => `.${type}`).join(","),
        max_bytes: data.max_mb && data.max_mb * BYTES_OF_MB,
    };
}

/**
 * Reads a published definition for those who draw it: texts in one language, questions under their sections.
 *
 * @param {Object} definition as docs/developers/forms.md describes it
 * @param {string} lang for instance ru_RU
 */
export function readDefinition(definition, lang) {
    const questions = (definition.questions || []).map((data) => readQuestion(data, lang));
    const known = (definition.sections || []).map((data) => ({
        ...data,
        label: textIn(data.label, lang),
        help: textIn(data.help, lang),
    }));
    const sections = [];
    for (const question of questions) {
        const key = question.section || NO_SECTION;
        if (!sections.length || sections.at(-1).key !== key) {
            const data = known.find((section) => section.key === key) || {};
            sections.push({ ...data, key, id: `${key}_${sections.length}`, questions: [] });
        }
        sections.at(-1).questions.push(question);
    }
    return { questions, sections, sectionOf: Object.fromEntries(known.map((one) => [one.key, one])) };
}
