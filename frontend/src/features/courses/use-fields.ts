import { useEffect, useRef, useState } from 'react'
import { describeFieldProblem } from '@/lib/api/describe-error'
import { isApiError } from '@/lib/api/problem'
import type { SaveContext } from '@/lib/autosaver'
import { useInterruptedWork } from '@/lib/interrupted-work'
import { type Autosave, useAutosave } from '@/lib/use-autosave'
import { changed } from './course-details'

interface FieldsOptions<T extends object> {
  /** What the server has. */
  server: T
  /** What is wrong, in words, by field. What is wrong is not sent; the other fields are. */
  problems: (values: T) => Partial<Record<keyof T, string>>
  /**
   * Sends what differs from `seen`, the last that is known of the server.
   *
   * @returns what the server has now
   */
  send: (changes: Partial<T>, context: SaveContext & { seen: T }) => Promise<T>
}

interface Fields<T extends object> {
  values: T
  set: <K extends keyof T>(name: K, value: T[K]) => void
  errorOf: (name: keyof T & string) => string | undefined
  autosave: Autosave<T>
  /** Shows what the server has in place of what is on the screen. */
  adopt: (values: T) => void
  /** Counts how often other values came in: the `key` of controls that keep their own. */
  epoch: number
}

const same = <T extends object>(one: T, other: T) => Object.keys(changed(one, other)).length === 0

/**
 * Fields that are saved one by one, a moment after the last change. While nothing of the person's own
 * is on its way, what somebody else has changed meanwhile comes in.
 */
export function useFields<T extends object>({
  server,
  problems,
  send,
}: FieldsOptions<T>): Fields<T> {
  const [values, setValues] = useState(server)
  // Of each field the last that made sense.
  const [sound, setSound] = useState(server)
  const [epoch, setEpoch] = useState(0)
  const seen = useRef(server)
  // What the page knew of the server last. After a save it lags a moment behind what `seen` knows.
  const looked = useRef(server)
  // As sent: the server tidies what it keeps, and that must not come back into somebody's typing.
  const sent = useRef(server)

  const autosave = useAutosave<T>({
    value: sound,
    save: async (value, context) => {
      const changes = changed(sent.current, value)
      if (Object.keys(changes).length === 0) return
      seen.current = await send(changes, { ...context, seen: seen.current })
      sent.current = value
    },
  })
  const { isDirty, reset } = autosave
  const fieldNames = Object.keys(server).toSorted().join()
  const interrupted = useInterruptedWork(`fields ${fieldNames}`, () => {
    const unsaved = changed(sent.current, values)
    return Object.keys(unsaved).length > 0 ? unsaved : null
  })
  useEffect(() => {
    if (!interrupted) return
    // A change to what the server has, so it comes after it and is saved like any other.
    const next = { ...server, ...interrupted }
    const wrong = problems(next)
    const isSound = ([name]: [string, unknown]) => wrong[name as keyof T] === undefined
    const soundOnly = Object.fromEntries(Object.entries(interrupted).filter(isSound))
    setValues(next)
    setSound({ ...server, ...soundOnly })
    setEpoch((count) => count + 1)
    // Once: from now on what is on the screen is the newest.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  const adopt = (next: T) => {
    seen.current = next
    sent.current = next
    setValues(next)
    setSound(next)
    setEpoch((count) => count + 1)
    reset(next)
  }
  useEffect(() => {
    if (isDirty || same(looked.current, server)) return
    looked.current = server
    if (!same(seen.current, server)) adopt(server)
  })

  const found = problems(values)
  const refused =
    autosave.state.kind === 'failed' && isApiError(autosave.state.error)
      ? autosave.state.error.fields
      : []
  return {
    values,
    set: (name, value) => {
      const next = { ...values, [name]: value }
      setValues(next)
      if (problems(next)[name] === undefined) setSound((before) => ({ ...before, [name]: value }))
    },
    errorOf: (name) => {
      const problem = refused.find(({ field }) => field === name)
      return found[name] ?? (problem && describeFieldProblem(problem))
    },
    autosave,
    adopt,
    epoch,
  }
}
