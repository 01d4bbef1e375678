/** The element of the page's document that holds the state which the main process wrote into it, as JSON. */
export const FIRST_STATE = 'first-state'
