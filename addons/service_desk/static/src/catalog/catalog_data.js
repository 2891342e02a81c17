/** The catalog as the door gives it, arranged for the screen. */

/**
 * @param {{id: number, parent_id: number|false}[]} services
 * @param {{service_id: number}[]} offerings
 * @returns {Object[]} the services at the top; each has ``parts`` and ``count`` (of offerings in it and below)
 */
export function treeOf(services, offerings) {
    const nodes = new Map(services.map((service) => [service.id, { ...service, parts: [], count: 0 }]));
    const roots = [];
    for (const node of nodes.values()) {
        const parent = nodes.get(node.parent_id);
        (parent ? parent.parts : roots).push(node);
    }
    for (const { service_id: serviceId } of offerings) {
        for (const node of pathTo(nodes, serviceId)) {
            node.count++;
        }
    }
    return roots;
}

/**
 * @param {Map<number, {parent_id: number|false}>} nodes
 * @returns {Object[]} the service and what it is part of, from the top
 */
export function pathTo(nodes, serviceId) {
    const path = [];
    for (let node = nodes.get(serviceId); node && !path.includes(node); node = nodes.get(node.parent_id)) {
        path.unshift(node);
    }
    return path;
}

/** @returns {Set<number>} ids of the service and of all that is part of it */
export function idsBelow(services, serviceId) {
    const nodes = new Map(services.map((service) => [service.id, service]));
    const below = services.filter(({ id }) => pathTo(nodes, id).some((node) => node.id === serviceId));
    return new Set(below.map(({ id }) => id));
}

/**
 * @param {Object[]} tree see ``treeOf``
 * @param {{services: Object[], offerings: Object[]}} catalog
 * @param {number|false} serviceId false for all
 * @returns {Object[]} cards of the service itself, then of each of its parts with all below it
 */
export function groupsOf(tree, { services, offerings }, serviceId) {
    const chosen = serviceId && findIn(tree, serviceId);
    const groups = (chosen ? chosen.parts : tree).map((service) => {
        const below = idsBelow(services, service.id);
        return { key: service.id, service, cards: offerings.filter((offering) => below.has(offering.service_id)) };
    });
    if (chosen) {
        const cards = offerings.filter((offering) => offering.service_id === chosen.id);
        groups.unshift({ key: chosen.id, service: chosen, cards });
    }
    return groups.filter(({ cards }) => cards.length);
}

function findIn(nodes, id) {
    for (const node of nodes) {
        const found = node.id === id ? node : findIn(node.parts, id);
        if (found) {
            return found;
        }
    }
    return null;
}

/** A soft colour that stays with a branch of the tree. */
export function tintOf(path) {
    return `o_service_desk_tint_${(path[0]?.id || 0) % 8}`;
}
