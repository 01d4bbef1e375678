/** A name or an address, without anything around it. */
export const TEAM_HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]+)$/

/** PostgreSQL's own. */
export const TEAM_PORT = 5432
