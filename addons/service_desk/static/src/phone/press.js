/** @returns {string} a name for one press of Save, so that pressing twice makes one ticket */
export function newPress() {
    const random = () => Math.random().toString(36).slice(2, 10).padEnd(8, "0");
    return `${Date.now().toString(36)}-${random()}${random()}`;
}

const fold = (text) => text.toLowerCase().replaceAll("ё", "е");

/**
 * Find services as one types: every word must stand in the name; names that begin so come first.
 *
 * @param {{ id: number, name: string }[]} services
 * @param {string} text
 * @param {number} [limit]
 */
export function matchServices(services, text, limit = 8) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const found = services.filter((service) => {
        const name = fold(service.name);
        return words.every((word) => name.includes(word));
    });
    const rank = (service) => {
        const name = fold(service.name);
        const last = name.split(" / ").at(-1);
        return words.length && (name.startsWith(words[0]) || last.startsWith(words[0])) ? 0 : 1;
    };
    return found.sort((a, b) => rank(a) - rank(b)).slice(0, limit);
}
