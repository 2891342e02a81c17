import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Faces of those who have the same ticket open, and who of them writes. */
export class PresenceBar extends Component {
    static template = "service_desk.PresenceBar";
    static props = { ticketId: [Number, Boolean], showWriters: { type: Boolean, optional: true } };

    setup() {
        this.presence = useService("service_desk.presence");
        this.state = useState(this.presence.state);
    }

    get people() {
        const isHere = this.state.ticketId && this.state.ticketId === this.props.ticketId;
        const people = isHere ? Object.values(this.state.others) : [];
        return people.sort((a, b) => a.name.localeCompare(b.name));
    }

    get writers() {
        return this.people.filter((person) => person.isTyping);
    }

    imageOf(person) {
        return `/web/image/res.users/${person.id}/avatar_128`;
    }

    titleOf(person) {
        return person.isTyping
            ? _t("%(name)s is writing an answer…", { name: person.name })
            : _t("%(name)s has this ticket open", { name: person.name });
    }

    get text() {
        const [first, ...rest] = this.writers;
        if (!first) {
            return "";
        }
        return rest.length
            ? _t("%(count)s people are writing an answer…", { count: rest.length + 1 })
            : this.titleOf(first);
    }
}

/** The bar as a widget of the form. */
export class PresenceWidget extends Component {
    static template = "service_desk.PresenceWidget";
    static components = { PresenceBar };
    static props = { ...standardWidgetProps };
}

registry.category("view_widgets").add("service_desk_presence", { component: PresenceWidget });
