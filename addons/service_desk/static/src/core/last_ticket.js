/** The ticket that was open last in this tab: the list marks its row when one comes back. */
export const lastTicket = { id: false };
