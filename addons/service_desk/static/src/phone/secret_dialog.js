import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** A secret that has just been made: shown this once. */
export class SecretDialog extends Component {
    static template = "service_desk.SecretDialog";
    static components = { Dialog };
    static props = { secret: String, url: String, auth: String, close: Function };

    setup() {
        this.title = _t("The secret of the exchange");
        this.notification = useService("notification");
    }

    async copy(text) {
        await browser.navigator.clipboard.writeText(text);
        this.notification.add(_t("Copied"), { type: "success" });
    }
}

function showSecret(env, { params }) {
    return new Promise((resolve) => {
        env.services.dialog.add(SecretDialog, params, {
            onClose: () => resolve(env.services.action.doAction("soft_reload")),
        });
    });
}

registry.category("actions").add("service_desk.show_secret", showSecret);
