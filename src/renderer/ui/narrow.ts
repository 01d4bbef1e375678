/** Half a screen beside the CRM, or a large zoom; the same width as in app.module.css. */
export const NARROW = '(width < 820px)'
