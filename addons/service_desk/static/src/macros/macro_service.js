import { markup } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { MacroItem } from "./macro_item";

/** A menu is asked for again after so long; macros change rarely. */
const KEEP_FOR = 60_000;

/**
 * @typedef {Object} MacroTarget
 * @property {number[]} ticketIds
 * @property {number[]} teamIds
 * @property {() => Promise<boolean|void>} [beforeApply] saves what is open; false stops
 * @property {(macro: object, html: ReturnType<markup>) => void} [compose] puts a text into the composer
 * @property {() => Promise<void>|void} [afterApply] shows what has changed
 */

/** The menu of macros, and what happens when one is chosen. */
export class MacroMenu {
    constructor(env, { orm, command, notification }) {
        this.env = env;
        this.orm = orm;
        this.command = command;
        this.notification = notification;
        this.kept = new Map();
    }

    /** @returns {Promise<object[]>} the macros for tickets of these teams */
    async list(teamIds) {
        const key = [...teamIds].sort().join(",");
        const known = this.kept.get(key);
        if (known && Date.now() - known.at < KEEP_FOR) {
            return known.macros;
        }
        const macros = await this.orm.call("service_desk.macro", "get_menu", [teamIds]);
        this.kept.set(key, { at: Date.now(), macros });
        return macros;
    }

    /** Forget what was fetched: somebody has changed macros. */
    forget() {
        this.kept.clear();
    }

    /**
     * Let the user choose a macro, by typing a part of its name.
     *
     * @param {MacroTarget} target
     */
    async open(target) {
        const macros = await this.list(target.teamIds);
        this.command.openPalette({
            configByNamespace: {
                default: {
                    categories: ["default"],
                    emptyMessage: _t("No macro found"),
                    placeholder: _t("Search a macro..."),
                },
            },
            providers: [{ provide: () => macros.map((macro) => this.commandFor(macro, target)) }],
        });
    }

    commandFor(macro, target) {
        return {
            Component: MacroItem,
            props: { macro },
            name: macro.name,
            category: "default",
            action: () => {
                this.apply(macro, target);
            },
        };
    }

    /**
     * Apply the macro that has this digit; tells when there is none.
     *
     * @param {string} digit "1" to "9"
     * @param {MacroTarget} target
     */
    async applyKey(digit, target) {
        const macros = await this.list(target.teamIds);
        const macro = macros.find((candidate) => candidate.hotkey === digit);
        if (macro) {
            await this.apply(macro, target);
        } else {
            this.notification.add(_t("No macro has the key %(digit)s.", { digit }), { type: "info" });
        }
    }

    /**
     * @param {object} macro
     * @param {MacroTarget} target
     */
    async apply(macro, target) {
        if (target.beforeApply && (await target.beforeApply()) === false) {
            return;
        }
        const isEdited = macro.compose_first && macro.message_kind !== "none";
        if (isEdited && target.compose && target.ticketIds.length === 1) {
            const html = await this.orm.call("service_desk.ticket", "get_macro_text", [
                target.ticketIds,
                macro.id,
            ]);
            // markup: the text was sanitised when the macro was saved, its placeholders were escaped
            await target.compose(macro, markup(html));
            return;
        }
        await this.orm.call("service_desk.ticket", "action_apply_macro", [target.ticketIds, macro.id]);
        this.notification.add(_t("Done: %(macro)s", { macro: macro.name }), { type: "success" });
        await target.afterApply?.();
    }
}

export const macroService = {
    dependencies: ["orm", "command", "notification"],
    start(env, services) {
        return new MacroMenu(env, services);
    },
};

registry.category("services").add("service_desk.macros", macroService);

/** What the button "Macros" over selected tickets opens. */
async function openMacros(env, { params }) {
    await env.services["service_desk.macros"].open({
        ticketIds: params.ticket_ids,
        teamIds: params.team_ids,
        afterApply: () => env.services.action.doAction("soft_reload"),
    });
}

registry.category("actions").add("service_desk.macros", openMacros);
