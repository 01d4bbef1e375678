/** The ids of the two fields that commands put the cursor into. */
export const fields = { lookup: 'lookup-account', search: 'saved-search' } as const
