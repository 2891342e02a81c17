/* global dagre */

const NODE_HEIGHT = 38;
const LABEL_HEIGHT = 22;
const CHAR_WIDTH = 7.4;
const MARGIN = 16;
/** Stands for "any stage" among the nodes. */
export const ANY = 0;

const widthOf = (text, padding) => Math.round(text.length * CHAR_WIDTH + padding);

/** A soft line through the points that the library has found. */
export function pathOf(points) {
    const [first, ...rest] = points;
    let path = `M${first.x},${first.y}`;
    for (let index = 0; index < rest.length - 1; index++) {
        const middle = {
            x: (rest[index].x + rest[index + 1].x) / 2,
            y: (rest[index].y + rest[index + 1].y) / 2,
        };
        path += ` Q${rest[index].x},${rest[index].y} ${middle.x},${middle.y}`;
    }
    const last = rest.at(-1) || first;
    return `${path} L${last.x},${last.y}`;
}


/**
 * Where everything stands: the library lays out, this says how large things are.
 *
 * @param {Object} diagram ``stages`` and ``moves`` of the workflow
 * @param {string} anyLabel the words for "any stage"
 * @param {"LR"|"TB"} direction
 */
export function layOut(diagram, anyLabel, direction) {
    const graph = new dagre.graphlib.Graph({ multigraph: true });
    graph.setGraph({
        rankdir: direction,
        nodesep: direction === "LR" ? 34 : 46,
        ranksep: direction === "LR" ? 34 : 30,
        edgesep: 14,
        marginx: MARGIN,
        marginy: MARGIN,
    });
    const known = new Set(diagram.stages.map((stage) => stage.id));
    const nodes = [...diagram.stages];
    if (diagram.moves.some((move) => move.source === ANY)) {
        nodes.push({ id: ANY, name: anyLabel, state: "any" });
        known.add(ANY);
    }
    for (const node of nodes) {
        graph.setNode(String(node.id), { width: widthOf(node.name, 34), height: NODE_HEIGHT, node });
    }
    // what leads back is laid out the other way round: so the drawing follows the order of the stages
    const order = new Map([ANY, ...diagram.stages.map((stage) => stage.id)].map((id, at) => [id, at]));
    for (const arrow of diagram.moves) {
        if (!known.has(arrow.source) || !known.has(arrow.target)) {
            continue;
        }
        const back = order.get(arrow.source) > order.get(arrow.target);
        const ends = back ? [arrow.target, arrow.source] : [arrow.source, arrow.target];
        const label = {
            width: widthOf(arrow.name || "", 16),
            height: LABEL_HEIGHT,
            labelpos: "c",
            arrow,
            back,
        };
        graph.setEdge(...ends.map(String), label, `move_${arrow.id}`);
    }
    dagre.layout(graph);
    const { width = 0, height = 0 } = graph.graph();
    return {
        width: Math.ceil(width),
        height: Math.ceil(height),
        nodes: graph.nodes().map((id) => {
            const { x, y, width, height, node } = graph.node(id);
            return { ...node, x, y, width, height };
        }),
        arrows: graph.edges().map((edge) => {
            const { x, y, width, height, points, arrow, back } = graph.edge(edge);
            const path = pathOf(back ? [...points].reverse() : points);
            return { ...arrow, key: edge.name, x, y, width, height, path };
        }),
    };
}
