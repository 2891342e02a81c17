/** The colour of each state, the same wherever a ticket is shown. */
export const STATE_BADGES = {
    new: "text-bg-info",
    open: "text-bg-primary",
    waiting: "text-bg-warning",
    solved: "text-bg-success",
    closed: "text-bg-success",
    cancelled: "text-bg-secondary",
};
