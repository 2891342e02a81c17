import { Component, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { matchServices } from "./press";

/**
 * The service, found while one types: the whole catalogue is here, nothing is asked of the server.
 *
 * The marked line is what is meant, whether it is taken with Enter, with Tab or by saving at once.
 */
export class ServicePicker extends Component {
    static template = "service_desk.ServicePicker";
    static props = {
        services: Array,
        serviceId: [Number, { value: false }],
        onChosen: Function,
    };

    setup() {
        this.input = useRef("input");
        this.state = useState({ text: this.nameOf(this.props.serviceId), active: 0, isOpen: false });
        onWillUpdateProps(({ serviceId }) => {
            if (serviceId !== this.props.serviceId && !this.state.isOpen) {
                this.state.text = this.nameOf(serviceId);
            }
        });
    }

    nameOf(serviceId) {
        return this.props.services.find((service) => service.id === serviceId)?.name || "";
    }

    get matches() {
        return this.state.isOpen ? matchServices(this.props.services, this.state.text) : [];
    }

    get activeId() {
        return this.matches.length ? `o_service_desk_service_${this.state.active}` : undefined;
    }

    onInput(ev) {
        Object.assign(this.state, { text: ev.target.value, active: 0, isOpen: true });
        this.mean();
    }

    /** Tell what is marked: nobody has to confirm what is plain. */
    mean() {
        const service = this.state.text.trim() && this.matches[this.state.active];
        this.props.onChosen(service ? service.id : false);
    }

    onKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (step && !ev.altKey) {
            ev.preventDefault();
            this.move(step);
        } else if (ev.key === "Enter" && this.state.isOpen && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            this.close();
        } else if (ev.key === "Escape" && this.state.isOpen) {
            ev.preventDefault();
            this.close();
        }
    }

    move(step) {
        if (!this.state.isOpen) {
            Object.assign(this.state, { text: "", isOpen: true, active: 0 });
            step = 0;
        }
        const count = this.matches.length;
        if (count) {
            this.state.active = (this.state.active + step + count) % count;
            this.props.onChosen(this.matches[this.state.active].id);
        }
    }

    take(service) {
        this.props.onChosen(service.id);
        Object.assign(this.state, { text: service.name, isOpen: false });
    }

    /** The box shows the whole name of what it means. */
    close() {
        Object.assign(this.state, { text: this.nameOf(this.props.serviceId), isOpen: false });
    }
}
