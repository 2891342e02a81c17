import { describe, expect, test } from "@odoo/hoot";
import { groupsOf, idsBelow, pathTo, tintOf, treeOf } from "@service_desk/catalog/catalog_data";

describe.current.tags("headless");

const SERVICES = [
    { id: 1, name: "IT", parent_id: false },
    { id: 2, name: "Cash desks", parent_id: 1 },
    { id: 3, name: "Cards", parent_id: 2 },
    { id: 4, name: "Premises", parent_id: false },
];
const OFFERINGS = [{ service_id: 3 }, { service_id: 2 }, { service_id: 4 }];

test("services are a tree, each with the number of what can be asked in it and below", () => {
    const [it, premises] = treeOf(SERVICES, OFFERINGS);
    expect([it.count, it.parts[0].count, it.parts[0].parts[0].count, premises.count]).toEqual([2, 2, 1, 1]);
});

test("a service whose parent is not shown stands at the top", () => {
    expect(treeOf([{ id: 9, parent_id: 8 }], []).map(({ id }) => id)).toEqual([9]);
});

test("the way down, and all that is part of a service", () => {
    const nodes = new Map(SERVICES.map((service) => [service.id, service]));
    expect(pathTo(nodes, 3).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect([...idsBelow(SERVICES, 2)]).toEqual([2, 3]);
    expect(tintOf(pathTo(nodes, 3))).toBe(tintOf(pathTo(nodes, 1)));
});

test("cards stand by the services of the next level", () => {
    const tree = treeOf(SERVICES, OFFERINGS);
    const catalog = { services: SERVICES, offerings: OFFERINGS };
    const told = (serviceId) => groupsOf(tree, catalog, serviceId).map(({ key, cards }) => [key, cards.length]);
    expect(told(false)).toEqual([
        [1, 2],
        [4, 1],
    ]);
    expect(told(2)).toEqual([
        [2, 1],
        [3, 1],
    ]);
});

test("a circle ends", () => {
    const nodes = new Map([
        [1, { id: 1, parent_id: 2 }],
        [2, { id: 2, parent_id: 1 }],
    ]);
    expect(pathTo(nodes, 1).length).toBe(2);
});
