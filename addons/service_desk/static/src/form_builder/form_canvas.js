import { Component, onPatched, useEffect, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useSortable } from "@web/core/utils/sortable_owl";
import { sayCondition } from "../condition_editor/condition_text";
import { FormField } from "../form/form_fields";
import { isQuestion, questionsBefore, toQuestion } from "./rows";

/** The form as it will look, to choose questions in and to order them. */
export class FormCanvas extends Component {
    static template = "service_desk.FormCanvas";
    static components = { FormField };
    static props = { store: Object, kindLabel: Function };

    setup() {
        this.list = useRef("list");
        this.noCallbacks = { load: () => [], search: () => [], upload: () => ({}) };
        useSortable({
            ref: this.list,
            elements: ".o_service_desk_card",
            handle: ".o_service_desk_handle",
            cursor: "grabbing",
            onDrop: (drop) => this.drop(drop),
        });
        this.wanted = null;
        onPatched(() => this.giveFocus());
        useEffect(
            (selected) => {
                this.list.el.querySelector(`[data-cid="${selected}"]`)?.scrollIntoView({ block: "nearest" });
            },
            () => [this.props.store.selected]
        );
    }

    question(row) {
        return toQuestion(row);
    }

    /** What the box begins with. */
    sample(row) {
        return row.rules?.default;
    }

    sayCondition(row, name) {
        return sayCondition(row[name], questionsBefore(this.props.store.rows, row.cid));
    }

    cardClass(row) {
        return {
            o_service_desk_card_chosen: row.cid === this.props.store.selected,
            o_service_desk_card_section: !isQuestion(row),
            o_service_desk_card_wrong: this.props.store.problemsOf(row).length,
        };
    }

    cardLabel(row) {
        const kind = this.props.kindLabel(row.kind);
        return row.is_required ? _t("%(question)s, %(kind)s, required", { question: row.name, kind }) : `${row.name}, ${kind}`;
    }

    select(row) {
        this.props.store.selected = row.cid;
    }

    placeOf(cid) {
        return this.props.store.rows.findIndex((row) => row.cid === cid);
    }

    move(row, step) {
        this.props.store.move(row.cid, this.placeOf(row.cid) + step);
    }

    drop({ element, previous }) {
        const { cid } = element.dataset;
        const others = this.props.store.rows.filter((row) => row.cid !== cid);
        const before = previous ? others.findIndex((row) => row.cid === previous.dataset.cid) : -1;
        this.props.store.move(cid, before + 1);
    }

    onKeydown(ev) {
        const card = ev.target.closest(".o_service_desk_card");
        if (!card || ev.target !== card) {
            return;
        }
        const { store } = this.props;
        const place = this.placeOf(card.dataset.cid);
        const step = { ArrowUp: -1, ArrowDown: 1 }[ev.key];
        if (step && ev.altKey) {
            this.wanted = card.dataset.cid;
            store.move(card.dataset.cid, place + step);
            store.selected = card.dataset.cid;
        } else if (step) {
            (step < 0 ? card.previousElementSibling : card.nextElementSibling)?.focus();
        } else if (ev.key === "Enter" || ev.key === " ") {
            store.selected = card.dataset.cid;
        } else if (ev.key === "Delete") {
            store.remove(card.dataset.cid);
            this.wanted = store.selected;
        } else {
            return;
        }
        ev.preventDefault();
    }

    /** A moved card is drawn anew before it can have the focus. */
    giveFocus() {
        const card = this.wanted && this.list.el.querySelector(`[data-cid="${this.wanted}"]`);
        if (card) {
            this.wanted = null;
            card.focus();
        }
    }
}
