/** The least that the server asks of anybody; it asks more of administrators and says so. */
export const MIN_PASSWORD_LENGTH = 12
