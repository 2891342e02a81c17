import { onWillUpdateProps, useState } from "@odoo/owl";
import { PersonPanel } from "../requester_panel/person_panel";

/** The caller as the panel beside a ticket shows its requester. */
export class CallerCard extends PersonPanel {
    static template = "service_desk.RequesterPanel";
    static props = { card: Object };

    setup() {
        super.setup();
        this.state = useState({ ...this.stateOf(this.props.card), isFolded: false });
        onWillUpdateProps(({ card }) => Object.assign(this.state, this.stateOf(card)));
    }

    stateOf({ person, sections }) {
        return { person, sections, isLoaded: true };
    }

    toggle() {
        this.state.isFolded = !this.state.isFolded;
    }
}
