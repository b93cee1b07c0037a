/** The longest title that the server takes, of a course, a module or a content. */
export const MAX_TITLE = 200
/** The same of a description. */
export const MAX_DESCRIPTION = 10_000
