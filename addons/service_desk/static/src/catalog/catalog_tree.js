import { Component } from "@odoo/owl";

/** Services as a tree; a click shows what can be asked of one. */
export class CatalogTree extends Component {
    static template = "service_desk.CatalogTree";
    static props = {
        nodes: Array,
        /** id of the chosen service, false for all */
        chosen: [Number, Boolean],
        /** ids of what the chosen one is part of, itself included */
        open: Array,
        onChosen: Function,
        level: { type: Number, optional: true },
    };
    static defaultProps = { level: 0 };

    isOpen(node) {
        return this.props.open.includes(node.id);
    }
}
CatalogTree.components = { CatalogTree };
