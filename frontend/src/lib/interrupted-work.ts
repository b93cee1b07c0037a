import { useEffect, useEffectEvent, useState } from 'react'
import { sessionStore } from './auth/session-store'

const PREFIX = 'lms.interrupted.'

/** Fields whose values are written down nowhere. */
const SECRET = /password|code|otp|secret|token/i

/** Where the work of that person waits: nobody else's takes its place. */
const keyOf = (ownerId: string, name: string) =>
  `${PREFIX}${ownerId} ${name}@${location.pathname}${location.search}`

const isKept = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function read(key: string): Record<string, unknown> | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    return isKept(kept) ? kept : null
  } catch {
    // Storage may be switched off, or somebody else wrote there.
    return null
  }
}

function keep(key: string, values: object): void {
  const plain = Object.entries(values).filter(
    ([name, value]) => !SECRET.test(name) && !(value instanceof Blob),
  )
  if (plain.length === 0) return
  try {
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(plain)))
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
  const [ownerId] = useState(() => sessionStore.getState().user?.id)
  const [found] = useState(() => {
    const key = ownerId === undefined ? null : keyOf(ownerId, name)
    const values = key === null ? null : read(key)
    return key !== null && values !== null ? { key, values } : null
  })
  useEffect(() => {
    // Not while drawing, which may be begun more than once before anything is on the screen.
    if (found) sessionStorage.removeItem(found.key)
  }, [found])
  const keepUnsaved = useEffectEvent(() => {
    const values = unsaved()
    // The address of this moment is the one that the sign-in page leads back to.
    if (values && ownerId !== undefined) keep(keyOf(ownerId, name), values)
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
  return found?.values ?? null
}
