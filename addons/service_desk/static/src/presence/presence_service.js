import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

/** Said only after the ticket stays open so long: paging through a list announces nothing. */
export const HELLO_DELAY = 1_500;
/** Between signs of life, and only while somebody else is there. */
export const HEARTBEAT = 25_000;
/** Between two "I write" while somebody keeps typing. */
export const TYPING_EVERY = 15_000;
/** Without a sign of life for so long, a person is gone; without a key, he no longer writes. */
export const GONE_AFTER = 60_000;
export const TYPING_FOR = 30_000;
/** Answers to a greeting are spread, so that ten browsers do not speak at once. */
const REPLY_SPREAD = 800;

/**
 * Who else has the ticket open in this tab. Nothing is stored: people greet, answer and are forgotten.
 *
 * A browser alone on its ticket sends one greeting and is silent; a hidden tab takes no part.
 */
export class TicketPresence {
    constructor(bus, orm) {
        this.bus = bus;
        this.orm = orm;
        this.state = reactive({ ticketId: false, others: {} });
        this.onPosted = () => {};
        this.isTyping = false;
        this.lastTyping = 0;
        this.helloTimer = null;
        this.beatTimer = null;
        bus.subscribe("service_desk.ticket/presence", (payload) => this.receive(payload));
        document.addEventListener("visibilitychange", () => this.onVisibilityChange());
    }

    /** @returns {{ id: number, name: string, isTyping: boolean }[]} the other people, by name */
    get people() {
        return Object.values(this.state.others).sort((a, b) => a.name.localeCompare(b.name));
    }

    /**
     * Take part on a ticket, instead of the one before.
     *
     * @param {number|false} ticketId
     * @param {() => void} [onPosted] called when somebody else has posted
     */
    join(ticketId, onPosted = () => {}) {
        this.onPosted = onPosted;
        if (ticketId === this.state.ticketId) {
            return;
        }
        this.leave();
        if (!ticketId) {
            return;
        }
        this.state.ticketId = ticketId;
        this.bus.addChannel(this.channel);
        this.greet();
    }

    /** Stop taking part. */
    leave() {
        if (!this.state.ticketId) {
            return;
        }
        this.sayGoodbye();
        this.bus.deleteChannel(this.channel);
        this.state.ticketId = false;
        this.onPosted = () => {};
    }

    get channel() {
        return `service_desk.ticket_${this.state.ticketId}`;
    }

    /** The user has pressed a key in the composer. */
    typing() {
        this.isTyping = true;
        const now = Date.now();
        if (this.people.length && now - this.lastTyping >= TYPING_EVERY) {
            this.lastTyping = now;
            this.announce("type");
        }
    }

    /** The user has stopped writing, without posting. */
    stopTyping() {
        if (this.isTyping) {
            this.isTyping = false;
            this.lastTyping = 0;
            this.tellOthers("view");
        }
    }

    /** The user has posted an answer. */
    posted() {
        this.isTyping = false;
        this.lastTyping = 0;
        this.tellOthers("posted");
    }

    // ------------------------------------------------------------- what is heard
    receive({ ticket_id: ticketId, user_id: userId, name, kind }) {
        if (ticketId !== this.state.ticketId || userId === user.userId) {
            return;
        }
        if (kind === "leave") {
            delete this.state.others[userId];
            return;
        }
        const now = Date.now();
        this.state.others[userId] = {
            id: userId,
            name,
            isTyping: kind === "type",
            seenAt: now,
            typedAt: kind === "type" ? now : 0,
        };
        if (kind === "hello") {
            browser.setTimeout(() => this.tellOthers(this.kind), Math.random() * REPLY_SPREAD);
        }
        if (kind === "posted") {
            this.onPosted();
        }
        this.beatTimer ??= browser.setInterval(() => this.beat(), HEARTBEAT);
    }

    forgetTheGone() {
        const now = Date.now();
        for (const person of Object.values(this.state.others)) {
            if (now - person.seenAt > GONE_AFTER) {
                delete this.state.others[person.id];
            } else if (person.isTyping && now - person.typedAt > TYPING_FOR) {
                person.isTyping = false;
            }
        }
    }

    // -------------------------------------------------------------- what is said
    get kind() {
        return this.isTyping ? "type" : "view";
    }

    greet() {
        browser.clearTimeout(this.helloTimer);
        this.helloTimer = browser.setTimeout(() => {
            if (document.visibilityState !== "hidden") {
                this.announce("hello");
                this.hasGreeted = true;
            }
        }, HELLO_DELAY);
    }

    beat() {
        this.forgetTheGone();
        if (this.people.length) {
            this.announce(this.kind);
        } else {
            this.stopBeating();
        }
    }

    sayGoodbye() {
        browser.clearTimeout(this.helloTimer);
        if (this.hasGreeted) {
            this.tellOthers("leave");
        }
        this.hasGreeted = false;
        this.isTyping = false;
        this.lastTyping = 0;
        this.stopBeating();
        this.state.others = {};
    }

    stopBeating() {
        browser.clearInterval(this.beatTimer);
        this.beatTimer = null;
    }

    tellOthers(kind) {
        if (this.state.ticketId && this.people.length) {
            this.announce(kind);
        }
    }

    async announce(kind) {
        try {
            await this.orm.silent.call("service_desk.ticket", "announce_presence", [
                [this.state.ticketId],
                kind,
            ]);
        } catch {
            // offline or no longer readable: presence is a courtesy, its loss needs no dialog
        }
    }

    onVisibilityChange() {
        if (!this.state.ticketId) {
            return;
        }
        if (document.visibilityState === "hidden") {
            this.sayGoodbye();
        } else {
            this.greet();
        }
    }
}

export const presenceService = {
    dependencies: ["bus_service", "orm"],
    start(env, { bus_service: bus, orm }) {
        return new TicketPresence(bus, orm);
    },
};

registry.category("services").add("service_desk.presence", presenceService);
