/**
 * What the view's own buttons need to make a move of the workflow.
 *
 * @param {Object} move one of the ticket's ``available_moves``
 */
export function clickParamsOf(move) {
    return {
        type: "object",
        name: move.method,
        args: JSON.stringify(move.args),
        ...(move.confirm ? { confirm: move.confirm } : {}),
    };
}

/** The moves that the user may make on this ticket now. */
export function movesOf(record) {
    return record.data.available_moves || [];
}
