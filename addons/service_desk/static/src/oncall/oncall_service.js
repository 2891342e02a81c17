import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

/**
 * Shows a call of the person on duty on every page of the web client, until he acknowledges it or somebody
 * else does. What rang before the page was opened is shown as well.
 */
export const oncallService = {
    dependencies: ["action", "bus_service", "notification", "orm"],

    start(env, { action, bus_service: bus, notification, orm }) {
        /** @type {Map<number, () => void>} what closes the message of each call */
        const shown = new Map();

        function end(id) {
            shown.get(id)?.();
            shown.delete(id);
        }

        async function acknowledge(call) {
            await orm.call("service_desk.oncall.call", "action_acknowledge", [[call.id]]);
            end(call.id);
            await open(call);
        }

        function open(call) {
            return action.doAction({
                type: "ir.actions.act_window",
                res_model: "service_desk.ticket",
                res_id: call.ticket_id,
                views: [[false, "form"]],
            });
        }

        function show(call) {
            end(call.id);
            const close = notification.add(call.name, {
                title: _t("On duty: %(number)s, %(team)s", { number: call.number, team: call.team }),
                type: "danger",
                sticky: true,
                className: "o_service_desk_oncall_call",
                buttons: [
                    { name: _t("Acknowledge"), primary: true, onClick: () => acknowledge(call) },
                    { name: _t("Open Ticket"), onClick: () => open(call) },
                ],
                onClose: () => shown.delete(call.id),
            });
            shown.set(call.id, close);
        }

        bus.subscribe("service_desk.oncall/call", show);
        bus.subscribe("service_desk.oncall/end", ({ id }) => end(id));
        if (session.service_desk_is_called) {
            orm.silent
                .call("service_desk.oncall.call", "get_ringing_calls", [])
                .then((calls) => calls.forEach(show));
        }
        return { show, end };
    },
};

registry.category("services").add("service_desk.oncall", oncallService);
