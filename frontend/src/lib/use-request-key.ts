import { useCallback, useRef } from 'react'

/** Random enough for a key, also where the browser has no `randomUUID` (plain HTTP). */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/**
 * The `Idempotency-Key` of what is about to be sent: the same for the same body, so that trying again
 * after a lost answer does nothing twice, and a new one as soon as something was changed.
 */
export function useRequestKey(): (body: unknown) => { 'Idempotency-Key': string } {
  const last = useRef({ body: '', key: '' })
  return useCallback((body) => {
    const text = JSON.stringify(body)
    if (last.current.body !== text) last.current = { body: text, key: newKey() }
    return { 'Idempotency-Key': last.current.key }
  }, [])
}
