import { toRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/**
 * After an answer was posted: say that it leaves in a moment, and take it back when asked.
 *
 * @param {import("@web/env").OdooEnv} env of the composer
 * @param {{ message: object, value: object, thread: object }} sent
 */
export function offerUndo(env, { message, value, thread }) {
    const seconds = env.ticketDesk?.undoSendSeconds;
    if (!seconds) {
        return;
    }
    const { notification, orm } = env.services;
    const undo = async () => {
        close();
        const isUndone = await orm.call("service_desk.ticket", "action_undo_send", [[thread.id], message.id]);
        if (isUndone === false) {
            notification.add(_t("Too late: the answer has left already."), { type: "warning" });
            return;
        }
        toRaw(thread.composer).composerHtml = value;
        env.inChatter?.toggleComposer?.("message", { force: true });
        await env.ticketDesk.reload();
    };
    const close = notification.add(_t("The answer leaves in %(seconds)s s.", { seconds }), {
        type: "info",
        className: "o_service_desk_undo",
        autocloseDelay: seconds * 1000,
        buttons: [{ name: _t("Undo"), icon: "fa-undo", primary: true, onClick: undo }],
    });
}
