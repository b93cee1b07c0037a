import { useEffect, useState, useSyncExternalStore } from 'react'
import { sessionStore } from './auth/session-store'
import { Autosaver, type Save, type SaveState } from './autosaver'

interface AutosaveOptions<T> {
  /** What is on the screen; plain data. The first one is what the server has. */
  value: T
  /** Rejects with what went wrong; an ApiError 412 is a conflict. */
  save: Save<T>
  /** After the last change, in milliseconds. */
  delayMs?: number
  /** False while what was typed cannot be saved, as an empty title. */
  enabled?: boolean
}

export interface Autosave<T> {
  state: SaveState
  /** Saves now; tells whether the server has everything. Also what "Try again" does. */
  flush: () => Promise<boolean>
  /** In a conflict: mine stays. `save` is called with `overwrite: true`. */
  overwrite: () => Promise<boolean>
  /** The server's value is on the screen now, as after a reload in a conflict. */
  reset: (value: T) => void
  /** Whether leaving now would lose something. */
  isDirty: boolean
}

/** Whether nobody else has signed in since. */
function ownership(): () => boolean {
  const ownerId = sessionStore.getState().user?.id
  return () => (sessionStore.getState().user?.id ?? ownerId) === ownerId
}

/**
 * Saves what somebody edits a moment after the last change, again when the network comes back, and at
 * once when the page is hidden or left.
 *
 * One call belongs to one object: give the component a `key` with its id.
 */
export function useAutosave<T>({
  value,
  save,
  delayMs = 800,
  enabled = true,
}: AutosaveOptions<T>): Autosave<T> {
  const [saver] = useState(() => new Autosaver(value, save, delayMs, ownership()))
  const state = useSyncExternalStore(saver.subscribe, saver.getState)

  useEffect(() => {
    saver.use(save, delayMs)
    if (enabled) saver.change(value)
    else saver.cancel()
  })

  useEffect(() => {
    const sendNow = () => void saver.flush()
    const sendWhenHidden = () => {
      if (document.visibilityState === 'hidden') sendNow()
    }
    addEventListener('online', sendNow)
    document.addEventListener('visibilitychange', sendWhenHidden)
    return () => {
      removeEventListener('online', sendNow)
      document.removeEventListener('visibilitychange', sendWhenHidden)
      sendNow()
    }
  }, [saver])

  return {
    state,
    flush: saver.flush,
    overwrite: saver.overwrite,
    reset: saver.reset,
    isDirty: state.kind !== 'saved',
  }
}
