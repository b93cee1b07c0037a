/** Addresses that may stand in a link. The server checks them too; a `javascript:` address is code. */
export function safeHref(url: string | null | undefined): string | null {
  if (!url) return null
  try {
    const { protocol } = new URL(url, location.origin)
    return ['http:', 'https:', 'mailto:'].includes(protocol) ? url : null
  } catch {
    return null
  }
}
