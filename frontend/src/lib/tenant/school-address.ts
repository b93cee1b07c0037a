/** The host of a school, as people type it: its name in front of the platform's own. */
export const schoolHost = (subdomain: string): string => `${subdomain}.${location.host}`

/** Where a school is, seen from the Command Center. */
export const schoolAddress = (subdomain: string): string =>
  `${location.protocol}//${schoolHost(subdomain)}`
