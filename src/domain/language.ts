/** The languages of the screen and of tickets. */
export type Language = 'ja' | 'en'
