const LATIN = {
    а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ё: "e", ж: "zh", з: "z", и: "i", й: "y", к: "k", л: "l", м: "m",
    н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch",
    ъ: "", ы: "y", ь: "", э: "e", ю: "yu", я: "ya",
};
const MOST_LETTERS = 32;

/**
 * @param {string} text a label
 * @param {string[]} taken keys that others have
 * @param {string} fallback begins a key where the label gives none
 * @returns {string} the key by which conditions and reports name it, as the server would make it
 */
export function latinKey(text, taken, fallback = "question") {
    const letters = [...(text || "").toLowerCase()].map((char) => LATIN[char] ?? char).join("");
    let key = letters.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, MOST_LETTERS).replace(/_+$/, "");
    if (!/^[a-z]/.test(key)) {
        key = key ? `${fallback}_${key}` : fallback;
    }
    let [found, number] = [key, 1];
    while (taken.includes(found)) {
        found = `${key}_${++number}`;
    }
    return found;
}

function eachCondition(rows, change) {
    for (const row of rows) {
        for (const name of ["shown_if", "required_if"]) {
            for (const line of Object.values(row[name] || {}).flat()) {
                change(line);
            }
        }
    }
}

/** Let all that asks about a question ask about it under its new key. */
export function renameQuestion(rows, oldKey, newKey) {
    eachCondition(rows, (line) => {
        if (line.key === oldKey) {
            line.key = newKey;
        }
    });
    for (const row of rows) {
        for (const limit of ["not_before", "not_after"]) {
            if (row.rules?.[limit]?.key === oldKey) {
                row.rules[limit].key = newKey;
            }
        }
    }
}

/** The same for an option of a question. */
export function renameOption(rows, question, oldKey, newKey) {
    const rename = (value) => (value === oldKey ? newKey : value);
    const renameIn = (value) => (Array.isArray(value) ? value.map(rename) : rename(value));
    eachCondition(rows, (line) => {
        if (line.key === question.key) {
            line.value = renameIn(line.value);
        }
    });
    if (question.rules?.default) {
        question.rules.default = renameIn(question.rules.default);
    }
}
