import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, parseNumber } from "../form/numbers";

/** Which limits a kind has; those of days are drawn by their own lines. */
const NUMBERS = {
    text: ["min_length", "max_length"],
    long_text: ["min_length", "max_length"],
    number: ["min", "max", "decimals"],
    money: ["min", "max"],
    choices: ["min_count", "max_count"],
    files: ["max_count", "max_mb"],
    table: ["min_count", "max_count"],
};

/** What an answer may be: from, to, how long, how many, of which pattern. */
export class LimitsEditor extends Component {
    static template = "service_desk.LimitsEditor";
    static props = { store: Object, row: Object, earlierDays: Array };

    get rules() {
        return this.props.row.rules || {};
    }

    get numbers() {
        return (NUMBERS[this.props.row.kind] || []).map((name) => ({
            name,
            label: this.labelOf(name),
            value: formatNumber(this.rules[name]),
        }));
    }

    labelOf(name) {
        const isFiles = this.props.row.kind === "files";
        return {
            min: _t("At least"),
            max: _t("At most"),
            decimals: _t("Decimal places"),
            min_length: _t("At least letters"),
            max_length: _t("At most letters"),
            min_count: this.props.row.kind === "table" ? _t("At least rows") : _t("At least choices"),
            max_count: isFiles ? _t("At most files") : this.props.row.kind === "table" ? _t("At most rows") : _t("At most choices"),
            max_mb: _t("At most MB each"),
        }[name];
    }

    setNumber(name, text) {
        this.set(name, parseNumber(text));
    }

    set(name, value) {
        this.props.store.setRule(this.props.row.cid, name, value);
    }

    // --------------------------------------------------------------------- days
    get isDay() {
        return ["date", "datetime"].includes(this.props.row.kind);
    }

    get days() {
        return [
            { name: "not_before", label: _t("Not before") },
            { name: "not_after", label: _t("Not after") },
        ].map((limit) => ({ ...limit, ...this.readDay(this.rules[limit.name]) }));
    }

    readDay(limit) {
        const of = limit?.today ? "today" : limit?.key ? `key:${limit.key}` : "";
        return { of, shift: limit?.days || 0 };
    }

    get dayChoices() {
        return [
            { value: "", label: _t("any day") },
            { value: "today", label: _t("the day of asking") },
            ...this.props.earlierDays.map(({ key, label }) => ({ value: `key:${key}`, label })),
        ];
    }

    setDay({ name }, of, shift) {
        const begin = of === "today" ? { today: true } : { key: of.slice("key:".length) };
        const days = Number.parseInt(shift, 10) || 0;
        this.set(name, of ? { ...begin, ...(days ? { days } : {}) } : undefined);
    }

    // -------------------------------------------------------------------- texts
    get types() {
        return (this.rules.types || []).join(", ");
    }

    setTypes(text) {
        const types = text.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
        this.set("types", types.length ? types : undefined);
    }

    setHint(text) {
        this.props.store.update(this.props.row.cid, { pattern_hint: text || false });
    }
}
