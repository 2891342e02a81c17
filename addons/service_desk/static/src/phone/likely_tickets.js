import { Component, onMounted, onWillUpdateProps, status, useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { STATE_BADGES } from "../core/badges";

const DELAY = 400;
/** Shorter subjects are like everything. */
const SHORTEST = 4;

/** What may be the same matter as the ticket that the operator writes: looked up while he types. */
export class LikelyTickets extends Component {
    static template = "service_desk.LikelyTickets";
    static props = {
        subject: String,
        onReady: Function,
        onAdd: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ rows: [] });
        const later = useDebounced((props) => this.load(props), DELAY);
        this.props.onReady(this);
        onMounted(() => this.load(this.props));
        onWillUpdateProps((props) => {
            if (props.subject !== this.props.subject) {
                later(props);
            }
        });
    }

    async load({ subject }) {
        const rows = await this.keepLast.add(this.fetch(subject));
        if (status(this) === "mounted") {
            this.state.rows = rows.filter((row) => row.has_same_words);
        }
    }

    /** Look for the words alone: what the caller has open besides is on his card and would crowd them out. */
    async fetch(name) {
        return name.length < SHORTEST
            ? []
            : this.orm.silent.call("service_desk.ticket", "get_likely_duplicates", [{ name }]);
    }

    /** The likeliest that is still open: what the key adds to. */
    get first() {
        return this.state.rows.find((row) => row.is_open);
    }

    badgeClass(row) {
        return STATE_BADGES[row.state] || "text-bg-secondary";
    }
}
