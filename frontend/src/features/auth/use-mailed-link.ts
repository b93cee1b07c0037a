import { useState } from 'react'
import { useSearchParams } from 'react-router'

export interface MailedLink {
  uid: string
  token: string
}

/**
 * What stands in the address that a mailed link leads to, or null when a part of it got lost.
 *
 * It stays in the address: a reload before the form was sent must not cost the link. The page sends
 * no referrer to other sites (see index.html), and the link dies when it is used.
 */
export function useMailedLink(): MailedLink | null {
  const [search] = useSearchParams()
  // Read once, so that the page stays what it was while the address changes under it.
  const [link] = useState(() => ({ uid: search.get('uid'), token: search.get('token') }))
  return link.uid && link.token ? { uid: link.uid, token: link.token } : null
}
