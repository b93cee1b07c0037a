import { useEffect, useEffectEvent, useState } from 'react'
import { sessionStore } from './auth/session-store'

const PREFIX = 'lms.interrupted.'

/** Fields whose values are written down nowhere. */
const SECRET = /password|code|otp|secret|token/i

interface Kept {
  ownerId: string
  values: Record<string, unknown>
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  'ownerId' in value &&
  typeof value.ownerId === 'string' &&
  'values' in value &&
  typeof value.values === 'object' &&
  value.values !== null

/** What was kept under that name, once; null when there is nothing or when it is somebody else's. */
function take(key: string): Record<string, unknown> | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (!isKept(kept)) return null
    sessionStorage.removeItem(key)
    return kept.ownerId === sessionStore.getState().user?.id ? kept.values : null
  } catch {
    // Storage may be switched off, or somebody else wrote there.
    return null
  }
}

function keep(key: string, ownerId: string, values: object): void {
  const plain = Object.entries(values).filter(
    ([name, value]) => !SECRET.test(name) && !(value instanceof Blob),
  )
  if (plain.length === 0) return
  try {
    sessionStorage.setItem(key, JSON.stringify({ ownerId, values: Object.fromEntries(plain) }))
  } catch {
    // A full or forbidden store.
  }
}

/**
 * Work that the end of a session takes off the screen before it is saved. It waits in this tab until
 * the same person is back at the same address.
 *
 * @param name tells it from other work at that address
 * @param unsaved what would be lost by leaving now; null when nothing would
 * @returns what was kept when the work was interrupted, by field; the same in every render
 */
export function useInterruptedWork(
  name: string,
  unsaved: () => object | null,
): Record<string, unknown> | null {
  const [key] = useState(() => `${PREFIX}${name}@${location.pathname}${location.search}`)
  const [ownerId] = useState(() => sessionStore.getState().user?.id)
  const [found] = useState(() => (ownerId === undefined ? null : take(key)))
  const keepUnsaved = useEffectEvent(() => {
    const values = unsaved()
    if (values && ownerId !== undefined) keep(key, ownerId, values)
  })
  useEffect(
    () =>
      sessionStore.subscribe(({ status, endReason }, before) => {
        // At once: a moment later the page is gone.
        if (before.status === 'signed-in' && status === 'signed-out' && endReason === 'expired') {
          keepUnsaved()
        }
      }),
    [],
  )
  return found
}
