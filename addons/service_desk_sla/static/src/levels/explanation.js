import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";
import { toMs } from "../countdown/reading";
import { momentText, workTime } from "../countdown/words";

/** Why a deadline is when it is, interval by interval; made to be printed as well. */
export class ClockExplanation extends Component {
    static template = "service_desk_sla.ClockExplanation";
    static components = { Dialog };
    static props = { ticketId: Number, clock: Object, close: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ explanation: null });
        onWillStart(async () => {
            this.state.explanation = await this.orm.call("service_desk.ticket", "get_clock_explanation", [
                [this.props.ticketId],
                this.props.clock.id,
            ]);
        });
        onWillUnmount(() => document.body.classList.remove("o_service_desk_prints"));
    }

    moment(text) {
        return text ? momentText(toMs(text)) : "";
    }

    time(seconds) {
        return workTime(seconds);
    }

    print() {
        document.body.classList.add("o_service_desk_prints");
        window.print();
        document.body.classList.remove("o_service_desk_prints");
    }
}
