import { refreshAccessToken } from '@/lib/api/client'
import { getMe } from '@/lib/api/first-calls'
import type { User } from '@/lib/api/operations'
import { isApiError, isStatus } from '@/lib/api/problem'
import { sessionStore, setSignedIn, setSignedOut } from './session-store'

type TabMessage = { kind: 'signed-out' } | { kind: 'signed-in'; userId: string }

// All tabs of one school share an origin, and with it the cookie: what one does concerns all.
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('lms-session') : null
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
export const tellOtherTabs = (message: TabMessage) => tabs?.postMessage(message)

tabs?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
  const { status, user, visit } = sessionStore.getState()
  // An operator's visit has no part in the cookie: it lives and ends in its own tab.
  if (visit) return
  if (data.kind === 'signed-out' && status === 'signed-in') setSignedOut('signed-out')
  // Another person signed in: nothing of the first one may stay on the screen or in memory.
  // A tab that waits at the sign-in page goes on without asking again.
  if (data.kind === 'signed-in' && status !== 'unknown' && user?.id !== data.userId) {
    location.reload()
  }
})

/**
 * Remembers that this browser has had a session, so that the sign-in page asks the server for one
 * only where that can succeed. It is a hint, no secret; pages that need a session always ask.
 */
const HINT = 'lms.had-session'
export const setHint = (on: boolean) => {
  try {
    if (on) localStorage.setItem(HINT, '1')
    else localStorage.removeItem(HINT)
  } catch {
    // Storage may be switched off. The hint only saves a request.
  }
}
export const mayHaveSession = (): boolean => {
  try {
    return localStorage.getItem(HINT) !== null
  } catch {
    return true
  }
}

let starting: Promise<User | null> | null = null

/**
 * The signed-in person, or null. The first call asks the server with the session cookie.
 *
 * @throws NetworkError or ApiError when the server cannot say
 */
export function ensureSession(): Promise<User | null> {
  const { status, user } = sessionStore.getState()
  if (status === 'signed-in') return Promise.resolve(user)
  if (status === 'signed-out') return Promise.resolve(null)
  starting ??= restore().finally(() => {
    starting = null
  })
  return starting
}

async function restore(): Promise<User | null> {
  try {
    const access = await refreshAccessToken()
    const { data } = await getMe()
    setSignedIn(sessionStore.getState().accessToken ?? access, data)
    setHint(true)
    return data
  } catch (error) {
    const blocked = isApiError(error, 'school_suspended') || isApiError(error, 'trial_expired')
    if (!isStatus(error, 401) && !blocked) throw error
    // Nobody was signed in yet on this page, so there is nothing to explain.
    setSignedOut(null)
    setHint(false)
    return null
  }
}
